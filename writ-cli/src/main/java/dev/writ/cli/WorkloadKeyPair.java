package dev.writ.cli;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.writ.base.Digest;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A workload's P-256 key pair in a file: a private JWK whose {@code kid} is the workload's id.
 * Signs proofs of possession and client assertions (RFC 7523).
 */
final class WorkloadKeyPair {
  private static final Duration ASSERTION_LIFE = Duration.ofMinutes(1);

  private final ECKey key;

  private WorkloadKeyPair(ECKey key) {
    this.key = key;
  }

  /** A fresh pair. */
  static WorkloadKeyPair draw() {
    try {
      return new WorkloadKeyPair(new ECKeyGenerator(Curve.P_256).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /** The pair of a file. */
  static WorkloadKeyPair read(Path file) {
    try {
      ECKey key = ECKey.parse(Files.readString(file));
      if (key.isPrivate() && Curve.P_256.equals(key.getCurve())) {
        return new WorkloadKeyPair(key);
      }
    } catch (IOException | ParseException e) {
      // Told below: what stands in the file is no concern of the message.
    }
    throw Failure.of(
        Exit.INPUT,
        "key-unreadable",
        "`" + file + "` is not a workload's key file",
        "name the file that `writ enrol redeem` wrote");
  }

  /** The file's bytes. */
  byte[] file(String workload) {
    String json = new ECKey.Builder(key).keyID(workload).build().toJSONString();
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** Whose key it is. */
  String workload() {
    return Optional.ofNullable(key.getKeyID()).orElse("");
  }

  /** Proves to the issuer that whoever shows the code holds this key. */
  String proof(String issuer, String code, World world) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("writ-enrolment+jwt"))
            .jwk(new ECKey.Builder(key.getCurve(), key.getX(), key.getY()).build())
            .build();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .audience(issuer)
            .claim("code_sha256", Digest.ofText(code).toString())
            .issueTime(Date.from(world.clock().instant()))
            .build();
    return sign(header, claims);
  }

  /** Authenticates the workload to the authorization server. */
  String assertion(String audience, World world) {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).build();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(workload())
            .subject(workload())
            .audience(audience)
            .jwtID(random(world))
            .issueTime(Date.from(world.clock().instant()))
            .expirationTime(Date.from(world.clock().instant().plus(ASSERTION_LIFE)))
            .build();
    return sign(header, claims);
  }

  private String sign(JWSHeader header, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new ECDSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("a P-256 key signs", e);
    }
  }

  private static String random(World world) {
    return HexFormat.of().formatHex(world.entropy().bytes(16));
  }
}

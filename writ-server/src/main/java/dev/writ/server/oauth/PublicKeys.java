package dev.writ.server.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.server.keys.Signatures;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Workloads' public keys as they are enrolled: P-256, Ed25519, or RSA of 2,048 to 8,192 bits. Each
 * key serves one algorithm, so a token cannot choose another. Threads may share one.
 */
final class PublicKeys {
  /** JWS algorithms, in the order in which metadata lists them. */
  static final List<String> ALGORITHMS = List.of("ES256", "RS256", "EdDSA");

  private static final int LONGEST = 4_096;
  private static final int MOST_REMEMBERED = 10_000;
  private final Signatures signatures;
  private final Map<String, Usable> remembered = new ConcurrentHashMap<>();

  /** A key that was parsed. */
  private sealed interface Usable {
    JWK jwk();

    record Ec(JWK jwk, PublicKey key) implements Usable {}

    record Rsa(JWK jwk, PublicKey key) implements Usable {}

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Ed(JWK jwk, byte[] key) implements Usable {}
  }

  PublicKeys(Signatures signatures) {
    this.signatures = signatures;
  }

  /** A key that may be enrolled. */
  record Enrollable(String jwk, String thumbprint, String algorithm) {}

  /** Reads a JWK that somebody wants to enrol; only its public members are kept. */
  static Parsed<Enrollable> parse(String text) {
    if (text.length() > LONGEST) {
      return refused("longer than " + LONGEST + " characters");
    }
    try {
      JWK jwk = JWK.parse(text);
      if (jwk.isPrivate()) {
        return refused("a private key; send the public one, and draw a new pair");
      }
      Usable usable = usable(jwk);
      return Parsed.ok(
          new Enrollable(
              canonical(jwk),
              jwk.computeThumbprint().toString(),
              switch (usable) {
                case Usable.Ec e -> "ES256";
                case Usable.Rsa r -> "RS256";
                case Usable.Ed e -> "EdDSA";
              }));
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return refused("neither P-256 nor Ed25519 nor RSA of 2,048 to 8,192 bits");
    }
  }

  /** Canonical JSON of what identifies the key, and its name; certificates and the like go. */
  private static String canonical(JWK jwk) {
    Json.Builder json = Json.object();
    new TreeMap<>(jwk.getRequiredParams()).forEach((name, v) -> json.put(name, v.toString()));
    if (jwk.getKeyID() != null) {
      json.put("kid", jwk.getKeyID());
    }
    return new String(json.build().canonical(), StandardCharsets.UTF_8);
  }

  private static <T> Parsed<T> refused(String what) {
    return Parsed.refused("jwk", "the key is " + what, "send a public JWK (RFC 7517)");
  }

  private static Usable usable(JWK jwk) throws JOSEException {
    return switch (jwk) {
      case ECKey ec when ec.getCurve().equals(Curve.P_256) ->
          new Usable.Ec(jwk, ec.toECPublicKey());
      case RSAKey rsa when rsa.size() >= 2_048 && rsa.size() <= 8_192 ->
          new Usable.Rsa(jwk, rsa.toRSAPublicKey());
      case OctetKeyPair okp when okp.getCurve().equals(Curve.Ed25519) ->
          new Usable.Ed(jwk, okp.getX().decode());
      default -> throw new JOSEException("another kind of key");
    };
  }

  /** Whether the enrolled key calls itself so. */
  boolean named(String jwk, String kid) {
    return kid.equals(key(jwk).jwk().getKeyID());
  }

  /** Whether the enrolled key made this signature, by the algorithm of its kind. */
  boolean verify(String jwk, String algorithm, byte[] message, byte[] signature) {
    return verify(key(jwk), algorithm, message, signature);
  }

  /** The same for a stranger's key, which is not remembered. */
  boolean verifyUnenrolled(Enrollable key, String algorithm, JWSObject jws) {
    return verify(
        enrolled(key.jwk()), algorithm, jws.getSigningInput(), jws.getSignature().decode());
  }

  private boolean verify(Usable usable, String algorithm, byte[] message, byte[] signature) {
    return switch (usable) {
      case Usable.Ec(JWK ignored, PublicKey key) ->
          algorithm.equals("ES256") && signatures.verifyEs256(key, message, signature);
      case Usable.Rsa(JWK ignored, PublicKey key) ->
          algorithm.equals("RS256") && signatures.verifyRs256(key, message, signature);
      case Usable.Ed(JWK ignored, byte[] key) ->
          algorithm.equals("EdDSA") && signatures.verifyEd25519(key, message, signature);
    };
  }

  private Usable key(String jwk) {
    if (remembered.size() > MOST_REMEMBERED) {
      remembered.clear();
    }
    return remembered.computeIfAbsent(jwk, PublicKeys::enrolled);
  }

  private static Usable enrolled(String jwk) {
    try {
      return usable(JWK.parse(jwk));
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException("an enrolled key does not parse", e);
    }
  }
}

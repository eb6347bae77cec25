package dev.writ.server.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * Checks that whoever enrols a key holds it: a DPoP proof (RFC 9449, section 4.3) for this very
 * request, bound by {@code ath} to the one-time code. A proof cannot be used twice because the code
 * cannot.
 */
final class Possession {
  /** How far the proof's time may lie from ours. */
  static final Duration APART = Duration.ofMinutes(5);

  private static final int LONGEST = 4_096;

  private final String url;
  private final InstantSource clock;

  /**
   * @param url the endpoint's public URL
   */
  Possession(String url, InstantSource clock) {
    this.url = url;
    this.clock = clock;
  }

  /**
   * A key whose holder sent the request.
   *
   * @param jwk its required members as canonical JSON
   * @param thumbprint RFC 7638, SHA-256, base64url
   */
  record Held(String jwk, String thumbprint) {}

  Parsed<Held> check(String proof, String code) {
    try {
      if (proof.length() > LONGEST) {
        return refuse("is too long");
      }
      SignedJWT jwt = SignedJWT.parse(proof);
      Optional<ECKey> key = key(jwt);
      if (key.isEmpty()) {
        return refuse("is not a DPoP proof signed with ES256 and a public P-256 key in its header");
      }
      if (!jwt.verify(new ECDSAVerifier(key.get()))) {
        return refuse("has a wrong signature");
      }
      return bound(jwt.getJWTClaimsSet(), code)
          ? Parsed.ok(held(key.get()))
          : refuse("is for another request, code or time");
    } catch (ParseException | JOSEException e) {
      return refuse("is not a signed JWT");
    }
  }

  private static Optional<ECKey> key(SignedJWT jwt) {
    JWK jwk = jwt.getHeader().getJWK();
    boolean proof =
        jwt.getHeader().getType() != null
            && "dpop+jwt".equals(jwt.getHeader().getType().getType())
            && JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm());
    return proof
            && jwk instanceof ECKey key
            && !key.isPrivate()
            && Curve.P_256.equals(key.getCurve())
        ? Optional.of(key)
        : Optional.empty();
  }

  private boolean bound(JWTClaimsSet claims, String code) throws ParseException {
    if (claims.getIssueTime() == null) {
      return false;
    }
    Instant issued = claims.getIssueTime().toInstant();
    Duration apart = Duration.between(issued, clock.instant()).abs();
    return "POST".equals(claims.getStringClaim("htm"))
        && url.equals(claims.getStringClaim("htu"))
        && hash(code).equals(claims.getStringClaim("ath"))
        && claims.getJWTID() != null
        && apart.compareTo(APART) <= 0;
  }

  private static Held held(ECKey key) throws JOSEException {
    String jwk =
        new String(
            Json.object()
                .put("crv", key.getCurve().getName())
                .put("kty", "EC")
                .put("x", key.getX().toString())
                .put("y", key.getY().toString())
                .build()
                .canonical(),
            StandardCharsets.UTF_8);
    return new Held(jwk, key.computeThumbprint().toString());
  }

  private static String hash(String code) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static <T> Parsed<T> refuse(String what) {
    return Parsed.refused(
        "DPoP", "the proof " + what, "send a fresh DPoP proof, as `writ enrol redeem` does");
  }
}

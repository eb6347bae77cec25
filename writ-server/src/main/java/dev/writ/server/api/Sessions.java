package dev.writ.server.api;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Short-lived sessions of people. A session's token says who until when, under a key that this
 * process drew and keeps to itself: a restart signs everybody out. Threads may share one.
 */
public final class Sessions {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Json.Bounds BOUNDS = new Json.Bounds(2_048, 2, 16, true);
  private static final int LONGEST_TOKEN = 4_096;

  private final SecretKeySpec key;
  private final Entropy entropy;
  private final InstantSource clock;
  private final Duration life;

  /**
   * @param life how long a person stays signed in
   */
  public Sessions(Entropy entropy, InstantSource clock, Duration life) {
    this.key = new SecretKeySpec(entropy.bytes(32), ALGORITHM);
    this.entropy = entropy;
    this.clock = clock;
    this.life = life;
  }

  /** A session that was begun. */
  record Begun(String token, Instant until) {}

  Begun begin(String person) {
    Instant until = Instant.ofEpochSecond(clock.instant().plus(life).getEpochSecond());
    byte[] claims =
        Json.object()
            .put("person", person)
            .put("until", until.toString())
            .put("salt", text(entropy.bytes(12)))
            .build()
            .canonical();
    return new Begun(text(claims) + "." + text(mac(claims)), until);
  }

  /** Whose session this is, while it lasts. */
  Optional<String> person(String token) {
    int dot = token.indexOf('.');
    if (dot < 0 || token.length() > LONGEST_TOKEN) {
      return Optional.empty();
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(token.substring(0, dot));
      byte[] mac = Base64.getUrlDecoder().decode(token.substring(dot + 1));
      if (!MessageDigest.isEqual(mac, mac(claims))) {
        return Optional.empty();
      }
      Json.Obj said = Json.parseObject(claims, BOUNDS).orThrow();
      Instant until = Instant.parse(said.text("until").orElseThrow());
      return clock.instant().isBefore(until) ? said.text("person") : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private byte[] mac(byte[] claims) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update("writ session".getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(claims);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

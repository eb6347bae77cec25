package dev.writ.server.api;

import dev.writ.base.Digest;
import dev.writ.base.Problem;
import dev.writ.fact.CommandKey;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The {@code Idempotency-Key} of a request (draft-ietf-httpapi-idempotency-key-header): under one
 * key a person's command is carried out once.
 */
final class IdempotencyKeys {
  static final String HEADER = "Idempotency-Key";

  /** Longest key, in characters. */
  static final int LONGEST = 128;

  /** How long a key is remembered. */
  static final Duration REMEMBERED = Duration.ofHours(24);

  private IdempotencyKeys() {}

  /**
   * The key a request carries, if any. Refuses one that is empty, too long or not visible ASCII.
   *
   * @param request digest of everything the command depends on
   */
  static Optional<CommandKey> of(Asked asked, String by, Digest request, InstantSource clock) {
    List<String> given = asked.headers(HEADER);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    String key = given.getFirst();
    if (given.size() > 1 || !key.matches("[!-~]{1," + LONGEST + "}")) {
      throw new Refused(
          new HttpRefusal.Malformed(
              List.of(
                  new Problem(
                      HEADER,
                      "the key is not 1 to " + LONGEST + " visible characters",
                      "send one key, such as a UUID"))));
    }
    // Whose key it is goes in, so that people cannot meet each other's.
    Digest own = Digest.ofText("idempotency-key\0" + by + "\0" + key);
    return Optional.of(new CommandKey(own, request, clock.instant().plus(REMEMBERED)));
  }

  /** The request of submitting a spec: the bytes sent and the workflow meant. */
  static Digest submission(byte[] body, Optional<String> workflow) {
    return Digest.sha256(
        "submit\0".getBytes(StandardCharsets.US_ASCII),
        workflow.orElse("").getBytes(StandardCharsets.UTF_8),
        new byte[1],
        body);
  }
}

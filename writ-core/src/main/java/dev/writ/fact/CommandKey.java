package dev.writ.fact;

import dev.writ.base.Digest;
import java.time.Instant;

/**
 * A caller's key for a command: an {@code Idempotency-Key}, a client assertion's {@code jti}, a
 * JSON-RPC id within its task. A repeat gets the first answer; another request under the same key
 * is refused.
 *
 * @param key digest of caller and key together, so that callers cannot meet each other's keys
 * @param request digest of the request, the key apart
 * @param until how long the key is remembered
 */
public record CommandKey(Digest key, Digest request, Instant until) {
  /** Whether the other was used for the same request. */
  public boolean sameRequest(CommandKey other) {
    return request.equals(other.request);
  }
}

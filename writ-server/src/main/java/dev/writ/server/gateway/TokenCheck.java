package dev.writ.server.gateway;

import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import java.util.Optional;

/**
 * Checks a presented access token with public keys only: signature, issuer, audience, times, and
 * the proof of possession where the token is bound to a key. Whether it is live is not asked here.
 */
@FunctionalInterface
public interface TokenCheck {
  Checked check(Presented presented);

  /**
   * What a request carried.
   *
   * @param scheme {@code Bearer} or {@code DPoP}
   * @param proof the {@code DPoP} header
   * @param method the request's method
   * @param url the resource as it is known in public
   */
  record Presented(
      String scheme, String token, Optional<String> proof, String method, String url) {}

  /** The answer. */
  sealed interface Checked {
    /** A token of ours for this resource, within its time. */
    record Good(Caller caller) implements Checked {}

    /** Not one; {@code description} is for the client's log and says nothing about our keys. */
    record Bad(Kind kind, String description) implements Checked {}
  }

  /** Which of RFC 6750's errors. */
  enum Kind {
    INVALID_TOKEN,
    INSUFFICIENT_SCOPE
  }

  /**
   * Who calls.
   *
   * @param workload the token's subject, or the actor it was exchanged to
   */
  record Caller(TokenId token, TaskId task, String workload) {}
}

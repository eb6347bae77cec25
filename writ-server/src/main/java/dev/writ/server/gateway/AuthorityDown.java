package dev.writ.server.gateway;

import java.time.Duration;

/** A fault: nobody can decide or record at the moment, so nothing is allowed. */
public final class AuthorityDown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** After how long asking again may help. */
  private final Duration retryAfter;

  public AuthorityDown(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}

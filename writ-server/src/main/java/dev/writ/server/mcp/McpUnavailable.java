package dev.writ.server.mcp;

import java.time.Duration;

/** A fault: what stands behind the endpoint cannot answer at the moment. */
public class McpUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** After how long asking again may help. */
  private final Duration retryAfter;

  protected McpUnavailable(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}

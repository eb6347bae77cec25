package dev.writ.server.gateway;

import dev.writ.server.mcp.McpUnavailable;
import java.time.Duration;

/** A fault: nobody can decide or record at the moment, so nothing is allowed. */
public final class AuthorityDown extends McpUnavailable {
  private static final long serialVersionUID = 1L;

  public AuthorityDown(String message, Duration retryAfter) {
    super(message, retryAfter);
  }
}

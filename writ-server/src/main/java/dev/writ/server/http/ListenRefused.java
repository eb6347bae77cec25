package dev.writ.server.http;

import java.io.Serial;

/** The server cannot listen where it should. The message says what to do. */
public final class ListenRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ListenRefused(String message, Throwable cause) {
    super(message, cause);
  }
}

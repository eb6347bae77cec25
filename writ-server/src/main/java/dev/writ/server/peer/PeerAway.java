package dev.writ.server.peer;

import java.io.Serial;

/**
 * The other node gave no answer that can be used. What it was asked may have been done all the
 * same, so only a command that carries its caller's key may be tried elsewhere.
 */
final class PeerAway extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  PeerAway(String what) {
    super(what);
  }

  PeerAway(String what, Throwable cause) {
    super(what, cause);
  }
}

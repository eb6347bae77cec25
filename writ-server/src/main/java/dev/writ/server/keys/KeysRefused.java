package dev.writ.server.keys;

import java.io.Serial;

/**
 * The keys cannot be used. A fault of the world; its message says what stood in the way and what to
 * do, for the person who typed the command, and never holds a secret.
 */
public final class KeysRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** A file is missing, unreadable or cannot be written. */
    FILE,
    /** A file exists already and would be overwritten. */
    EXISTS,
    /** A file may be read by others than its owner. */
    OPEN_TO_OTHERS,
    /** A file is not of a known format. */
    FORMAT,
    /** The secret does not open the key file, or the file was changed. */
    LOCKED,
    /** The files do not belong together, or not to this ledger. */
    MISMATCH
  }

  private final Reason reason;

  KeysRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  KeysRefused(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

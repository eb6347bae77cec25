package dev.writ.server.postgres;

import java.io.Serial;

/**
 * The embedded PostgreSQL did not start. A fault of the world; its message says what stood in the
 * way and what to do, for the person who typed the command.
 */
public final class PostgresRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Why a start was refused. */
  public enum Reason {
    /** Another server uses the data folder. */
    FOLDER_IN_USE,
    /** The port asked for belongs to another program. */
    PORT_IN_USE,
    /** The disk has no room left. */
    DISK_FULL,
    /** The folder may not be read or written. */
    NO_PERMISSION,
    /** The folder was written by another major version of PostgreSQL. */
    OTHER_VERSION,
    /** There are no PostgreSQL binaries for this kind of machine. */
    UNSUPPORTED_MACHINE,
    /** Anything else; the message quotes the server's own log. */
    FAILED
  }

  private final Reason reason;

  PostgresRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  PostgresRefused(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

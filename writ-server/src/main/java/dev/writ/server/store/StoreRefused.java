package dev.writ.server.store;

import java.io.Serial;

/**
 * This server will not run on this database. A fault of the world; its message says what is wrong
 * and what to do, for the person who starts the server.
 */
public final class StoreRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Why a database was refused. */
  public enum Reason {
    /** Nobody answers at the address, or it does not let us in. */
    UNREACHABLE,
    /** It holds no Writ schema, or one of an older Writ. */
    SCHEMA_OLD,
    /** It was migrated by a newer Writ, or by something else. */
    SCHEMA_UNKNOWN,
    /** PostgreSQL is older than we support. */
    SERVER_OLD,
    /** It is a standby: it cannot be written. */
    STANDBY,
    /** A power cut would lose or tear what was acknowledged. */
    NOT_DURABLE,
    /** It has standbys and waits for none: a failover would lose what was acknowledged. */
    NOT_SYNCHRONOUS
  }

  private final Reason reason;

  StoreRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  StoreRefused(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

package dev.writ.server.store;

import dev.writ.ledger.LedgerStore.StoreFault;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the database's errors mean to the ledger. */
final class Faults {
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String DISK_FULL = "53100";

  /** Tables whose rows are the callers' own; a row refused there is that caller's fault. */
  private static final Set<String> CALLERS_TABLES = Set.of("payload", "workflow_key", "blob");

  private static final String ENTRY_TOO_LONG = "entry_has_at_most_65535_bytes";

  private Faults() {}

  static StoreFault of(String doing, SQLException e) {
    return new StoreFault(text(doing, e), isRefusal(e), e);
  }

  private static String text(String doing, SQLException e) {
    if (DISK_FULL.equals(e.getSQLState())) {
      return doing + ": the database's disk is full; make room";
    }
    return doing + ": " + e.getMessage();
  }

  /** Another holder kept the lock for as long as we wait at once. */
  static boolean isLockTimeout(SQLException e) {
    return LOCK_NOT_AVAILABLE.equals(e.getSQLState());
  }

  /**
   * Whether PostgreSQL certainly rolled back: it answered, and with an error that leaves the
   * session alive. A dying session's last words may come before or after its commit.
   */
  static boolean isCertainlyRolledBack(SQLException e) {
    return serverMessage(e)
        .map(ServerErrorMessage::getSeverity)
        .filter("ERROR"::equals)
        .isPresent();
  }

  /**
   * Whether the database understood and refused these very rows. A position that is taken, or has
   * no partition, is a fault of the log and would refuse every batch.
   */
  private static boolean isRefusal(SQLException e) {
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    boolean aboutValues =
        state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    return aboutValues
        && serverMessage(e)
            .filter(m ->
                CALLERS_TABLES.contains(String.valueOf(m.getTable()))
                    || ENTRY_TOO_LONG.equals(m.getConstraint()))
            .isPresent();
  }

  /** What the server said; a batch of statements wraps the error of the one that failed. */
  private static Optional<ServerErrorMessage> serverMessage(SQLException e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof PSQLException p && p.getServerErrorMessage() != null) {
        return Optional.of(p.getServerErrorMessage());
      }
    }
    return Optional.empty();
  }
}

package dev.writ.server.store;

import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.LedgerStore.Commit;
import dev.writ.ledger.LedgerStore.Lock;
import dev.writ.ledger.LedgerStore.StoreFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** One writer's transaction on its own connection, which goes back when it is known to be clean. */
final class PostgresTurn implements LedgerStore.Turn {
  private final Connection connection;
  private final Consumer<Connection> giveBack;
  private final LongConsumer sizeSeen;
  private Stage stage = Stage.OPEN;
  private boolean failed;
  private Optional<Instant> clockUnderLock = Optional.empty();

  private enum Stage {
    OPEN,
    LOCKED,
    APPENDED,
    OVER
  }

  /** One thing done in the transaction. */
  @FunctionalInterface
  private interface Step<R> {
    R run() throws SQLException;
  }

  /**
   * @param giveBack told of the connection once it is clean again
   * @param sizeSeen told how long the log is, or will be
   */
  PostgresTurn(Connection connection, Consumer<Connection> giveBack, LongConsumer sizeSeen) {
    this.connection = connection;
    this.giveBack = giveBack;
    this.sizeSeen = sizeSeen;
  }

  @Override
  public Lock lock() {
    require(stage == Stage.OPEN, "the head is locked once a turn");
    return step(
        "locking the head",
        () -> {
          try {
            LedgerRows.Locked locked = LedgerRows.lock(connection);
            clockUnderLock = Optional.of(locked.clock());
            stage = Stage.LOCKED;
            locked.head().ifPresent(h -> sizeSeen.accept(h.head().size()));
            return new Lock.Held(locked.head());
          } catch (SQLException e) {
            if (!Faults.isLockTimeout(e)) {
              throw e;
            }
            connection.rollback();
            return new Lock.Waiting();
          }
        });
  }

  @Override
  public Instant clock() {
    require(stage == Stage.LOCKED || stage == Stage.APPENDED, "the clock is read under the lock");
    // The lock brought the first reading with it, which saves a way to the database.
    Optional<Instant> first = clockUnderLock;
    clockUnderLock = Optional.empty();
    return first.orElseGet(() -> step("reading the clock", () -> LedgerRows.clock(connection)));
  }

  @Override
  public List<byte[]> read(long from, int limit) {
    require(stage != Stage.OVER, "the turn is over");
    return step("reading entries", () -> LedgerRows.read(connection, from, limit));
  }

  @Override
  public void append(LedgerStore.Batch batch) {
    require(stage == Stage.LOCKED, "appending needs the lock, and happens once a turn");
    step(
        "appending",
        () -> {
          LedgerRows.appendEntries(connection, batch.first(), batch.entries());
          LedgerRows.appendTiles(connection, batch.tiles());
          AttachmentRows.append(connection, batch.attachments());
          LedgerRows.moveHead(connection, batch.head());
          sizeSeen.accept(batch.first() + batch.entries().size());
          stage = Stage.APPENDED;
          return stage;
        });
  }

  @Override
  public Commit commit() {
    require(stage != Stage.OVER, "the turn is over");
    if (failed || !isOpen()) {
      // The driver takes the ROLLBACK with which PostgreSQL answers such a COMMIT for a success.
      close();
      return Commit.FAILED;
    }
    stage = Stage.OVER;
    try {
      connection.commit();
    } catch (SQLException e) {
      abort();
      return Faults.isCertainlyRolledBack(e) ? Commit.FAILED : Commit.UNKNOWN;
    }
    giveBack.accept(connection);
    return Commit.COMMITTED;
  }

  private boolean isOpen() {
    try {
      return connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.OPEN;
    } catch (SQLException e) {
      throw Faults.of("asking for the transaction's state", e);
    }
  }

  @Override
  public void close() {
    if (stage == Stage.OVER) {
      return;
    }
    stage = Stage.OVER;
    try {
      connection.rollback();
    } catch (SQLException e) {
      // Ended by the database or unreachable: either way it cannot commit any more.
      abort();
      return;
    }
    giveBack.accept(connection);
  }

  private <R> R step(String doing, Step<R> step) {
    try {
      return step.run();
    } catch (SQLException e) {
      failed = true;
      throw Faults.of(doing, e);
    } catch (StoreFault e) {
      failed = true;
      throw e;
    }
  }

  /** Cuts the connection, which makes PostgreSQL roll back whatever it has not committed. */
  private void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw Faults.of("cutting the connection", e);
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalStateException(message);
    }
  }
}

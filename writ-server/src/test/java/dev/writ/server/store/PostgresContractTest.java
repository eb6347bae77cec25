package dev.writ.server.store;

import dev.writ.base.Digest;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.LedgerStore;
import dev.writ.operation.PayloadRows;
import dev.writ.sim.LedgerStoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** PostgreSQL keeps the ledger store's contract, as the memory store does. */
class PostgresContractTest extends LedgerStoreContract {
  private static final StoreTimeouts QUICK =
      new StoreTimeouts(
          Duration.ofSeconds(2),
          Duration.ofMillis(50),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2));

  private StoreDatabase database;
  private PostgresLedgerStore store;

  @BeforeEach
  void open() throws SQLException {
    database = StoreDatabase.fresh();
    store = database.open(QUICK);
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
    database.close();
  }

  @Override
  protected LedgerStore store() {
    return store;
  }

  /** PostgreSQL itself says when no transaction of this database is idle any more. */
  @Override
  protected void passIdleTimeout() {
    String idle =
        "select count(*) from pg_stat_activity"
            + " where datname = current_database() and state = 'idle in transaction'";
    try (Connection c = database.database().connect();
        Statement s = c.createStatement()) {
      boolean some = true;
      while (some) {
        try (var rows = s.executeQuery(idle)) {
          rows.next();
          some = rows.getInt(1) > 0;
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Optional<byte[]> blob(Digest digest) {
    return store.archive().find(digest);
  }

  @Override
  protected Optional<byte[]> sealed(PayloadId payload) {
    return store
        .archive()
        .find(payload)
        .map(PayloadRows.Row::payload)
        .map(Attachment.Payload::sealed);
  }

  @Override
  protected Optional<byte[]> wrappedKey(WorkflowId workflow) {
    return store.archive().key(workflow).map(Attachment.WorkflowKey::wrapped);
  }

  @Override
  protected Optional<byte[]> fullTile(int level, long index) {
    return store.tile(level, index);
  }
}

package dev.writ.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Entropy;
import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.LedgerStore.Commit;
import dev.writ.ledger.LedgerStore.Lock;
import dev.writ.ledger.LedgerStore.StoreFault;
import dev.writ.server.postgres.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** Servers of their own: what a production database must be, and one that stops and comes back. */
class InspectionTest {
  private static final Entropy ENTROPY = new SecureRandom()::nextBytes;
  private static final StoreTimeouts QUICK =
      new StoreTimeouts(
          Duration.ofMillis(600),
          Duration.ofMillis(100),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  @TempDir Path folder;

  @Test
  void aDatabaseThatCouldLoseAnAcknowledgedCommitIsRefused() {
    for (String setting : new String[] {"fsync", "full_page_writes"}) {
      try (EmbeddedPostgres server =
          EmbeddedPostgres.start(
              folder, ENTROPY, EmbeddedPostgres.Options.none().with(setting, "off"))) {
        Schema.migrate(address(server));
        assertThatThrownBy(() -> PostgresLedgerStore.open(address(server), QUICK).close())
            .isInstanceOfSatisfying(
                StoreRefused.class,
                e -> assertThat(e.reason()).isEqualTo(StoreRefused.Reason.NOT_DURABLE))
            .hasMessageContaining(setting + " off");
      }
    }
  }

  @Test
  void aStandbyIsRefused() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, ENTROPY)) {
      Schema.migrate(address(server));
    }
    Files.createFile(folder.resolve("postgres").resolve("standby.signal"));
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, ENTROPY)) {
      assertThatThrownBy(() -> PostgresLedgerStore.open(address(server), QUICK).close())
          .isInstanceOfSatisfying(
              StoreRefused.class,
              e -> assertThat(e.reason()).isEqualTo(StoreRefused.Reason.STANDBY));
    }
  }

  @Test
  void aStandbyThatNobodyWaitsForIsRefusedAndOneThatIsSilentAcknowledgesNothing() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, ENTROPY)) {
      Schema.migrate(address(server));
      try (PostgresLedgerStore store = PostgresLedgerStore.open(address(server), QUICK)) {
        assertThat(write(store, "alone")).isEqualTo(Commit.COMMITTED);
      }
      try (Connection replica = replicationConnection(server);
          PGReplicationStream stream = stream(replica)) {
        assertThatThrownBy(() -> PostgresLedgerStore.open(address(server), QUICK).close())
            .isInstanceOfSatisfying(
                StoreRefused.class,
                e -> assertThat(e.reason()).isEqualTo(StoreRefused.Reason.NOT_SYNCHRONOUS));
        try (Connection c = server.connect(EmbeddedPostgres.DATABASE);
            Statement s = c.createStatement()) {
          s.execute("alter system set synchronous_standby_names = '*'");
          s.execute("select pg_reload_conf()");
        }
        try (PostgresLedgerStore store = PostgresLedgerStore.open(address(server), QUICK)) {
          assertThat(write(store, "unconfirmed")).isEqualTo(Commit.UNKNOWN);
          try (LedgerStore.Turn turn = store.begin()) {
            assertThat(turn.lock())
                .as("the commit goes on waiting, its lock with it")
                .isInstanceOf(Lock.Waiting.class);
            confirm(stream);
            assertThat(Batches.locked(turn).orElseThrow().head().batch()).isEqualTo("unconfirmed");
          }
        }
      }
    }
  }

  @Test
  void aServerThatStopsIsAFaultAndIsUsedAgainWhenItIsBack() throws Exception {
    int port;
    PostgresLedgerStore store;
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, ENTROPY)) {
      port = server.port();
      Schema.migrate(address(server));
      store = PostgresLedgerStore.open(address(server), QUICK);
      assertThat(Batches.write(store, "b1", "a")).isEqualTo(Commit.COMMITTED);
    }
    try (store) {
      assertThatThrownBy(store::head).isInstanceOf(StoreFault.class);
      assertThatThrownBy(() -> write(store, "b2")).isInstanceOf(StoreFault.class);
      assertThatThrownBy(() -> write(store, "b3")).isInstanceOf(StoreFault.class);
      try (EmbeddedPostgres back =
          EmbeddedPostgres.start(folder, ENTROPY, EmbeddedPostgres.Options.none().withPort(port))) {
        assertThat(back.isRunning()).isTrue();
        assertThat(Batches.write(store, "b4", "b")).isEqualTo(Commit.COMMITTED);
        assertThat(Batches.texts(store.read(0, 10))).containsExactly("a", "b");
      }
    }
  }

  private static Commit write(LedgerStore store, String batch) {
    return Batches.write(store, batch, "entry of " + batch);
  }

  private static DatabaseAddress address(EmbeddedPostgres server) {
    return new DatabaseAddress(
        server.url(EmbeddedPostgres.DATABASE), server.user(), server.password());
  }

  /** A standby as the primary sees it: somebody who receives its log and says how far. */
  private static Connection replicationConnection(EmbeddedPostgres server) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    properties.setProperty("replication", "true");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("assumeMinServerVersion", "15");
    return DriverManager.getConnection(server.url(EmbeddedPostgres.DATABASE), properties);
  }

  private static PGReplicationStream stream(Connection replica) throws Exception {
    try (Statement s = replica.createStatement();
        var r = s.executeQuery("IDENTIFY_SYSTEM")) {
      r.next();
      return replica
          .unwrap(PGConnection.class)
          .getReplicationAPI()
          .replicationStream()
          .physical()
          .withStartPosition(LogSequenceNumber.valueOf(r.getString("xlogpos")))
          .start();
    }
  }

  private static void confirm(PGReplicationStream stream) throws Exception {
    while (stream.readPending() != null) {
      LogSequenceNumber last = stream.getLastReceiveLSN();
      stream.setFlushedLSN(last);
      stream.setAppliedLSN(last);
    }
    stream.forceUpdateStatus();
  }
}

package dev.writ.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.ledger.Head;
import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.LedgerStore.Commit;
import dev.writ.ledger.LedgerStore.Lock;
import dev.writ.ledger.LedgerStore.StoreFault;
import dev.writ.server.postgres.TestPostgres;
import dev.writ.sim.LossyProxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Commits whose answer is lost, and holders that are: nobody is told what is not so. */
class LostCommitTest {
  /** As usual, ten times as fast. */
  private static final StoreTimeouts QUICK =
      new StoreTimeouts(
          Duration.ofMillis(600),
          Duration.ofMillis(100),
          Duration.ofMillis(800),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  @Test
  void anAnswerThatWasLostIsFoundUnderTheLock() throws Exception {
    for (LossyProxy.Loss loss :
        new LossyProxy.Loss[] {LossyProxy.Loss.ANSWER, LossyProxy.Loss.ANSWER_IN_SILENCE}) {
      try (StoreDatabase database = StoreDatabase.fresh();
          LossyProxy network = new LossyProxy(TestPostgres.server().port());
          PostgresLedgerStore store =
              PostgresLedgerStore.open(database.addressAt(network.port()), QUICK)) {
        try (LedgerStore.Turn turn = store.begin()) {
          Batches.locked(turn);
          turn.append(Batches.of(0, "lost", "a"));
          network.loseNextCommit(loss);
          assertThat(turn.commit()).isEqualTo(Commit.UNKNOWN);
        }
        try (LedgerStore.Turn turn = store.begin()) {
          assertThat(Batches.locked(turn).map(Head.Sealed::head).map(Head::batch)).hasValue("lost");
          assertThat(Batches.texts(turn.read(0, 10))).containsExactly("a");
        }
        assertThat(Batches.write(store, "next", "b")).isEqualTo(Commit.COMMITTED);
      }
    }
  }

  @Test
  void aRequestThatWasLostHoldsTheLockUntilItsBackendIsGone() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        LossyProxy network = new LossyProxy(TestPostgres.server().port());
        PostgresLedgerStore store =
            PostgresLedgerStore.open(database.addressAt(network.port()), QUICK)) {
      try (LedgerStore.Turn turn = store.begin()) {
        Batches.locked(turn);
        turn.append(Batches.of(0, "lost", "a"));
        network.loseNextCommit(LossyProxy.Loss.REQUEST);
        assertThat(turn.commit()).isEqualTo(Commit.UNKNOWN);
      }
      try (LedgerStore.Turn turn = store.begin()) {
        assertThat(turn.lock()).as("the old backend is alive").isInstanceOf(Lock.Waiting.class);
        assertThat(Batches.locked(turn)).isEmpty();
        assertThat(turn.read(0, 10)).isEmpty();
        turn.append(Batches.of(0, "again", "a"));
        assertThat(turn.commit()).isEqualTo(Commit.COMMITTED);
      }
      assertThat(store.head().orElseThrow().head().batch()).isEqualTo("again");
    }
  }

  @Test
  void aFrozenHolderLosesThePenAndCommitsNothing() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore frozen = database.open(QUICK);
        PostgresLedgerStore other = database.open(QUICK)) {
      LedgerStore.Turn held = frozen.begin();
      Batches.locked(held);
      held.append(Batches.of(0, "frozen", "x"));
      // The other waits for the lock until PostgreSQL ends the idle transaction.
      assertThat(Batches.write(other, "other", "a")).isEqualTo(Commit.COMMITTED);
      assertThat(held.commit()).isNotEqualTo(Commit.COMMITTED);
      held.close();
      assertThat(Batches.texts(frozen.read(0, 10))).containsExactly("a");
      assertThat(Batches.write(frozen, "back", "b")).isEqualTo(Commit.COMMITTED);
    }
  }

  @Test
  void aTurnWhoseBackendWasEndedIsAFaultAndTheNextIsNot() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open(QUICK)) {
      try (LedgerStore.Turn turn = store.begin()) {
        Batches.locked(turn);
        database.database().disconnectAll();
        assertThatThrownBy(() -> turn.append(Batches.of(0, "ended", "a")))
            .isInstanceOfSatisfying(StoreFault.class, e -> assertThat(e.refused()).isFalse());
        assertThat(turn.commit()).isNotEqualTo(Commit.COMMITTED);
      }
      assertThat(Batches.write(store, "next", "b")).isEqualTo(Commit.COMMITTED);
      assertThat(database.one("select string_agg(convert_from(bytes, 'UTF8'), ' ') from entry"))
          .isEqualTo("b");
    }
  }

  @Test
  void aDatabaseThatWasPutBackShowsItsOlderHead() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh()) {
      try (PostgresLedgerStore store = database.open(QUICK)) {
        Batches.write(store, "b1", "a");
      }
      TestPostgres.Database backup = database.database().copy();
      try (PostgresLedgerStore running = database.open(QUICK)) {
        Batches.write(running, "b2", "b", "c");
        assertThat(Batches.size(running.head())).isEqualTo(3);
        backup.takePlaceOf(database.database());
        LedgerStore.Turn stale = running.begin();
        assertThatThrownBy(stale::lock).isInstanceOf(StoreFault.class);
        stale.close();
        try (LedgerStore.Turn turn = running.begin()) {
          assertThat(Batches.size(Batches.locked(turn))).isEqualTo(1);
          assertThat(turn.read(2, 1)).isEmpty();
        }
      }
    }
  }
}

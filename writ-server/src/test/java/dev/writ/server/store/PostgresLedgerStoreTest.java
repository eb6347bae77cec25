package dev.writ.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Digest;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.LedgerStore.Commit;
import dev.writ.ledger.LedgerStore.Lock;
import dev.writ.ledger.LedgerStore.StoreFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the port promises and only this store has: SQL, timeouts, attachments, reopening. */
class PostgresLedgerStoreTest {
  private static final WorkflowId WORKFLOW = new WorkflowId("wf_" + "1".repeat(26));
  private static final PayloadId PAYLOAD = new PayloadId("pl_" + "2".repeat(26));

  @Test
  void keepsWhatItCommitted() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh()) {
      try (PostgresLedgerStore store = database.open()) {
        assertThat(store.head()).isEmpty();
        assertThat(Batches.write(store, "b1", "a", "b")).isEqualTo(Commit.COMMITTED);
        assertThat(Batches.write(store, "b2", "c")).isEqualTo(Commit.COMMITTED);
      }
      try (PostgresLedgerStore store = database.open()) {
        assertThat(store.head().orElseThrow().head()).isEqualTo(Batches.head(3, "b2").head());
        assertThat(store.head().orElseThrow().seal()).isEqualTo(Batches.head(3, "b2").seal());
        assertThat(Batches.texts(store.read(0, 10))).containsExactly("a", "b", "c");
        assertThat(Batches.texts(store.read(1, 1))).containsExactly("b");
        assertThat(store.read(3, 10)).isEmpty();
      }
    }
  }

  @Test
  void keepsTilesAndAttachmentsInTheSameCommit() throws Exception {
    byte[] hashes = new byte[8_192];
    hashes[17] = 42;
    byte[] large = new byte[300_000];
    large[299_999] = 7;
    List<Attachment> attachments =
        List.of(
            new Attachment.Blob(Digest.sha256(large), large),
            new Attachment.WorkflowKey(WORKFLOW, "master-1", Batches.bytes("wrapped")),
            new Attachment.Payload(PAYLOAD, WORKFLOW, Batches.bytes("key"), large));
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      try (LedgerStore.Turn turn = store.begin()) {
        Batches.locked(turn);
        turn.append(
            Batches.with(
                0, "b1", List.of(new LedgerStore.FullTile(1, 2, hashes)), attachments, "a"));
        assertThat(store.archive().find(Digest.sha256(large))).isEmpty();
        assertThat(turn.commit()).isEqualTo(Commit.COMMITTED);
      }
      assertThat(store.tile(1, 2).orElseThrow()).isEqualTo(hashes);
      assertThat(store.tile(0, 2)).isEmpty();
      assertThat(store.archive().find(Digest.sha256(large)).orElseThrow()).isEqualTo(large);
      Attachment.Payload payload = store.archive().find(PAYLOAD).orElseThrow().payload();
      assertThat(payload.sealed()).isEqualTo(large);
      assertThat(payload.wrappedKey()).isEqualTo(Batches.bytes("key"));
      assertThat(payload.workflow()).isEqualTo(WORKFLOW);
      assertThat(store.archive().key(WORKFLOW).orElseThrow().wrapped())
          .isEqualTo(Batches.bytes("wrapped"));
    }
  }

  @Test
  void theFirstKeyOfAWorkflowAndOneCopyOfABlobStand() throws Exception {
    Attachment.Blob blob = new Attachment.Blob(Digest.ofText("x"), Batches.bytes("x"));
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      for (String wrapped : List.of("first", "second")) {
        try (LedgerStore.Turn turn = store.begin()) {
          long size = Batches.size(Batches.locked(turn));
          Attachment key = new Attachment.WorkflowKey(WORKFLOW, "master-1", Batches.bytes(wrapped));
          turn.append(Batches.with(size, wrapped, List.of(), List.of(key, blob, blob), "a"));
          assertThat(turn.commit()).isEqualTo(Commit.COMMITTED);
        }
      }
      assertThat(store.archive().key(WORKFLOW).orElseThrow().wrapped())
          .isEqualTo(Batches.bytes("first"));
      assertThat(store.archive().find(blob.digest())).isPresent();
    }
  }

  @Test
  void erasesPayloadsAndKeys() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      try (LedgerStore.Turn turn = store.begin()) {
        Batches.locked(turn);
        turn.append(
            Batches.with(
                0,
                "b1",
                List.of(),
                List.of(
                    new Attachment.WorkflowKey(WORKFLOW, "m", Batches.bytes("w")),
                    new Attachment.Payload(
                        PAYLOAD, WORKFLOW, Batches.bytes("k"), Batches.bytes("s"))),
                "a"));
        turn.commit();
      }
      assertThat(store.archive().erase(PAYLOAD)).isTrue();
      assertThat(store.archive().erase(PAYLOAD)).isFalse();
      assertThat(store.archive().find(PAYLOAD)).isEmpty();
      assertThat(store.archive().erase(WORKFLOW)).isTrue();
      assertThat(store.archive().key(WORKFLOW)).isEmpty();
    }
  }

  @Test
  void everybodyIsAnsweredWithTheKeyThatWasOfferedFirst() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      for (String offered : List.of("first", "second")) {
        Attachment.WorkflowKey key =
            new Attachment.WorkflowKey(WORKFLOW, "m", Batches.bytes(offered));
        assertThat(store.archive().keep(key).wrapped()).isEqualTo(Batches.bytes("first"));
      }
    }
  }

  @Test
  void aTamperedBlobIsAFaultAndNotAnAnswer() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      database.asSuperuser(
          "alter table blob drop constraint blob_is_named_by_its_digest",
          "insert into blob values (sha256('slice'), 'wider slice')");
      assertThatThrownBy(() -> store.archive().find(Digest.ofText("slice")))
          .isInstanceOf(StoreFault.class)
          .hasMessageContaining("other bytes than its digest says");
    }
  }

  @Test
  void keepsSnapshotsInChunks() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      PostgresArchive archive = store.archive();
      byte[] longest = new byte[2 << 20];
      longest[5] = 5;
      archive.put(10, 0, Batches.bytes("interrupted"));
      archive.put(10, 0, longest);
      archive.put(10, 1, Batches.bytes("end"));
      archive.put(20, 1, Batches.bytes("without a beginning"));
      archive.put(30, 0, Batches.bytes("newest"));
      assertThat(archive.sizes()).containsExactly(30L, 10L);
      assertThat(archive.chunk(10, 0)).hasValue(longest);
      assertThat(archive.chunk(10, 1)).hasValue(Batches.bytes("end"));
      assertThat(archive.chunk(10, 2)).isEmpty();
      archive.keepOnly(List.of(10L));
      assertThat(archive.sizes()).containsExactly(10L);
      assertThat(archive.chunk(20, 1)).isEmpty();
    }
  }

  @Test
  void aRefusedAttachmentIsTheCallersFaultAndATakenPositionIsNot() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      Attachment lie = new Attachment.Blob(Digest.ofText("x"), Batches.bytes("y"));
      try (LedgerStore.Turn turn = store.begin()) {
        Batches.locked(turn);
        assertThatThrownBy(() -> turn.append(Batches.with(0, "b1", List.of(), List.of(lie), "a")))
            .isInstanceOfSatisfying(StoreFault.class, e -> assertThat(e.refused()).isTrue());
        assertThat(turn.commit()).isEqualTo(Commit.FAILED);
      }
      try (LedgerStore.Turn turn = store.begin()) {
        Batches.locked(turn);
        String long1 = "x".repeat(65_536);
        assertThatThrownBy(() -> turn.append(Batches.of(0, "b1", long1)))
            .isInstanceOfSatisfying(StoreFault.class, e -> assertThat(e.refused()).isTrue());
      }
      database.asSuperuser("insert into entry values (0, 'planted')");
      try (LedgerStore.Turn turn = store.begin()) {
        Batches.locked(turn);
        assertThatThrownBy(() -> turn.append(Batches.of(0, "b1", "a")))
            .isInstanceOfSatisfying(StoreFault.class, e -> assertThat(e.refused()).isFalse());
      }
      assertThat(store.head()).isEmpty();
    }
  }

  @Test
  void theLongestEntryFits() throws Exception {
    String longest = "x".repeat(65_535);
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      assertThat(Batches.write(store, "b1", longest, longest)).isEqualTo(Commit.COMMITTED);
      assertThat(Batches.texts(store.read(0, 2))).containsExactly(longest, longest);
    }
  }

  @Test
  void aSecondWriterWaitsAndSeesWhatTheFirstWroteMeanwhile() throws Exception {
    StoreTimeouts quick =
        new StoreTimeouts(
            Duration.ofSeconds(2),
            Duration.ofMillis(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2));
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore first = database.open();
        PostgresLedgerStore second = database.open(quick)) {
      try (LedgerStore.Turn held = first.begin();
          LedgerStore.Turn waiting = second.begin()) {
        Batches.locked(held);
        assertThat(waiting.lock()).isInstanceOf(Lock.Waiting.class);
        held.append(Batches.of(0, "b1", "a"));
        assertThat(waiting.lock()).isInstanceOf(Lock.Waiting.class);
        assertThat(held.commit()).isEqualTo(Commit.COMMITTED);
        assertThat(Batches.size(Batches.locked(waiting))).isEqualTo(1);
        assertThat(Batches.texts(waiting.read(0, 10))).containsExactly("a");
      }
    }
  }

  @Test
  void whatCommittedDuringTheWaitIsReadByTheSecondStatement() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore first = database.open();
        PostgresLedgerStore second = database.open()) {
      LedgerStore.Turn held = first.begin();
      Batches.locked(held);
      held.append(Batches.of(0, "b1", "a"));
      Thread waiter =
          Thread.ofVirtual()
              .start(() -> {
                try (LedgerStore.Turn turn = second.begin()) {
                  long size = Batches.size(Batches.locked(turn));
                  List<byte[]> seen = turn.read(0, 10);
                  turn.append(Batches.of(size, "b2", "saw " + seen.size()));
                  turn.commit();
                }
              });
      while (!database.one("select count(*) from pg_locks where not granted").equals("1")) {
        Thread.onSpinWait();
      }
      Instant before = held.clock();
      held.commit();
      waiter.join();
      assertThat(Batches.texts(first.read(0, 10))).containsExactly("a", "saw 1");
      try (LedgerStore.Turn turn = first.begin()) {
        Batches.locked(turn);
        assertThat(turn.clock()).isAfterOrEqualTo(before);
      }
    }
  }

  @Test
  void theClockIsReadUnderTheLockAndNotBeforeTheWait() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore first = database.open();
        PostgresLedgerStore second = database.open()) {
      LedgerStore.Turn held = first.begin();
      Batches.locked(held);
      Instant[] seen = new Instant[1];
      Thread waiter =
          Thread.ofVirtual()
              .start(() -> {
                try (LedgerStore.Turn turn = second.begin()) {
                  Batches.locked(turn);
                  seen[0] = turn.clock();
                }
              });
      while (!database.one("select count(*) from pg_locks where not granted").equals("1")) {
        Thread.onSpinWait();
      }
      held.clock();
      Instant late = held.clock();
      held.close();
      waiter.join();
      assertThat(seen[0]).isAfterOrEqualTo(late);
    }
  }

  @Test
  void aTurnThatIsClosedLeavesNothing() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      try (LedgerStore.Turn turn = store.begin()) {
        Batches.locked(turn);
        turn.append(Batches.of(0, "b1", "a"));
      }
      assertThat(store.head()).isEmpty();
      assertThat(store.read(0, 1)).isEmpty();
      assertThat(Batches.write(store, "b2", "b")).isEqualTo(Commit.COMMITTED);
    }
  }

  @Test
  void aMissingRowEndsWhatIsRead() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      Batches.write(store, "b1", "a", "b", "c");
      database.asSuperuser(
          "alter table entry_00000000 disable trigger all",
          "alter table entry disable trigger all",
          "delete from entry where position = 1");
      assertThat(Batches.texts(store.read(0, 10))).containsExactly("a");
      assertThat(store.read(1, 10)).isEmpty();
    }
  }

  @Test
  void partitionsAreMadeBeforeTheyAreNeeded() throws Exception {
    try (StoreDatabase database = StoreDatabase.fresh();
        PostgresLedgerStore store = database.open()) {
      Batches.write(store, "b1", "a");
      String partitions = "select count(*) from pg_inherits where inhparent = 'entry'::regclass";
      assertThat(database.one(partitions)).isEqualTo("5");
      database.asSuperuser("insert into entry values (12582912, 'far away')");
      try (LedgerStore.Turn turn = store.begin()) {
        Batches.locked(turn);
        turn.append(Batches.of(12_582_913, "b2", "b"));
        assertThat(turn.commit()).isEqualTo(Commit.COMMITTED);
      }
      store.begin().close();
      assertThat(database.one(partitions)).isEqualTo("8");
    }
  }
}

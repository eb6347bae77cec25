package dev.writ.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Digest;
import dev.writ.base.NodeId;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.fact.Entry;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Head;
import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.LedgerStore.Commit;
import dev.writ.ledger.LedgerStore.Lock;
import dev.writ.ledger.LedgerStore.StoreFault;
import dev.writ.ledger.LedgerStore.Turn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the pen relies on, whatever the store. Each test gets an empty one. */
public abstract class LedgerStoreContract {
  private static final NodeId NODE = new NodeId("nod_" + "0".repeat(26));
  private static final WorkflowId WORKFLOW = new WorkflowId("wf_" + "1".repeat(26));
  private static final PayloadId PAYLOAD = new PayloadId("pl_" + "2".repeat(26));

  /** The empty store of this test, always the same one. */
  protected abstract LedgerStore store();

  /** Lets the time pass after which an idle holder has lost its transaction. */
  protected abstract void passIdleTimeout();

  protected abstract Optional<byte[]> blob(Digest digest);

  protected abstract Optional<byte[]> sealed(PayloadId payload);

  protected abstract Optional<byte[]> wrappedKey(WorkflowId workflow);

  protected abstract Optional<byte[]> fullTile(int level, long index);

  @Test
  void beginsEmpty() {
    assertThat(store().head()).isEmpty();
    assertThat(store().read(0, 10)).isEmpty();
    try (Turn turn = store().begin()) {
      assertThat(held(turn)).isEmpty();
      assertThat(turn.read(0, 10)).isEmpty();
    }
  }

  @Test
  void keepsWhatWasCommittedInOrder() {
    assertThat(write("one", "a", "b", "c")).isEqualTo(Commit.COMMITTED);
    assertThat(write("two", "d")).isEqualTo(Commit.COMMITTED);
    assertThat(texts(store().read(0, 10))).containsExactly("a", "b", "c", "d");
    assertThat(texts(store().read(1, 2))).containsExactly("b", "c");
    assertThat(texts(store().read(3, 2))).containsExactly("d");
    assertThat(store().read(4, 2)).isEmpty();
    Head.Sealed head = store().head().orElseThrow();
    assertThat(head.head()).isEqualTo(head(4, "two").head());
    assertThat(head.seal()).isEqualTo(head(4, "two").seal());
  }

  @Test
  void showsNothingBeforeTheCommitAndNothingOfARollback() {
    try (Turn turn = store().begin()) {
      held(turn);
      turn.append(batch(0, "one", List.of(), "a"));
      assertThat(store().head()).isEmpty();
      assertThat(store().read(0, 10)).isEmpty();
    }
    assertThat(store().head()).isEmpty();
    assertThat(write("two", "b")).isEqualTo(Commit.COMMITTED);
    assertThat(texts(store().read(0, 10))).containsExactly("b");
  }

  @Test
  void oneHoldsTheLockAndTheNextSeesWhatItCommitted() {
    Turn first = store().begin();
    held(first);
    try (Turn second = store().begin()) {
      assertThat(second.lock()).isInstanceOf(Lock.Waiting.class);
      first.append(batch(0, "one", List.of(), "a"));
      assertThat(second.lock()).isInstanceOf(Lock.Waiting.class);
      assertThat(first.commit()).isEqualTo(Commit.COMMITTED);
      first.close();
      assertThat(held(second).orElseThrow().head().batch()).isEqualTo("one");
      // The statement after the lock sees what was committed while it waited.
      assertThat(texts(second.read(0, 10))).containsExactly("a");
    }
  }

  @Test
  void aRollbackGivesTheLockBack() {
    Turn first = store().begin();
    held(first);
    first.close();
    try (Turn second = store().begin()) {
      assertThat(held(second)).isEmpty();
    }
  }

  @Test
  void aClosedTurnIsOver() {
    Turn turn = store().begin();
    held(turn);
    turn.append(batch(0, "one", List.of(), "a"));
    assertThat(turn.commit()).isEqualTo(Commit.COMMITTED);
    turn.close();
    assertThatThrownBy(() -> turn.append(batch(1, "two", List.of(), "b")))
        .isInstanceOf(RuntimeException.class);
    turn.close();
    assertThat(texts(store().read(0, 10))).containsExactly("a");
  }

  @Test
  void theClockGoesOn() {
    try (Turn turn = store().begin()) {
      held(turn);
      Instant before = turn.clock();
      assertThat(turn.clock()).isAfterOrEqualTo(before);
      assertThat(before).isEqualTo(before.truncatedTo(ChronoUnit.MICROS));
    }
  }

  @Test
  void anIdleHolderLosesThePen() {
    Turn frozen = store().begin();
    held(frozen);
    frozen.append(batch(0, "frozen", List.of(), "x"));
    passIdleTimeout();
    assertThat(write("other", "a")).isEqualTo(Commit.COMMITTED);
    assertThat(frozen.commit()).isNotEqualTo(Commit.COMMITTED);
    frozen.close();
    assertThat(texts(store().read(0, 10))).containsExactly("a");
    assertThat(store().head().orElseThrow().head().batch()).isEqualTo("other");
  }

  @Test
  void aTakenPositionIsRefusedAndNothingMoves() {
    write("one", "a", "b");
    try (Turn turn = store().begin()) {
      held(turn);
      assertThatThrownBy(() -> turn.append(batch(1, "two", List.of(), "c")))
          .isInstanceOf(StoreFault.class);
    }
    assertThat(texts(store().read(0, 10))).containsExactly("a", "b");
    assertThat(store().head().orElseThrow().head().batch()).isEqualTo("one");
    assertThat(write("three", "c")).isEqualTo(Commit.COMMITTED);
  }

  @Test
  void anEntryThatIsTooLongIsRefusedAsSuch() {
    try (Turn turn = store().begin()) {
      held(turn);
      String tooLong = "x".repeat(Entry.LONGEST + 1);
      assertThatThrownBy(() -> turn.append(batch(0, "one", List.of(), tooLong)))
          .isInstanceOfSatisfying(StoreFault.class, e -> assertThat(e.refused()).isTrue());
    }
    assertThat(write("two", "x".repeat(Entry.LONGEST))).isEqualTo(Commit.COMMITTED);
    assertThat(store().read(0, 1).getFirst()).hasSize(Entry.LONGEST);
  }

  @Test
  void takesALargeBatch() {
    String[] many = new String[5_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = "entry " + i;
    }
    assertThat(write("many", many)).isEqualTo(Commit.COMMITTED);
    List<byte[]> read = new ArrayList<>();
    while (read.size() < many.length) {
      List<byte[]> more = store().read(read.size(), 1_000);
      assertThat(more).isNotEmpty();
      read.addAll(more);
    }
    assertThat(texts(read)).containsExactly(many);
  }

  @Test
  void keepsAttachmentsWithTheirFacts() {
    byte[] bytes = bytes("a slice");
    Digest digest = Digest.sha256(bytes);
    List<Attachment> attachments =
        List.of(
            new Attachment.Blob(digest, bytes),
            new Attachment.Blob(digest, bytes),
            new Attachment.WorkflowKey(WORKFLOW, "master", bytes("first")),
            new Attachment.Payload(PAYLOAD, WORKFLOW, bytes("key"), bytes("sealed")));
    try (Turn turn = store().begin()) {
      held(turn);
      turn.append(batch(0, "one", attachments, "a"));
      assertThat(blob(digest)).isEmpty();
      turn.commit();
    }
    try (Turn turn = store().begin()) {
      held(turn);
      List<Attachment> again =
          List.of(
              new Attachment.Blob(digest, bytes),
              new Attachment.WorkflowKey(WORKFLOW, "master", bytes("second")));
      turn.append(batch(1, "two", again, "b"));
      assertThat(turn.commit()).isEqualTo(Commit.COMMITTED);
    }
    assertThat(blob(digest)).hasValue(bytes);
    assertThat(sealed(PAYLOAD)).hasValue(bytes("sealed"));
    assertThat(wrappedKey(WORKFLOW)).hasValue(bytes("first"));
    assertThat(blob(Digest.ofText("unknown"))).isEmpty();
  }

  @Test
  void keepsFullTiles() {
    byte[] hashes = new byte[8_192];
    hashes[100] = 7;
    try (Turn turn = store().begin()) {
      held(turn);
      LedgerStore.Batch plain = batch(0, "one", List.of(), "a");
      turn.append(
          new LedgerStore.Batch(
              0,
              plain.entries(),
              plain.leaves(),
              List.of(
                  new LedgerStore.FullTile(0, 0, hashes), new LedgerStore.FullTile(1, 3, hashes)),
              List.of(),
              plain.head()));
      assertThat(turn.commit()).isEqualTo(Commit.COMMITTED);
    }
    assertThat(fullTile(0, 0)).hasValue(hashes);
    assertThat(fullTile(1, 3)).hasValue(hashes);
    assertThat(fullTile(0, 1)).isEmpty();
  }

  private Commit write(String batch, String... entries) {
    try (Turn turn = store().begin()) {
      long size = held(turn).map(h -> h.head().size()).orElse(0L);
      turn.append(batch(size, batch, List.of(), entries));
      return turn.commit();
    }
  }

  private static Optional<Head.Sealed> held(Turn turn) {
    while (true) {
      if (turn.lock() instanceof Lock.Held(Optional<Head.Sealed> head)) {
        return head;
      }
    }
  }

  private static LedgerStore.Batch batch(
      long first, String batch, List<Attachment> attachments, String... texts) {
    List<byte[]> entries = new ArrayList<>();
    List<Digest> leaves = new ArrayList<>();
    for (String text : texts) {
      entries.add(bytes(text));
      leaves.add(Entry.leafHash(bytes(text)));
    }
    return new LedgerStore.Batch(
        first, entries, leaves, List.of(), attachments, head(first + texts.length, batch));
  }

  private static Head.Sealed head(long size, String batch) {
    Head head =
        new Head(
            "writ.example/log",
            size,
            Digest.ofText("root " + size),
            List.of(),
            Instant.parse("2026-11-20T12:00:00.123456Z"),
            batch,
            NODE);
    return new Head.Sealed(head, bytes("seal of " + batch));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> texts(List<byte[]> entries) {
    return entries.stream().map(e -> new String(e, StandardCharsets.UTF_8)).toList();
  }
}

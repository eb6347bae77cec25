package dev.writ.server.store;

import dev.writ.base.Digest;
import dev.writ.base.NodeId;
import dev.writ.fact.Entry;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Head;
import dev.writ.ledger.LedgerStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Batches for a store that looks at no fact: entries of plain text, a head that counts them. */
final class Batches {
  private static final NodeId NODE = new NodeId("nod_" + "0".repeat(26));

  private Batches() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Head.Sealed head(long size, String batch) {
    Head head =
        new Head(
            "writ.example/log",
            size,
            Digest.ofText("root of " + size),
            List.of(),
            Instant.parse("2026-11-20T12:00:00Z"),
            batch,
            NODE);
    return new Head.Sealed(head, bytes("seal of " + batch + " ..."));
  }

  static LedgerStore.Batch of(long first, String batch, String... entries) {
    return with(first, batch, List.of(), List.of(), entries);
  }

  static LedgerStore.Batch with(
      long first,
      String batch,
      List<LedgerStore.FullTile> tiles,
      List<Attachment> attachments,
      String... texts) {
    List<byte[]> entries = new ArrayList<>();
    List<Digest> leaves = new ArrayList<>();
    for (String text : texts) {
      entries.add(bytes(text));
      leaves.add(Entry.leafHash(bytes(text)));
    }
    return new LedgerStore.Batch(
        first, entries, leaves, tiles, attachments, head(first + texts.length, batch));
  }

  /** Locks, appends and commits one batch at the end of the log. */
  static LedgerStore.Commit write(LedgerStore store, String batch, String... entries) {
    try (LedgerStore.Turn turn = store.begin()) {
      turn.append(of(size(locked(turn)), batch, entries));
      return turn.commit();
    }
  }

  /** Locks, however long another holder takes. */
  static Optional<Head.Sealed> locked(LedgerStore.Turn turn) {
    while (true) {
      switch (turn.lock()) {
        case LedgerStore.Lock.Held(var head) -> {
          return head;
        }
        case LedgerStore.Lock.Waiting waiting -> Thread.onSpinWait();
      }
    }
  }

  static long size(Optional<Head.Sealed> head) {
    return head.map(h -> h.head().size()).orElse(0L);
  }

  static List<String> texts(List<byte[]> entries) {
    return entries.stream().map(e -> new String(e, StandardCharsets.UTF_8)).toList();
  }
}

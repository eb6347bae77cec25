package dev.writ.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Where snapshots' bytes are kept: chunks by size of the log and index, written once, in order. The
 * bytes are a stranger's until a fact names their hash. Any method may throw {@link
 * LedgerStore.StoreFault}.
 */
public interface Snapshots {
  /** Most bytes of one chunk: 1 MiB and the longest line. */
  int LONGEST_CHUNK = 2 << 20;

  /** Log sizes for which the chunk 0 is there, largest first; at most 16. */
  List<Long> sizes();

  /** One chunk; empty past the last one. */
  Optional<byte[]> chunk(long size, int index);

  /** Stores one chunk, replacing what an interrupted attempt left. */
  void put(long size, int index, byte[] chunk);

  /** Deletes every snapshot but these. */
  void keepOnly(List<Long> sizes);

  /** No snapshots: a node then folds from the first entry. */
  static Snapshots none() {
    return new Snapshots() {
      @Override
      public List<Long> sizes() {
        return List.of();
      }

      @Override
      public Optional<byte[]> chunk(long size, int index) {
        return Optional.empty();
      }

      @Override
      public void put(long size, int index, byte[] chunk) {
        throw new IllegalStateException("snapshots are not kept here");
      }

      @Override
      public void keepOnly(List<Long> sizes) {}
    };
  }
}

package dev.writ.audit;

import dev.writ.base.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * The compact form of a whole tree: its size and the roots of its full subtrees, largest first (at
 * most 63). Enough to append and to compute the root; immutable.
 */
public final class Frontier {
  /** The tree without entries. */
  public static final Frontier EMPTY = new Frontier(0, List.of());

  private final long size;
  private final List<Digest> peaks;

  private Frontier(long size, List<Digest> peaks) {
    this.size = size;
    this.peaks = peaks;
  }

  /**
   * The tree of {@code size} entries whose full subtrees have these roots, largest first. Throws
   * {@link IllegalArgumentException} unless there is one root for each one-bit of the size.
   */
  public static Frontier of(long size, List<Digest> peaks) {
    if (size < 0 || Long.bitCount(size) != peaks.size()) {
      throw new IllegalArgumentException(
          "a tree of " + size + " entries does not have " + peaks.size() + " full subtrees");
    }
    return new Frontier(size, List.copyOf(peaks));
  }

  /** Number of entries. */
  public long size() {
    return size;
  }

  /** Roots of the full subtrees, largest first. */
  public List<Digest> peaks() {
    return peaks;
  }

  /** This tree with one more entry. */
  public Frontier append(Digest leafHash) {
    return append(List.of(leafHash));
  }

  /** This tree with more entries, in order; one pass, whatever their number. */
  public Frontier append(List<Digest> leafHashes) {
    if (leafHashes.isEmpty()) {
      return this;
    }
    Growing growing = new Growing(this, (height, root) -> {});
    for (Digest leafHash : leafHashes) {
      growing.append(leafHash);
    }
    return growing.done();
  }

  /** The Merkle tree hash (RFC 6962, 2.1). */
  public Digest root() {
    if (peaks.isEmpty()) {
      return Merkle.EMPTY_ROOT;
    }
    TreeHasher hasher = new TreeHasher();
    Digest root = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = hasher.node(peaks.get(i), root);
    }
    return root;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Frontier that && size == that.size && peaks.equals(that.peaks);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(size) * 31 + peaks.hashCode();
  }

  @Override
  public String toString() {
    return "Frontier[" + size + ", " + peaks + "]";
  }

  /** A frontier while entries are appended: a binary counter whose carries hash two subtrees. */
  static final class Growing {
    private final TreeHasher hasher = new TreeHasher();
    private final ArrayList<Digest> peaks;
    private final OnFull onFull;
    private long size;

    Growing(Frontier from, OnFull onFull) {
      this.size = from.size;
      this.peaks = new ArrayList<>(from.peaks);
      this.onFull = onFull;
    }

    void append(Digest leafHash) {
      int carries = Long.numberOfTrailingZeros(~size);
      size = Math.addExact(size, 1);
      Digest full = leafHash;
      onFull.full(0, full);
      for (int height = 1; height <= carries; height++) {
        full = hasher.node(peaks.removeLast(), full);
        onFull.full(height, full);
      }
      peaks.add(full);
    }

    Frontier done() {
      return new Frontier(size, List.copyOf(peaks));
    }
  }

  /** Hears of every subtree that became full; leaves have height 0. */
  @FunctionalInterface
  interface OnFull {
    void full(int height, Digest root);
  }
}

package dev.writ.audit;

import dev.writ.base.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a log as the tree of resources that C2SP tlog-tiles describes, entry by entry from the
 * first: bundles and full tiles as they fill, then the partial ones, the key, and the checkpoint
 * last. Holds one bundle and the right edge.
 */
public final class TreeExport {
  private final TreeWriter writer;
  private final List<byte[]> bundle = new ArrayList<>(TilePath.FULL);
  private final List<Digest> leaves = new ArrayList<>(TilePath.FULL);
  private TreeEdge edge = TreeEdge.EMPTY;

  /** An export of a log to this writer. */
  public TreeExport(TreeWriter writer) {
    this.writer = writer;
  }

  /** Adds the next entry, at most {@link EntryBundle#LONGEST_ENTRY} bytes. */
  public void add(byte[] entry) {
    if (entry.length > EntryBundle.LONGEST_ENTRY) {
      throw new IllegalArgumentException("an entry has at most 65,535 bytes");
    }
    bundle.add(entry);
    leaves.add(Merkle.leafHash(entry));
    if (bundle.size() == TilePath.FULL) {
      flush();
    }
  }

  /** Number of entries added. */
  public long size() {
    return edge.size() + bundle.size();
  }

  /**
   * Writes the rest. Throws {@link IllegalStateException}, and writes no checkpoint, when the
   * entries are not those of the checkpoint.
   */
  public void finish(SignedCheckpoint signed, VerifierKey key) {
    flush();
    edge.partialTiles().forEach(this::write);
    Checkpoint checkpoint = signed.checkpoint();
    if (checkpoint.size() != edge.size() || !checkpoint.root().equals(edge.root())) {
      throw new IllegalStateException(
          "the entries added are not those of the checkpoint of size " + checkpoint.size());
    }
    writer.write(LedgerTree.KEY, (key + "\n").getBytes(StandardCharsets.UTF_8));
    writer.write(LedgerTree.CHECKPOINT, signed.note().bytes());
  }

  private void flush() {
    if (bundle.isEmpty()) {
      return;
    }
    long index = edge.size() / TilePath.FULL;
    writer.write(new TilePath.Entries(index, bundle.size()).path(), EntryBundle.encode(bundle));
    TreeEdge.Growth growth = edge.append(leaves);
    growth.full().forEach(this::write);
    edge = growth.edge();
    bundle.clear();
    leaves.clear();
  }

  private void write(Tile tile) {
    writer.write(tile.path().path(), tile.bytes());
  }
}

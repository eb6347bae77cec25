package dev.writ.audit;

import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Full subtrees' roots computed from the tiles of a tree of one size; what a proof is made of.
 * Keeps the last few tiles it read. Not for two threads.
 */
public final class TileNodes implements MerkleProof.Nodes {
  private static final int KEPT = 32;

  private final TileSource source;
  private final long size;
  private final Map<TilePath.Hashes, Tile> kept =
      new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath.Hashes, Tile> eldest) {
          return size() > KEPT;
        }
      };

  /** Nodes of the tree of {@code size} entries. */
  public TileNodes(TileSource source, long size) {
    this.source = source;
    this.size = size;
  }

  /** A tile that a tree of this size has is not there or cannot be read. */
  public static final class TileMissing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TileMissing(String message) {
      super(message);
    }
  }

  /** Throws {@link TileMissing} when the source lacks a tile of this tree. */
  @Override
  public Digest node(int height, long index) {
    int level = height / TilePath.HEIGHT;
    int spanned = 1 << (height % TilePath.HEIGHT);
    long first = index << (height % TilePath.HEIGHT);
    TilePath.Hashes path =
        TilePath.hashesIn(level, first / TilePath.FULL, size)
            .orElseThrow(
                () -> new IllegalArgumentException("no such subtree in a tree of " + size));
    int from = (int) (first % TilePath.FULL);
    if (from + spanned > path.width()) {
      throw new IllegalArgumentException("no such full subtree in a tree of " + size);
    }
    Tile tile = tile(path);
    return spanned == 1
        ? tile.hashes().get(from)
        : Merkle.root(tile.hashes().subList(from, from + spanned));
  }

  private Tile tile(TilePath.Hashes path) {
    Tile known = kept.get(path);
    if (known == null) {
      known =
          switch (read(source, path)) {
            case Parsed.Ok<Tile>(Tile tile) -> tile;
            case Parsed.Refused<Tile>(List<Problem> problems) ->
                throw new TileMissing(problems.toString());
          };
      kept.put(path, known);
    }
    return known;
  }

  /**
   * Reads one tile. Where a log has deleted a partial tile after it became full, the full one
   * answers for it, as the standard lets it.
   */
  static Parsed<Tile> read(TileSource source, TilePath.Hashes path) {
    Optional<byte[]> bytes = source.read(path.path());
    if (bytes.isPresent()) {
      return Tile.parse(path, bytes.get());
    }
    Optional<byte[]> full = path.isPartial() ? source.read(path.asFull().path()) : bytes;
    return full.isPresent()
        ? Tile.parse(path.asFull(), full.get()).map(tile -> tile.narrowed(path.width()))
        : Parsed.refused(path.path(), "the tile is missing", "fetch it or export the log again");
  }
}

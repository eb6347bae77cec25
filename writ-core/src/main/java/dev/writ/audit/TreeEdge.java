package dev.writ.audit;

import dev.writ.base.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The right edge of a tiled tree: its frontier and, level by level, the hashes of its partial tile
 * (at most 255 a level). Appending says which tiles became full; the partial tiles of the present
 * size are made on demand. Immutable; an append copies the partial tiles once, so append batches.
 */
public final class TreeEdge {
  /** The tree without entries. */
  public static final TreeEdge EMPTY = new TreeEdge(Frontier.EMPTY, List.of());

  private final Frontier frontier;
  private final List<List<Digest>> rows;

  private TreeEdge(Frontier frontier, List<List<Digest>> rows) {
    this.frontier = frontier;
    this.rows = rows;
  }

  /**
   * What an append gives.
   *
   * @param edge the larger tree
   * @param full the tiles that became full, in the order in which they did; a tile stands before
   *     the tile that holds its root
   */
  public record Growth(TreeEdge edge, List<Tile> full) {
    public Growth {
      full = List.copyOf(full);
    }
  }

  /** Number of entries. */
  public long size() {
    return frontier.size();
  }

  /** The compact form. */
  public Frontier frontier() {
    return frontier;
  }

  /** The Merkle tree hash (RFC 6962, 2.1). */
  public Digest root() {
    return frontier.root();
  }

  /** This tree with more entries, in order: one pass over them. */
  public Growth append(List<Digest> leafHashes) {
    if (leafHashes.isEmpty()) {
      return new Growth(this, List.of());
    }
    Tiling tiling = new Tiling(this);
    Frontier.Growing growing = new Frontier.Growing(frontier, tiling);
    for (Digest leafHash : leafHashes) {
      growing.append(leafHash);
    }
    return new Growth(new TreeEdge(growing.done(), tiling.rows()), tiling.full);
  }

  /**
   * The partial tiles of this tree, lowest level first; none where a level ends with a full one.
   */
  public List<Tile> partialTiles() {
    List<Tile> tiles = new ArrayList<>();
    for (int level = 0; level < rows.size(); level++) {
      if (!rows.get(level).isEmpty()) {
        long index = TilePath.hashesAt(level, size()) / TilePath.FULL;
        List<Digest> row = rows.get(level);
        tiles.add(new Tile(new TilePath.Hashes(level, index, row.size()), row));
      }
    }
    return tiles;
  }

  /** The partial tile at this path, when this tree's right edge holds at least that width of it. */
  public Optional<Tile> partial(TilePath.Hashes path) {
    return partialTiles().stream()
        .filter(tile -> tile.path().level() == path.level())
        .filter(tile -> tile.path().index() == path.index())
        .filter(tile -> tile.path().width() >= path.width())
        .map(tile -> tile.narrowed(path.width()))
        .findFirst();
  }

  /**
   * The edge of a stored tree of {@code size} entries, as after a restart. The caller compares the
   * root with the one it trusts.
   *
   * @param lastLeaves the leaf hashes after the last full tile of level 0: {@code size mod 256}
   * @param fullTiles every full tile of the tree; at most 255 a level are read
   */
  public static TreeEdge load(long size, List<Digest> lastLeaves, FullTiles fullTiles) {
    if (size < 0 || lastLeaves.size() != size % TilePath.FULL) {
      throw new IllegalArgumentException(
          "a tree of " + size + " entries does not end with " + lastLeaves.size() + " leaves");
    }
    List<List<Digest>> rows = new ArrayList<>();
    if (size > 0) {
      rows.add(List.copyOf(lastLeaves));
    }
    for (int level = 1; TilePath.hashesAt(level, size) > 0; level++) {
      long there = TilePath.hashesAt(level, size);
      List<Digest> row = new ArrayList<>();
      for (long below = there - there % TilePath.FULL; below < there; below++) {
        row.add(fullTiles.read(TilePath.Hashes.full(level - 1, below)).root());
      }
      rows.add(List.copyOf(row));
    }
    return new TreeEdge(frontierOf(size, rows), List.copyOf(rows));
  }

  /**
   * The edge whose partial tiles are these, as {@link #partialTiles} gave them. Throws {@link
   * IllegalArgumentException} when a tree of this size has others.
   */
  public static TreeEdge of(long size, List<Tile> partial) {
    List<List<Digest>> rows = new ArrayList<>();
    int used = 0;
    for (int level = 0; TilePath.hashesAt(level, size) > 0; level++) {
      long there = TilePath.hashesAt(level, size);
      int width = (int) (there % TilePath.FULL);
      if (width == 0) {
        rows.add(List.of());
        continue;
      }
      TilePath.Hashes path = new TilePath.Hashes(level, there / TilePath.FULL, width);
      if (used == partial.size() || !partial.get(used).path().equals(path)) {
        throw new IllegalArgumentException("a tree of " + size + " ends with " + path.path());
      }
      rows.add(partial.get(used++).hashes());
    }
    if (used != partial.size()) {
      throw new IllegalArgumentException("a tree of " + size + " has fewer partial tiles");
    }
    return new TreeEdge(frontierOf(size, rows), List.copyOf(rows));
  }

  /** Where a stored tree's full tiles are read; every full tile of the tree is there. */
  @FunctionalInterface
  public interface FullTiles {
    Tile read(TilePath.Hashes path);
  }

  /** The frontier of a tree whose partial tiles, lowest level first, hold these hashes. */
  static Frontier frontierOf(long size, List<List<Digest>> rows) {
    List<Digest> peaks = new ArrayList<>();
    for (List<Digest> row : rows.reversed()) {
      // Within a row each hash is a full subtree, so the row's own peaks are the tree's.
      peaks.addAll(Frontier.EMPTY.append(row).peaks());
    }
    return Frontier.of(size, peaks);
  }

  /** Collects the roots of full subtrees that stand in tiles, and the tiles they fill. */
  private static final class Tiling implements Frontier.OnFull {
    private final List<List<Digest>> growing = new ArrayList<>();
    private final List<Tile> full = new ArrayList<>();
    private final List<Long> indexes = new ArrayList<>();

    Tiling(TreeEdge from) {
      for (int level = 0; level < from.rows.size(); level++) {
        growing.add(new ArrayList<>(from.rows.get(level)));
        indexes.add(TilePath.hashesAt(level, from.size()) / TilePath.FULL);
      }
    }

    @Override
    public void full(int height, Digest root) {
      if (height % TilePath.HEIGHT != 0) {
        return;
      }
      int level = height / TilePath.HEIGHT;
      if (level == growing.size()) {
        growing.add(new ArrayList<>());
        indexes.add(0L);
      }
      List<Digest> row = growing.get(level);
      row.add(root);
      if (row.size() == TilePath.FULL) {
        full.add(new Tile(TilePath.Hashes.full(level, indexes.get(level)), row));
        row.clear();
        indexes.set(level, indexes.get(level) + 1);
      }
    }

    List<List<Digest>> rows() {
      return growing.stream().map(List::copyOf).toList();
    }
  }
}

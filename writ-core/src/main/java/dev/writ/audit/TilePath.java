package dev.writ.audit;

import dev.writ.base.Parsed;
import java.util.Locale;
import java.util.Optional;

/**
 * The place of a tile below a log's prefix (C2SP tlog-tiles): {@code tile/<level>/<index>} for
 * hashes, {@code tile/entries/<index>} for entry bundles, with {@code .p/<width>} when partial.
 */
public sealed interface TilePath {
  /** Hashes or entries in a full tile. */
  int FULL = 256;

  /** Levels of the tree that one tile spans. */
  int HEIGHT = 8;

  /** The highest level a path may name. */
  int HIGHEST_LEVEL = 63;

  /** The largest index: trees hold at most 2^63 − 1 entries. */
  long LARGEST_INDEX = Long.MAX_VALUE / FULL;

  /** The tile's index within its level, from 0. */
  long index();

  /** How many hashes or entries it holds: 1 to 256. */
  int width();

  /** The path, without a leading slash. */
  String path();

  /** Whether it holds fewer than 256. */
  default boolean isPartial() {
    return width() < FULL;
  }

  /**
   * A tile of hashes.
   *
   * @param level 0 for leaf hashes; above, each hash is the root of a full tile one level below
   */
  record Hashes(int level, long index, int width) implements TilePath {
    public Hashes {
      if (level < 0 || level > HIGHEST_LEVEL) {
        throw new IllegalArgumentException("a tile's level is 0 to 63, not " + level);
      }
      check(index, width);
    }

    /** The full tile at this place. */
    public static Hashes full(int level, long index) {
      return new Hashes(level, index, FULL);
    }

    /** The same place, full. */
    public Hashes asFull() {
      return full(level, index);
    }

    @Override
    public String path() {
      return "tile/" + level + "/" + suffix(index, width);
    }
  }

  /** A bundle of entries. */
  record Entries(long index, int width) implements TilePath {
    public Entries {
      check(index, width);
    }

    /** The same place, full. */
    public Entries asFull() {
      return new Entries(index, FULL);
    }

    /** The position in the log of the bundle's first entry. */
    public long first() {
      return index * FULL;
    }

    @Override
    public String path() {
      return "tile/entries/" + suffix(index, width);
    }
  }

  /** How many hashes level {@code level} has in a tree of {@code size} entries. */
  static long hashesAt(int level, long size) {
    return level * HEIGHT >= Long.SIZE ? 0 : size >>> (level * HEIGHT);
  }

  /** The tile at this place as a tree of {@code size} has it: full, partial, or not there. */
  static Optional<Hashes> hashesIn(int level, long index, long size) {
    if (index > LARGEST_INDEX) {
      return Optional.empty();
    }
    long there = hashesAt(level, size) - index * FULL;
    return there <= 0
        ? Optional.empty()
        : Optional.of(new Hashes(level, index, (int) Math.min(FULL, there)));
  }

  /** The bundle at this place as a tree of {@code size} has it: full, partial, or not there. */
  static Optional<Entries> entriesIn(long index, long size) {
    return hashesIn(0, index, size).map(tile -> new Entries(tile.index(), tile.width()));
  }

  /** Reads a path exactly as {@link #path} writes it; nothing else names a tile. */
  static Parsed<TilePath> parse(String path) {
    return TilePathReader.read(path);
  }

  private static void check(long index, int width) {
    if (index < 0 || index > LARGEST_INDEX) {
      throw new IllegalArgumentException("no tile has index " + index);
    }
    if (width < 1 || width > FULL) {
      throw new IllegalArgumentException("a tile is 1 to 256 wide, not " + width);
    }
  }

  private static String suffix(long index, int width) {
    StringBuilder path = new StringBuilder(threeDigits(index));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      path.insert(0, "x" + threeDigits(rest) + "/");
    }
    return width == FULL ? path.toString() : path + ".p/" + width;
  }

  private static String threeDigits(long number) {
    return String.format(Locale.ROOT, "%03d", number % 1000);
  }
}

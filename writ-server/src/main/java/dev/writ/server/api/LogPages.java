package dev.writ.server.api;

import dev.writ.audit.EntryBundle;
import dev.writ.audit.Tile;
import dev.writ.audit.TilePath;
import dev.writ.audit.TileSource;
import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.fact.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The log's tiles and bundles as C2SP tlog-tiles names them: full tiles as they were stored, the
 * right edge computed from the entries. Nothing beyond the published size is shown.
 */
public final class LogPages implements TileSource {
  /** Where the bytes are. */
  public interface Stored {
    /** Entries from a position on. */
    List<byte[]> entries(long from, int limit);

    /** A full tile's 8,192 bytes; empty when it was not written yet. */
    Optional<byte[]> tile(int level, long index);

    /** How many entries are published. */
    long size();

    /** The signed checkpoint; empty before the first entry. */
    Optional<byte[]> checkpoint();

    /** The newest checkpoint that enough witnesses have cosigned. */
    Optional<byte[]> witnessed();
  }

  private final Stored stored;

  public LogPages(Stored stored) {
    this.stored = stored;
  }

  /** The signed checkpoint. */
  public Optional<byte[]> checkpoint() {
    return stored.checkpoint();
  }

  /** The newest checkpoint that enough witnesses have cosigned. */
  public Optional<byte[]> witnessed() {
    return stored.witnessed();
  }

  @Override
  public Optional<byte[]> read(String path) {
    return TilePath.parse(path).found().flatMap(this::read);
  }

  /** The bytes of one tile or bundle; empty when the published log does not have it. */
  public Optional<byte[]> read(TilePath path) {
    return switch (path) {
      case TilePath.Hashes hashes ->
          within(hashes) ? Optional.of(hashes(hashes)) : Optional.empty();
      case TilePath.Entries entries ->
          entries.first() + entries.width() <= stored.size()
              ? Optional.of(EntryBundle.encode(entries(entries)))
              : Optional.empty();
    };
  }

  private boolean within(TilePath.Hashes path) {
    long there = TilePath.hashesAt(path.level(), stored.size());
    return path.index() * TilePath.FULL + path.width() <= there;
  }

  private List<byte[]> entries(TilePath.Entries path) {
    List<byte[]> entries = stored.entries(path.first(), path.width());
    if (entries.size() != path.width()) {
      throw new IllegalStateException("the store lacks entries of bundle " + path.path());
    }
    return entries;
  }

  private byte[] hashes(TilePath.Hashes path) {
    Optional<byte[]> full =
        path.width() == TilePath.FULL ? stored.tile(path.level(), path.index()) : Optional.empty();
    return full.orElseGet(() -> new Tile(path, computed(path)).bytes());
  }

  private List<Digest> computed(TilePath.Hashes path) {
    List<Digest> hashes = new ArrayList<>();
    long first = path.index() * TilePath.FULL;
    if (path.level() == 0) {
      TilePath.Entries bundle = new TilePath.Entries(path.index(), path.width());
      entries(bundle).forEach(bytes -> hashes.add(Entry.leafHash(bytes)));
      return hashes;
    }
    for (long below = first; below < first + path.width(); below++) {
      TilePath.Hashes child = TilePath.Hashes.full(path.level() - 1, below);
      hashes.add(tile(child).root());
    }
    return hashes;
  }

  private Tile tile(TilePath.Hashes path) {
    return switch (Tile.parse(path, hashes(path))) {
      case Parsed.Ok<Tile>(Tile tile) -> tile;
      case Parsed.Refused<Tile> bad ->
          throw new IllegalStateException("a stored tile does not parse: " + bad.problems());
    };
  }
}

package dev.writ.audit;

import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One pass over all entries of a log that finds the first thing wrong. With the right edge trusted
 * each tile is held to its parent before what is below it, so what differs is itself wrong.
 * Without, the tree is derived from the entries and compared with every stored hash; who is wrong
 * where they differ is known at the end alone.
 */
final class TreeWalk {
  private static final String AGAIN = "fetch it again; if it stays so, it was changed";

  private final TileSource source;
  private final Checkpoint checkpoint;
  private final boolean edgeHolds;
  private final EntryVisitor visitor;
  private final TreeHasher hasher = new TreeHasher();

  /** The tile at each level above the bundle in hand, lowest first; only with a trusted edge. */
  private final List<Tile> path = new ArrayList<>();

  private Optional<Checkpoint> since = Optional.empty();
  private Optional<Difference> difference = Optional.empty();
  private TreeEdge derived = TreeEdge.EMPTY;

  /** A stored hash that is not the derived one; of a leaf when it has a position. */
  private record Difference(TilePath.Hashes tile, OptionalLong position) {}

  TreeWalk(TileSource source, Checkpoint checkpoint, boolean edgeHolds, EntryVisitor visitor) {
    this.source = source;
    this.checkpoint = checkpoint;
    this.edgeHolds = edgeHolds;
    this.visitor = visitor;
  }

  TreeWalk since(Optional<Checkpoint> older) {
    this.since = older;
    return this;
  }

  Optional<Verdict.Broken> run() {
    Optional<Verdict.Broken> broken = sinceAt(TreeEdge.EMPTY.frontier());
    long bundles = Math.ceilDiv(checkpoint.size(), TilePath.FULL);
    for (long index = 0; index < bundles && broken.isEmpty(); index++) {
      broken =
          switch (edgeHolds ? descend(index) : leaves(index)) {
            case Parsed.Refused<Tile>(List<Problem> problems) ->
                broken(Verdict.Part.TILE, problems.getFirst());
            case Parsed.Ok<Tile>(Tile leaves) -> bundle(index, leaves);
          };
    }
    if (broken.isEmpty()) {
      return conclude();
    }
    // What was seen to differ came before what ended the walk.
    return difference.isEmpty() ? broken : difference.map(TreeWalk::accuse);
  }

  private Parsed<Tile> leaves(long index) {
    return TileNodes.read(source, TilePath.hashesIn(0, index, checkpoint.size()).orElseThrow());
  }

  /** Reads the tiles that begin at this bundle, highest first, and holds each to its parent. */
  private Parsed<Tile> descend(long index) {
    int levels = 0;
    while (TilePath.hashesAt(levels, checkpoint.size()) > 0) {
      levels++;
    }
    for (int level = levels - 1; level >= 0; level--) {
      long above = index >>> (TilePath.HEIGHT * level);
      if (above << (TilePath.HEIGHT * level) != index) {
        continue;
      }
      TilePath.Hashes place = TilePath.hashesIn(level, above, checkpoint.size()).orElseThrow();
      Parsed<Tile> read = TileNodes.read(source, place).then(this::held);
      if (!(read instanceof Parsed.Ok<Tile>(Tile tile))) {
        return read;
      }
      while (path.size() <= level) {
        path.add(tile);
      }
      path.set(level, tile);
    }
    return Parsed.ok(path.getFirst());
  }

  private Parsed<Tile> held(Tile tile) {
    TilePath.Hashes place = tile.path();
    if (place.isPartial()) {
      return Parsed.ok(tile);
    }
    Tile parent = path.get(place.level() + 1);
    Digest expected = parent.hashes().get((int) (place.index() % TilePath.FULL));
    return tile.root().equals(expected)
        ? Parsed.ok(tile)
        : Parsed.refused(
            place.path(),
            "the tile does not hash to what " + parent.path().path() + " holds for it",
            AGAIN);
  }

  private Optional<Verdict.Broken> bundle(long index, Tile leaves) {
    TilePath.Entries place = new TilePath.Entries(index, leaves.path().width());
    return switch (read(place)) {
      case Parsed.Refused<List<byte[]>>(List<Problem> problems) ->
          broken(Verdict.Part.BUNDLE, problems.getFirst());
      case Parsed.Ok<List<byte[]>>(List<byte[]> entries) -> entries(place, entries, leaves);
    };
  }

  private Parsed<List<byte[]>> read(TilePath.Entries place) {
    Optional<byte[]> bytes = source.read(place.path());
    if (bytes.isPresent()) {
      return EntryBundle.parse(place, bytes.get());
    }
    Optional<byte[]> full = place.isPartial() ? source.read(place.asFull().path()) : bytes;
    return full.isPresent()
        ? EntryBundle.parse(place.asFull(), full.get())
            .map(entries -> entries.subList(0, place.width()))
        : Parsed.refused(
            place.path(), "the entry bundle is missing", "fetch it or export the log again");
  }

  private Optional<Verdict.Broken> entries(
      TilePath.Entries place, List<byte[]> entries, Tile leaves) {
    List<Digest> hashes = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      long position = place.first() + i;
      Digest hash = hasher.leaf(entries.get(i));
      hashes.add(hash);
      if (!hash.equals(leaves.hashes().get(i))) {
        Difference here = new Difference(leaves.path(), OptionalLong.of(position));
        if (edgeHolds) {
          return Optional.of(accuse(here));
        }
        difference = difference.or(() -> Optional.of(here));
      }
      Optional<Problem> problem =
          difference.isPresent() ? Optional.empty() : visitor.visit(position, entries.get(i), hash);
      if (problem.isPresent()) {
        return Optional.of(
            new Verdict.Broken(Verdict.Part.MEANING, OptionalLong.of(position), problem.get()));
      }
    }
    return grow(hashes);
  }

  private Optional<Verdict.Broken> grow(List<Digest> hashes) {
    long old = since.map(Checkpoint::size).orElse(-1L);
    long reached = derived.size();
    if (reached < old && old <= reached + hashes.size()) {
      Frontier then = derived.frontier().append(hashes.subList(0, (int) (old - reached)));
      Optional<Verdict.Broken> rewritten = sinceAt(then);
      if (rewritten.isPresent()) {
        return rewritten;
      }
    }
    TreeEdge.Growth growth = derived.append(hashes);
    derived = growth.edge();
    return edgeHolds ? Optional.empty() : compare(growth.full());
  }

  private Optional<Verdict.Broken> sinceAt(Frontier then) {
    return since
        .filter(older -> older.size() == then.size() && !older.root().equals(then.root()))
        .map(older ->
            new Verdict.Broken(
                Verdict.Part.HISTORY,
                OptionalLong.empty(),
                new Problem(
                    LedgerTree.CHECKPOINT,
                    "the first "
                        + older.size()
                        + " entries are not those that were signed"
                        + " before",
                    "history was rewritten with the log's own key; keep both checkpoints: they"
                        + " are the proof")));
  }

  private Optional<Verdict.Broken> compare(List<Tile> tiles) {
    for (Tile tile : tiles) {
      switch (TileNodes.read(source, tile.path())) {
        case Parsed.Refused<Tile>(List<Problem> problems) -> {
          return broken(Verdict.Part.TILE, problems.getFirst());
        }
        case Parsed.Ok<Tile>(Tile stored) -> {
          if (!stored.equals(tile)) {
            Difference here = new Difference(tile.path(), OptionalLong.empty());
            difference = difference.or(() -> Optional.of(here));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Verdict.Broken> conclude() {
    if (!edgeHolds) {
      Optional<Verdict.Broken> missing = compare(derived.partialTiles());
      if (missing.isPresent()) {
        return difference.isEmpty() ? missing : difference.map(TreeWalk::accuse);
      }
    }
    if (derived.root().equals(checkpoint.root())) {
      // The entries are the signed ones, so a stored hash that differs is what is wrong.
      return difference.map(wrong -> accuse(new Difference(wrong.tile(), OptionalLong.empty())));
    }
    return difference
        .map(TreeWalk::accuse)
        .or(() ->
            broken(
                Verdict.Part.ROOT,
                new Problem(
                    LedgerTree.CHECKPOINT,
                    "the entries give another root than the one that was signed: "
                        + Base64s.encode(derived.root().bytes()),
                    "entries and tiles were changed together, or the checkpoint is of another"
                        + " tree; compare with an older export")));
  }

  private static Verdict.Broken accuse(Difference wrong) {
    String tile = wrong.tile().path();
    if (wrong.position().isEmpty()) {
      return new Verdict.Broken(
          Verdict.Part.TILE,
          OptionalLong.empty(),
          new Problem(tile, "the tile holds hashes that do not follow from the entries", AGAIN));
    }
    long position = wrong.position().getAsLong();
    TilePath.Entries bundle = new TilePath.Entries(wrong.tile().index(), wrong.tile().width());
    return new Verdict.Broken(
        Verdict.Part.ENTRY,
        wrong.position(),
        new Problem(
            bundle.path(),
            "entry " + position + " is not the one that " + tile + " holds the hash of",
            AGAIN));
  }

  private static Optional<Verdict.Broken> broken(Verdict.Part what, Problem problem) {
    return Optional.of(new Verdict.Broken(what, OptionalLong.empty(), problem));
  }
}

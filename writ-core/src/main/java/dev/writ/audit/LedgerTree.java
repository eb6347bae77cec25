package dev.writ.audit;

import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A whole log as it was exported or is served, verified with the log's public key alone: every
 * entry is hashed, every tile derived or followed up to the signed root. Reads each resource once
 * or twice and holds a bundle and one tile a level.
 */
public final class LedgerTree {
  /** Path of the checkpoint. */
  public static final String CHECKPOINT = "checkpoint";

  /** Path of the log's public key in an export; never trusted, only handed on. */
  public static final String KEY = "key.vkey";

  private final TileSource source;
  private final NoteVerifier log;

  /** The log at this source, verified with this key. */
  public LedgerTree(TileSource source, NoteVerifier log) {
    this.source = source;
    this.log = log;
  }

  /** Verifies the log against its own checkpoint. */
  public Verdict verify(EntryVisitor visitor) {
    return verify(Optional.empty(), visitor);
  }

  /**
   * Verifies the log against its own checkpoint and, when given, that it extends the older tree
   * whose signed checkpoint somebody kept.
   */
  public Verdict verify(Optional<byte[]> since, EntryVisitor visitor) {
    return verifyKept(since.map(note -> new Kept(note, log)), visitor);
  }

  /**
   * A signed checkpoint that somebody kept.
   *
   * @param log the log's key as it was then: after a new epoch it has another name
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Kept(byte[] note, NoteVerifier log) {}

  /** As {@link #verify(Optional, EntryVisitor)}, for a checkpoint of perhaps an older epoch. */
  public Verdict verifyKept(Optional<Kept> since, EntryVisitor visitor) {
    Optional<byte[]> note = source.read(CHECKPOINT);
    if (note.isEmpty()) {
      return broken(
          Verdict.Part.CHECKPOINT,
          new Problem(CHECKPOINT, "the checkpoint is missing", "export the log again"));
    }
    return switch (SignedCheckpoint.open(note.get(), log)) {
      case Parsed.Refused<SignedCheckpoint>(List<Problem> problems) ->
          broken(Verdict.Part.CHECKPOINT, problems.getFirst().within(CHECKPOINT));
      case Parsed.Ok<SignedCheckpoint>(SignedCheckpoint signed) ->
          since.isEmpty()
              ? walk(signed, Optional.empty(), visitor)
              : verifySince(signed, since.get(), visitor);
    };
  }

  private Verdict verifySince(SignedCheckpoint signed, Kept since, EntryVisitor visitor) {
    return switch (SignedCheckpoint.open(since.note(), since.log())) {
      case Parsed.Refused<SignedCheckpoint>(List<Problem> problems) ->
          broken(Verdict.Part.OLDER_CHECKPOINT, problems.getFirst().within("older checkpoint"));
      case Parsed.Ok<SignedCheckpoint>(SignedCheckpoint older) ->
          older.checkpoint().size() > signed.checkpoint().size()
              ? broken(
                  Verdict.Part.HISTORY,
                  new Problem(
                      CHECKPOINT,
                      "the log has "
                          + signed.checkpoint().size()
                          + " entries and had "
                          + older.checkpoint().size()
                          + " before",
                      "entries were removed after they were signed; keep both checkpoints"))
              : walk(signed, Optional.of(older.checkpoint()), visitor);
    };
  }

  private Verdict walk(SignedCheckpoint signed, Optional<Checkpoint> since, EntryVisitor visitor) {
    Checkpoint checkpoint = signed.checkpoint();
    List<List<Digest>> rows = new ArrayList<>();
    for (int level = 0; TilePath.hashesAt(level, checkpoint.size()) > 0; level++) {
      long there = TilePath.hashesAt(level, checkpoint.size());
      int width = (int) (there % TilePath.FULL);
      if (width == 0) {
        rows.add(List.of());
        continue;
      }
      TilePath.Hashes path = new TilePath.Hashes(level, there / TilePath.FULL, width);
      switch (TileNodes.read(source, path)) {
        case Parsed.Ok<Tile>(Tile tile) -> rows.add(tile.hashes());
        case Parsed.Refused<Tile>(List<Problem> problems) -> {
          return broken(Verdict.Part.TILE, problems.getFirst());
        }
      }
    }
    // When the right edge gives the signed root, every tile below it can be held to its parent, so
    // the first difference names its culprit. Otherwise the tree is derived from the entries.
    boolean edgeHolds =
        TreeEdge.frontierOf(checkpoint.size(), rows).root().equals(checkpoint.root());
    Optional<Verdict.Broken> broken =
        new TreeWalk(source, checkpoint, edgeHolds, visitor).since(since).run();
    return broken.isPresent() ? broken.get() : new Verdict.Sound(signed, since);
  }

  private static Verdict.Broken broken(Verdict.Part what, Problem problem) {
    return new Verdict.Broken(what, OptionalLong.empty(), problem);
  }
}

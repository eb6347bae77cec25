package dev.writ.ledger;

import dev.writ.audit.Checkpoint;
import dev.writ.audit.Ed25519Key;
import dev.writ.audit.EntryBundle;
import dev.writ.audit.EntryVisitor;
import dev.writ.audit.LedgerTree;
import dev.writ.audit.Note;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.audit.TilePath;
import dev.writ.audit.TileSource;
import dev.writ.audit.Verdict;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A whole log verified by somebody who holds one of its keys, be it the present one or one that was
 * replaced since: the way from the held key to the present one is followed through the entries.
 */
public final class LogVerification {
  private final TileSource source;
  private final VerifierKey held;

  /** The log at this source, for the holder of this key. */
  public LogVerification(TileSource source, VerifierKey held) {
    this.source = source;
    this.held = held;
  }

  /**
   * Verifies the log and, when given, that it extends the older tree whose signed checkpoint
   * somebody kept.
   */
  public Verdict verify(Optional<LedgerTree.Kept> since, EntryVisitor visitor) {
    boolean known =
        opens(source.read(LedgerTree.CHECKPOINT), verifier(held))
            && (since.isEmpty() || opens(since.map(LedgerTree.Kept::note), since.get().log()));
    if (known) {
      return walk(held, since, visitor);
    }
    // The held key may be a former one, or the older checkpoint one by a former key.
    LogKeys claimed = claimed();
    Optional<LogKeys.Untrusted> refused = claimed.refused(held);
    if (refused.isPresent()) {
      return broken(refused.get());
    }
    LogKeys.Trusted led = claimed.trusted(held);
    return walk(led.signs(), since.map(kept -> opened(kept, led)), visitor);
  }

  private Verdict walk(VerifierKey signs, Optional<LedgerTree.Kept> since, EntryVisitor visitor) {
    LogKeys keys = new LogKeys();
    LedgerTree tree = new LedgerTree(source, verifier(signs));
    return switch (tree.verifyKept(since, watching(keys, visitor))) {
      case Verdict.Broken broken -> broken;
      case Verdict.Sound sound -> judged(sound, keys);
    };
  }

  /** The kept checkpoint with the one of the log's keys that signed it. */
  private static LedgerTree.Kept opened(LedgerTree.Kept kept, LogKeys.Trusted led) {
    String name = kept.log().key().name();
    return led.all().stream()
        .map(key -> verifier(key.named(name)))
        .filter(key -> opens(Optional.of(kept.note()), key))
        .findFirst()
        .map(key -> new LedgerTree.Kept(kept.note(), key))
        .orElse(kept);
  }

  /** The entries are the signed ones: what they say of the log's keys counts now. */
  private Verdict judged(Verdict.Sound sound, LogKeys keys) {
    Optional<LogKeys.Untrusted> refused = keys.refused(held);
    if (refused.isPresent()) {
      return broken(refused.get());
    }
    VerifierKey present = keys.trusted(held).signs();
    return switch (SignedCheckpoint.open(sound.checkpoint().note(), verifier(present), List.of())) {
      case Parsed.Ok<SignedCheckpoint> good -> sound;
      case Parsed.Refused<SignedCheckpoint> bad ->
          new Verdict.Broken(
              Verdict.Part.KEY,
              OptionalLong.empty(),
              new Problem(
                  LedgerTree.CHECKPOINT,
                  "it is signed by a former key alone, and not by the one that replaced it",
                  "fetch the checkpoint again; if it stays so, somebody else holds that key"));
    };
  }

  private static EntryVisitor watching(LogKeys keys, EntryVisitor visitor) {
    return (position, bytes, leaf) -> {
      keys.accept(bytes);
      return visitor.visit(position, bytes, leaf);
    };
  }

  /** What unverified entries claim; of use only to find keys that are then held to be right. */
  private LogKeys claimed() {
    LogKeys keys = new LogKeys();
    long size =
        source
            .read(LedgerTree.CHECKPOINT)
            .flatMap(bytes -> Note.parse(bytes).found())
            .flatMap(note -> Checkpoint.parse(note.text()).found())
            .map(Checkpoint::size)
            .orElse(0L);
    for (long first = 0; first < size; first += TilePath.FULL) {
      int width = (int) Math.min(TilePath.FULL, size - first);
      TilePath.Entries place = new TilePath.Entries(first / TilePath.FULL, width);
      Optional<List<byte[]>> entries =
          source.read(place.path()).flatMap(b -> EntryBundle.parse(place, b).found());
      if (entries.isEmpty()) {
        break;
      }
      entries.get().forEach(keys::accept);
    }
    return keys;
  }

  private static boolean opens(Optional<byte[]> note, NoteVerifier key) {
    return note.isPresent() && SignedCheckpoint.open(note.get(), key).found().isPresent();
  }

  private static NoteVerifier verifier(VerifierKey key) {
    return new NoteVerifier(key, Ed25519Key::verify);
  }

  private static Verdict.Broken broken(LogKeys.Untrusted why) {
    return new Verdict.Broken(Verdict.Part.KEY, why.position(), why.problem());
  }
}

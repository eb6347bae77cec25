package dev.writ.audit;

import dev.writ.base.Problem;
import java.util.Optional;
import java.util.OptionalLong;

/** What verifying a whole log found. */
public sealed interface Verdict {
  /**
   * Every entry and every hash is what the log's key signed.
   *
   * @param checkpoint the verified checkpoint
   * @param since the older checkpoint that the log extends, when one was given
   */
  record Sound(SignedCheckpoint checkpoint, Optional<Checkpoint> since) implements Verdict {}

  /**
   * The first thing that is wrong.
   *
   * @param what the kind of thing
   * @param position the entry, when one is meant
   * @param problem where, what and what to do; its place is a path below the log's folder
   */
  record Broken(Part what, OptionalLong position, Problem problem) implements Verdict {}

  /** The parts of a log that can be wrong. */
  enum Part {
    /** The checkpoint is missing, unreadable or not signed by the log's key. */
    CHECKPOINT,
    /** The older checkpoint is not this log's. */
    OLDER_CHECKPOINT,
    /** Both checkpoints are the log's, and one does not extend the other: history was rewritten. */
    HISTORY,
    /** A tile of hashes is missing or holds other hashes. */
    TILE,
    /** A bundle of entries is missing or cannot be read. */
    BUNDLE,
    /** An entry is not the one that was logged. */
    ENTRY,
    /** Entries and tiles agree with each other, but not with the signed root. */
    ROOT,
    /** The log's key was replaced, and the way from the held key to the present one is broken. */
    KEY,
    /** An entry is the one that was logged, and says something that cannot be. */
    MEANING
  }
}

package dev.writ.ledger;

import dev.writ.base.NodeId;

/** Hears what the pen does: the driver publishes and counts, the simulator marks. */
public interface PenWatch {
  /** New durable facts are folded, signed and remembered; callers are answered after this. */
  void published(Published published);

  /** Something worth counting happened. */
  void happened(Event event, long count);

  /** So many entries of other nodes were folded; the holder wrote the last of them. */
  default void followed(NodeId holder, long entries) {
    happened(Event.FOLLOWED, entries);
  }

  /** Nothing could be written, in words for an operator; it is tried again. */
  default void failed(String what) {
    happened(Event.FAULT, 1);
  }

  /** The node stopped deciding. */
  void forked(Fork fork);

  /** A rule starts to run; the next one, or any event, ends it. */
  default void running(Rule<?> rule) {}

  /** What is counted. */
  enum Event {
    /** A batch of {@code count} facts was committed. */
    COMMITTED,
    /** {@code count} callers were answered without a fact. */
    ANSWERED,
    /** Entries of other nodes were folded. */
    FOLLOWED,
    /** Another holder had the lock. */
    WAITED,
    /** A commit did not happen. */
    COMMIT_FAILED,
    /** A commit's answer was lost. */
    COMMIT_UNKNOWN,
    /** It had happened and ours was still the last batch. */
    UNKNOWN_WAS_LAST,
    /** It had happened and others had written since. */
    UNKNOWN_WAS_BURIED,
    /** It had not happened: the rules run again. */
    UNKNOWN_WAS_LOST,
    /** A rule was dropped alone. */
    POISONED,
    /** The store refused a batch: it is run again in parts. */
    SPLIT,
    /** A clock was too far off to write. */
    CLOCK_REFUSED,
    /** The store, the signer or the node's own file failed. */
    FAULT,
    /** Commands were dropped unrun, past their patience. */
    DROPPED,
    /** A snapshot was loaded and proved. */
    SNAPSHOT_LOADED,
    /** A snapshot was not the one a fact names. */
    SNAPSHOT_REFUSED,
    /** After a fork the stored log was looked at, and is none to go on from. */
    STUCK,
    /** An operator's new epoch was opened here or taken over from another node. */
    EPOCH_OPENED
  }
}

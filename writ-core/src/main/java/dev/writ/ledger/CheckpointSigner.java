package dev.writ.ledger;

import dev.writ.base.Digest;

/** Signs checkpoints with the log key. May throw: the pen then answers nobody and tries again. */
@FunctionalInterface
public interface CheckpointSigner {
  /** The signed note (C2SP tlog-checkpoint) of the tree of this size and root. */
  byte[] sign(String origin, long size, Digest root);
}

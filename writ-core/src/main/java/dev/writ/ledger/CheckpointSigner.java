package dev.writ.ledger;

import dev.writ.audit.Checkpoint;
import dev.writ.state.Government;

/** Signs checkpoints with the log key. May throw: the pen then answers nobody and tries again. */
@FunctionalInterface
public interface CheckpointSigner {
  /**
   * The signed note (C2SP tlog-checkpoint) of this tree.
   *
   * @param keys names the keys that sign once the tree's last entry is folded; whoever signs
   *     follows them first, so that nobody is answered before
   */
  byte[] sign(Checkpoint checkpoint, Government keys);
}

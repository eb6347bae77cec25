package dev.writ.ledger;

import java.util.Optional;

/**
 * The node's own memory of what it acknowledged, outside the database: a file beside its keys. It
 * is how a node that was down notices that the database went back meanwhile. Any method may throw;
 * the pen then acknowledges nothing and tries again.
 */
public interface Acknowledged {
  /** The last one saved; empty on a node that never acknowledged anything. */
  Optional<Acknowledgement> load();

  /** Replaces the last one, before any caller is answered. */
  void save(Acknowledgement acknowledgement);

  /** Keeps the proof of a fork for the operator, beside the last acknowledgement. */
  void keep(Fork fork);
}

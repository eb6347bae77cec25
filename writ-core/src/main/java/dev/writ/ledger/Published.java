package dev.writ.ledger;

import dev.writ.base.NodeId;
import dev.writ.state.State;
import java.util.Optional;

/**
 * What a node vouches for: durable facts, folded, under a signed checkpoint.
 *
 * @param standing state and tree
 * @param holder the node that wrote last, to which others forward; empty on an empty ledger
 * @param checkpoint the signed checkpoint of exactly this size; empty on an empty ledger
 */
public record Published(
    Standing standing, Optional<NodeId> holder, Optional<Acknowledgement> checkpoint) {
  /** Before anything was read. */
  public static Published nothing() {
    return new Published(Standing.empty(), Optional.empty(), Optional.empty());
  }

  public State state() {
    return standing.state();
  }

  public long size() {
    return standing.size();
  }
}

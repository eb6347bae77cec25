package dev.writ.ledger;

import java.util.Optional;

/** What a node that stopped at a fork waits for: only a new epoch, opened here or elsewhere. */
final class Standstill {
  private Optional<Fork> fork = Optional.empty();
  private Optional<EpochOpening> opening = Optional.empty();
  private Optional<Head> rejected = Optional.empty();

  Optional<Fork> fork() {
    return fork;
  }

  boolean isOn() {
    return fork.isPresent();
  }

  void begin(Fork proof) {
    giveUp(proof.toString());
    // The first time the log was not read to be taken over: an epoch may have been opened on it.
    rejected = fork.isPresent() ? proof.found().map(Head.Sealed::head) : Optional.empty();
    fork = Optional.of(proof);
  }

  void end() {
    fork = Optional.empty();
    opening = Optional.empty();
  }

  /**
   * An operator's order; false when there is nothing to order, or an order is being carried out.
   */
  boolean order(EpochOpening order) {
    if (fork.isEmpty() || opening.isPresent()) {
      return false;
    }
    opening = Optional.of(order);
    rejected = Optional.empty();
    return true;
  }

  Optional<EpochOpening> opening() {
    return opening;
  }

  /** The stored log was read: the order's fact may be written. */
  EpochOpening ready() {
    EpochOpening order = opening.orElseThrow();
    opening = Optional.of(order.onReadLog());
    return order;
  }

  /** Whether commands may run; an order whose command is gone was refused or waited too long. */
  boolean writes(boolean work) {
    if (opening.filter(EpochOpening::ready).isEmpty()) {
      return fork.isEmpty();
    }
    if (!work) {
      opening = Optional.empty();
    }
    return work;
  }

  /** Whether the stored log may be the one to go on from. */
  boolean worthReading(
      Optional<Head.Sealed> found, HeadCheck heads, Optional<Acknowledgement> acknowledged) {
    if (found.isEmpty() || !heads.sealed(found.get())) {
      giveUp("the stored head is missing or not sealed by a node");
      return false;
    }
    Head head = found.get().head();
    boolean otherOrigin = acknowledged.filter(a -> a.origin().equals(head.origin())).isEmpty();
    return rejected.filter(head::equals).isEmpty() && (opening.isPresent() || otherOrigin);
  }

  /** The log was read, and is none to go on from. */
  void reject(Head head) {
    rejected = Optional.of(head);
  }

  private void giveUp(String why) {
    opening.ifPresent(order -> order.failed(why));
    opening = Optional.empty();
  }
}

package dev.writ.ledger;

import java.util.Optional;

/** What a stored head must be to a node that stands somewhere in the log. */
final class HeadCheck {
  private final HeadSeal seal;

  HeadCheck(HeadSeal seal) {
    this.seal = seal;
  }

  /**
   * What is wrong with the head, if anything.
   *
   * @param acknowledged what the log must contain besides the standing; only while loading
   */
  Optional<Fork> check(
      Optional<Head.Sealed> found, Standing standing, Optional<Acknowledgement> acknowledged) {
    long least = Math.max(standing.size(), acknowledged.map(Acknowledgement::size).orElse(0L));
    if (found.isEmpty()) {
      return least == 0
          ? Optional.empty()
          : fork(Fork.Reason.HEAD_GONE, "there is no head; it was at " + least, found);
    }
    if (!sealed(found.get())) {
      return fork(Fork.Reason.WRONG_SEAL, "the head is not sealed with the nodes' key", found);
    }
    Head head = found.get().head();
    if (head.size() < least) {
      return fork(
          Fork.Reason.SHORTER, "the head is at " + head.size() + "; it was at " + least, found);
    }
    if (head.size() == standing.size() && !head.root().equals(standing.root())) {
      return fork(Fork.Reason.OTHER_ROOT, "size " + head.size() + " has another root", found);
    }
    return Optional.empty();
  }

  boolean sealed(Head.Sealed found) {
    return seal.matches(found.head().canonical(), found.seal());
  }

  private static Optional<Fork> fork(
      Fork.Reason reason, String detail, Optional<Head.Sealed> found) {
    return Optional.of(new Fork(reason, detail, Optional.empty(), found));
  }
}

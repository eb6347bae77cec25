package dev.writ.ledger;

import java.util.Optional;

/**
 * Why a node stopped deciding: the stored log is not a continuation of what it acknowledged, or not
 * one that nodes wrote. Both sides are kept as proof.
 *
 * @param detail for the operator; names positions, never contents
 * @param acknowledged the last checkpoint this node acknowledged
 * @param found the stored head
 */
public record Fork(
    Reason reason,
    String detail,
    Optional<Acknowledgement> acknowledged,
    Optional<Head.Sealed> found) {
  /** What was wrong with the stored log. */
  public enum Reason {
    /** There is no head where there was one. */
    HEAD_GONE,
    /** The head's seal is not one of the nodes' key. */
    WRONG_SEAL,
    /** The head is shorter than what was acknowledged or folded. */
    SHORTER,
    /** Our own last entry has another hash. */
    OTHER_ENTRY,
    /** The same size has another root, or the entries do not lead to the head's root. */
    OTHER_ROOT,
    /** The head's origin is not that of the epoch its entries opened. */
    OTHER_ORIGIN,
    /** An entry below the head's size is not there. */
    MISSING_ENTRY,
    /** An entry does not parse, names another previous fact, or does not fold. */
    BROKEN_ENTRY
  }

  @Override
  public String toString() {
    return reason + ": " + detail;
  }
}

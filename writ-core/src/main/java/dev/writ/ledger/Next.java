package dev.writ.ledger;

/** When a stepper wants its next step. */
public sealed interface Next {
  /** There is more to do. */
  record Now() implements Next {}

  /** Nothing to do for so long, unless something is submitted. */
  record After(long nanos) implements Next {}
}

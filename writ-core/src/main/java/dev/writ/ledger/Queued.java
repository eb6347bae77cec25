package dev.writ.ledger;

/**
 * A command with whoever waits for it.
 *
 * @param deadline monotonic nanoseconds past which it is dropped unrun
 */
record Queued<R>(Command<R> command, Answer<R> answer, long deadline) {
  /** Commands without a workflow share this lane. */
  private static final String SHARED = "";

  boolean urgent() {
    return command.urgency() == Command.Urgency.REVOCATION;
  }

  String lane() {
    return command.workflow().map(Object::toString).orElse(SHARED);
  }

  /** Whether its patience is over; compared by difference, because nanoseconds may wrap. */
  boolean expired(long nanos) {
    return nanos - deadline >= 0;
  }
}

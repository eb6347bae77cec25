package dev.writ.ledger;

import dev.writ.base.WorkflowId;
import java.time.Duration;
import java.util.Optional;

/**
 * A rule on its way to the pen.
 *
 * @param urgency revocations and stop orders go before everything else
 * @param workflow whose share of the queue it takes; commands without one share a queue
 * @param patience how long it may wait; past that it is dropped unrun
 */
public record Command<R>(
    Urgency urgency, Optional<WorkflowId> workflow, Duration patience, Rule<R> rule) {
  /** How long a command waits unless it says otherwise. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Who goes first. */
  public enum Urgency {
    REVOCATION,
    ORDINARY
  }

  public static <R> Command<R> of(Rule<R> rule) {
    return new Command<>(Urgency.ORDINARY, Optional.empty(), PATIENCE, rule);
  }

  public static <R> Command<R> of(WorkflowId workflow, Rule<R> rule) {
    return new Command<>(Urgency.ORDINARY, Optional.of(workflow), PATIENCE, rule);
  }

  /** A revocation or stop order. */
  public static <R> Command<R> revocation(Rule<R> rule) {
    return new Command<>(Urgency.REVOCATION, Optional.empty(), PATIENCE, rule);
  }
}

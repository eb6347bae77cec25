package dev.writ.ledger;

import dev.writ.state.State;

/** What operations see of the pen. Every method may throw a {@link LedgerFault}. */
public interface Ledger {
  /** Queues the command, waits until its facts are durable, and answers. */
  <R> Written<R> write(Command<R> command);

  /** The reply of an ordinary rule. */
  default <R> R write(Rule<R> rule) {
    return write(Command.of(rule)).reply();
  }

  /** The last published state; may lag behind what other nodes wrote. Never waits. */
  State published();

  /**
   * A state confirmed current by a head read begun after this call: for an answer somebody will act
   * on. One read is shared by all who wait.
   */
  State confirmed();
}

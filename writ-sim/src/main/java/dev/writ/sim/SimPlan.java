package dev.writ.sim;

import dev.writ.ledger.LedgerStore;
import java.util.function.UnaryOperator;

/**
 * What kind of run.
 *
 * @param steps how many choices
 * @param nodes how many nodes
 * @param goesBack whether the database goes back once to an earlier day; with an even seed while
 *     all nodes are down
 * @param way put between node and store: the identity, or a fault of the pen to be found
 */
public record SimPlan(
    long seed, int steps, int nodes, boolean goesBack, UnaryOperator<LedgerStore> way) {
  /** Three nodes with a pen that is right. */
  public static SimPlan of(long seed, int steps, boolean goesBack) {
    return new SimPlan(seed, steps, 3, goesBack, UnaryOperator.identity());
  }
}

package dev.writ.sim;

import dev.writ.fact.FactDraft;
import java.util.List;

/**
 * A run of whole lives.
 *
 * @param steps how many choices
 * @param nodes how many nodes
 * @param spoil put between operations and pen: nothing, or a fault of an operation to be found
 */
public record LifePlan(long seed, int steps, int nodes, Spoil spoil) {
  /** Three nodes whose operations are right. */
  public static LifePlan of(long seed, int steps) {
    return new LifePlan(seed, steps, 3, Spoil.NOTHING);
  }

  /** What becomes of the facts that a rule wrote, before the pen sees them. */
  @FunctionalInterface
  public interface Spoil {
    Spoil NOTHING = facts -> facts;

    List<FactDraft> facts(List<FactDraft> facts);
  }
}

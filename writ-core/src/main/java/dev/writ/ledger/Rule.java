package dev.writ.ledger;

import dev.writ.state.State;
import java.time.Instant;

/**
 * A pure function from the state and the time to facts and a reply. It may run several times (after
 * a commit whose fate was unknown, for a dry run, for a replay), so it draws nothing from chance,
 * reads no clock and calls nothing outside.
 */
@FunctionalInterface
public interface Rule<R> {
  /**
   * @param now the database's clock, read under the pen's lock
   */
  Ruling<R> run(State state, Instant now);
}

package dev.writ.sim;

import static dev.writ.sim.LogAuditor.require;

import dev.writ.base.Digest;
import dev.writ.fact.CommandKey;
import dev.writ.operation.Refusal;
import dev.writ.sim.Errand.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What all clients of a simulation of whole lives share.
 *
 * @param marks what the run has met
 */
record LifeScene(
    LifeWorld world,
    LifeAuditor auditor,
    SimCluster cluster,
    Chance chance,
    Map<LifeMark, Long> marks) {

  /**
   * One request on its way.
   *
   * @param heard holds an answer against the log
   */
  record Job<R>(String name, Operation<R> operation, Heard<R> heard) {}

  /** What is done with an answer. */
  @FunctionalInterface
  interface Heard<R> {
    void answer(R reply, Asked asked);
  }

  /**
   * When something was asked.
   *
   * @param size how many entries were committed then
   * @param at the last one's time
   */
  record Asked(long size, Instant at) {}

  /** A caller's key that nobody has used. */
  CommandKey key() {
    Digest key = Digest.sha256(chance().bytes(16));
    Instant until = cluster().databaseClock().instant().plus(Duration.ofHours(1));
    return new CommandKey(key, Digest.ofText("request"), until);
  }

  void mark(LifeMark mark) {
    marks.merge(mark, 1L, Long::sum);
  }

  /** Whoever is refused hears why and what to do next. */
  static void explained(Refusal why) {
    require(!why.what().isBlank() && !why.remedy().isBlank(), "I10: a refusal without a reason");
  }

  void strange(Refusal why) {
    explained(why);
    if (why instanceof Refusal.NotOwner || why instanceof Refusal.WorkloadNotNamed) {
      mark(LifeMark.STRANGER_REFUSED);
    }
  }
}

package dev.writ.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.ledger.PenWatch.Event;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes over a store that fails, from fixed seeds; every run must meet what it is there for. */
class SimulationTest {
  private static final int STEPS = 8_000;

  private static final Set<Event> EVERY_RUN =
      EnumSet.of(
          Event.COMMITTED,
          Event.ANSWERED,
          Event.FOLLOWED,
          Event.WAITED,
          Event.COMMIT_FAILED,
          Event.COMMIT_UNKNOWN,
          Event.UNKNOWN_WAS_LAST,
          Event.UNKNOWN_WAS_LOST,
          Event.POISONED,
          Event.SPLIT,
          Event.FAULT);

  private static final Set<SimMark> EVERY_RUNS_MARKS =
      EnumSet.of(
          SimMark.ACKNOWLEDGED,
          SimMark.REVOKED,
          SimMark.DENIED_AFTER_REVOCATION,
          SimMark.CONFIRMED,
          SimMark.LOCK_HANDED_OVER,
          SimMark.CRASHED_IN_TURN,
          SimMark.CRASHED_BEFORE_ANSWER,
          SimMark.REPEATED,
          SimMark.FROZEN_IN_TURN,
          SimMark.CLOCK_STEPPED,
          SimMark.RECEIPT_VERIFIED,
          SimMark.FORWARDED,
          SimMark.FORWARD_LOST,
          SimMark.FORWARD_ANSWER_LOST,
          SimMark.CONVERGED);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nothingAcknowledgedIsLostOrDoneTwice(long seed) {
    Simulation run = run(SimPlan.of(seed, STEPS, false));
    assertThat(run.events()).containsKeys(EVERY_RUN.toArray(Event[]::new));
    assertThat(run.marks()).containsKeys(EVERY_RUNS_MARKS.toArray(SimMark[]::new));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aDatabaseThatWentBackStopsNodesUntilAnOperatorOpensANewEpoch(long seed) {
    Simulation run = run(SimPlan.of(seed, STEPS, true));
    assertThat(run.marks()).containsKeys(SimMark.WENT_BACK, SimMark.CONVERGED);
    assertThat(run.marks().keySet()).containsAnyOf(SimMark.FORK_FOUND, SimMark.FORK_FOUND_AT_START);
    assertThat(run.events()).containsKey(Event.EPOCH_OPENED);
  }

  /** What a single run need not meet, all of them together must. */
  @Test
  void theRunsTogetherMeetTheRareCases() {
    Map<SimMark, Long> marks = new EnumMap<>(SimMark.class);
    Map<Event, Long> events = new EnumMap<>(Event.class);
    for (long seed = 21; seed < 24; seed++) {
      Simulation run = run(SimPlan.of(seed, STEPS / 2, true));
      run.marks().forEach((mark, count) -> marks.merge(mark, count, Long::sum));
      run.events().forEach((event, count) -> events.merge(event, count, Long::sum));
    }
    assertThat(marks)
        .containsKeys(SimMark.REPEATED, SimMark.FORK_FOUND, SimMark.FORK_FOUND_AT_START);
    assertThat(events).containsKeys(Event.UNKNOWN_WAS_BURIED, Event.CLOCK_REFUSED);
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    Simulation first = run(SimPlan.of(7, 2_000, true));
    Simulation second = run(SimPlan.of(7, 2_000, true));
    assertThat(second.store().committedHead().orElseThrow().head())
        .isEqualTo(first.store().committedHead().orElseThrow().head());
    assertThat(second.events()).isEqualTo(first.events());
  }

  /** A pen that takes a lost answer for a failed commit does things twice: it must be found. */
  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void aPenThatDoesNotClearUpUnknownCommitsIsFound(long seed) {
    assertThatThrownBy(() -> run(new SimPlan(seed, STEPS, 3, false, Canaries::unknownIsFailed)))
        .isInstanceOf(LogAuditor.Violation.class)
        .hasMessageContaining("ran again");
  }

  /** A pen that takes a lost answer for a commit promises what is not there: it must be found. */
  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43})
  void aPenThatTakesUnknownForCommittedIsFound(long seed) {
    assertThatThrownBy(() -> run(new SimPlan(seed, STEPS, 3, false, Canaries::unknownIsCommitted)))
        .isInstanceOf(LogAuditor.Violation.class);
  }

  /** A node that looks at an old head vouches for what was revoked: it must be found. */
  @ParameterizedTest
  @ValueSource(longs = {51, 52})
  void aNodeThatConfirmsFromAnOldHeadIsFound(long seed) {
    assertThatThrownBy(() -> run(new SimPlan(seed, STEPS, 3, false, Canaries::staleHeads)))
        .isInstanceOf(LogAuditor.Violation.class);
  }

  @Test
  @Tag("soak")
  void freshSeeds() {
    long minutes = Long.getLong("writ.soak.minutes", 1);
    long seed = Long.getLong("writ.seed", System.nanoTime());
    long end = System.nanoTime() + minutes * 60_000_000_000L;
    long runs = 0;
    for (; System.nanoTime() - end < 0; seed++, runs++) {
      System.out.println("simulation: -Dwrit.seed=" + seed);
      run(SimPlan.of(seed, STEPS, runs % 2 == 1));
    }
    System.out.println("simulation: " + runs + " runs in " + minutes + " minutes");
    assertThat(runs).isPositive();
  }

  private static Simulation run(SimPlan plan) {
    Simulation simulation = new Simulation(plan);
    simulation.run();
    return simulation;
  }
}

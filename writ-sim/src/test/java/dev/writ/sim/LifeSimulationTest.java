package dev.writ.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole lives of workflows by the real operations, at three nodes that fail, from fixed seeds: no
 * invariant is broken, and an operation that breaks one is found.
 */
class LifeSimulationTest {
  private static final int STEPS = 20_000;
  private static final long FIRST = 1;
  private static final long LAST = 4;

  /** What every run must have met; all of them together must have met everything. */
  private static final Set<LifeMark> EVERY_RUN =
      EnumSet.of(
          LifeMark.WRIT_ISSUED,
          LifeMark.TASK_OPENED,
          LifeMark.ALLOWED,
          LifeMark.DENIED,
          LifeMark.ASKED_ELSEWHERE);

  private static final Set<SimMark> EVERY_TROUBLE =
      EnumSet.of(
          SimMark.LOCK_HANDED_OVER,
          SimMark.CRASHED_IN_TURN,
          SimMark.CRASHED_BEFORE_ANSWER,
          SimMark.FROZEN_IN_TURN,
          SimMark.CLOCK_STEPPED,
          SimMark.CONVERGED);

  @Test
  void noInvariantIsBroken() {
    Map<LifeMark, Long> marks = new EnumMap<>(LifeMark.class);
    for (long seed = FIRST; seed <= LAST; seed++) {
      LifeSimulation run = run(LifePlan.of(seed, STEPS));
      assertThat(run.marks()).as("seed " + seed).containsKeys(EVERY_RUN.toArray(LifeMark[]::new));
      assertThat(run.troubles())
          .as("seed " + seed)
          .containsKeys(EVERY_TROUBLE.toArray(SimMark[]::new));
      assertThat(run.replayed()).isPositive();
      run.marks().forEach((mark, count) -> marks.merge(mark, count, Long::sum));
    }
    assertThat(marks).containsKeys(LifeMark.values());
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    LifeSimulation first = run(LifePlan.of(7, 4_000));
    LifeSimulation second = run(LifePlan.of(7, 4_000));
    assertThat(first.root()).isPresent();
    assertThat(second.root()).isEqualTo(first.root());
    assertThat(second.marks()).isEqualTo(first.marks());
  }

  @ParameterizedTest
  @EnumSource(LifeCanaries.class)
  void anOperationThatBreaksAnInvariantIsFound(LifeCanaries canary) {
    assertThatThrownBy(
            () -> {
              // Not every run comes to what the canary spoils.
              for (long seed = FIRST; seed <= LAST; seed++) {
                run(new LifePlan(seed, STEPS, 3, canary));
              }
            })
        .hasCauseInstanceOf(LogAuditor.Violation.class)
        .hasMessageContaining(canary.found());
  }

  @Test
  @Tag("soak")
  void freshSeeds() {
    long minutes = Long.getLong("writ.soak.minutes", 1);
    long seed = Long.getLong("writ.seed", System.nanoTime());
    long end = System.nanoTime() + minutes * 60_000_000_000L;
    long runs = 0;
    for (; System.nanoTime() - end < 0; seed++, runs++) {
      System.out.println("lives: -Dwrit.seed=" + seed);
      run(LifePlan.of(seed, STEPS));
    }
    System.out.println("lives: " + runs + " runs in " + minutes + " minutes");
    assertThat(runs).isPositive();
  }

  private static LifeSimulation run(LifePlan plan) {
    LifeSimulation simulation = new LifeSimulation(plan);
    try {
      simulation.run();
    } catch (LogAuditor.Violation violation) {
      throw new AssertionError(
          "-Dwrit.seed=" + plan.seed() + ": " + violation.getMessage(), violation);
    }
    return simulation;
  }
}

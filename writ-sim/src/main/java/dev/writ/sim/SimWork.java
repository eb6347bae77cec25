package dev.writ.sim;

import dev.writ.base.TaskId;
import dev.writ.base.WorkflowId;
import dev.writ.fact.CommandKey;
import dev.writ.ledger.Command;
import dev.writ.ledger.Rule;
import java.time.Instant;
import java.util.Optional;

/** A workload: where the simulation's commands come from. */
public interface SimWork {
  /** The next command; {@code now} is the true time, for ends in the future. */
  Act next(Chance chance, Instant now);

  /** A command's answer, so that later commands can build on it. */
  void acknowledged(Act act, Told told);

  /**
   * One command.
   *
   * @param revokes the task that is over once this is acknowledged
   * @param poison whether it must be dropped alone
   * @param repeatable whether its rule knows its key again, so that it may be asked twice
   */
  record Act(
      String name,
      CommandKey key,
      Optional<WorkflowId> workflow,
      Optional<TaskId> task,
      boolean revokes,
      boolean poison,
      boolean repeatable,
      Rule<Told> rule) {
    Command<Told> command() {
      return new Command<>(
          revokes ? Command.Urgency.REVOCATION : Command.Urgency.ORDINARY,
          workflow,
          Command.PATIENCE,
          rule);
    }
  }

  /** What a rule replied. */
  sealed interface Told {
    /** Facts were written. */
    record Recorded() implements Told {}

    /** The key was used before, by the fact at this position. */
    record Repeated(long position) implements Told {}

    /** A call was recorded as denied. */
    record Denied() implements Told {}

    /** Nothing to record: the state does not allow it. */
    record Refused(String why) implements Told {}
  }
}

package dev.writ.operation;

import dev.writ.base.NodeId;
import dev.writ.base.TaskId;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.OpenCall;
import dev.writ.state.State;
import dev.writ.state.Task;
import dev.writ.state.Writ;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * A chore: writes down what time has ended already. Tasks past their end or under a writ that is
 * over are completed, calls nobody answered for are lost. Nothing waits for it: liveness is asked
 * of the clock.
 */
public final class EndOverdue {
  /** How long after its decision an allowed call may stay without outcome. */
  public static final Duration LONGEST_CALL = Duration.ofMinutes(2);

  private final Ledger ledger;
  private final InstantSource clock;
  private final NodeId node;
  private final Duration longestCall;

  public EndOverdue(Ledger ledger, InstantSource clock, NodeId node, Duration longestCall) {
    this.ledger = ledger;
    this.clock = clock;
    this.node = node;
    this.longestCall = longestCall;
  }

  /** How many facts it wrote; when it is many, more may be due. */
  public int run() {
    // Looked up outside, so that the pen is not held while a large state is walked.
    List<TaskId> due = due(ledger.published(), clock.instant());
    return due.isEmpty()
        ? 0
        : ledger.write(Command.of((state, now) -> rule(state, now, due))).facts();
  }

  private List<TaskId> due(State state, Instant now) {
    return state.tasks().values().stream()
        .filter(t -> !overdue(state, t, now).isEmpty())
        .map(Task::id)
        .limit(Ruling.MOST_FACTS / 2)
        .toList();
  }

  private Ruling<Integer> rule(State state, Instant now, List<TaskId> due) {
    List<FactDraft> facts =
        due.stream()
            .flatMap(id -> state.task(id).stream())
            .flatMap(t -> overdue(state, t, now).stream())
            .toList();
    return Ruling.of(facts, facts.size());
  }

  /** At most two facts: one call a pass, since a second would be ruled on a state without it. */
  private List<FactDraft> overdue(State state, Task task, Instant now) {
    Actor by = new Actor.Node(node);
    for (OpenCall call : task.calls().values()) {
      if (now.isAfter(call.decided().plus(longestCall))) {
        return RecordOutcome.facts(task, by, new Fact.CallLost(call.id(), Fact.Sent.UNKNOWN));
      }
    }
    if (task instanceof Task.Open open) {
      Writ writ = state.writs().get(open.writ());
      if (writ == null || !writ.inForce(now) || !open.live(now)) {
        return Endings.end(open, Fact.Cause.TIMEOUT, by, now);
      }
    }
    return List.of();
  }
}

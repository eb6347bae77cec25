package dev.writ.operation;

import dev.writ.base.NodeId;
import dev.writ.base.TaskId;
import dev.writ.base.WritId;
import dev.writ.fact.About;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chore: writes down what time has ended already. Tasks past their end or under a writ that is
 * over are completed, calls nobody answered for are lost. Nothing waits for it: liveness is asked
 * of the clock.
 */
public final class EndOverdue {
  /** How long after its decision an allowed call may stay without outcome. */
  public static final Duration LONGEST_CALL = Duration.ofMinutes(2);

  /** Two facts a task and one a writ stay within what a rule may write. */
  private static final int MOST_EACH = Ruling.MOST_FACTS / 3;

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
    State state = ledger.published();
    Instant now = clock.instant();
    List<TaskId> due = due(state, now);
    List<WritId> over =
        state.writs().values().stream()
            .filter(w -> over(state, w, now).isPresent())
            .map(Writ::id)
            .limit(MOST_EACH)
            .toList();
    return due.isEmpty() && over.isEmpty()
        ? 0
        : ledger.write(Command.of((s, at) -> rule(s, at, due, over))).facts();
  }

  private List<TaskId> due(State state, Instant now) {
    return state.tasks().values().stream()
        .filter(t -> !overdue(state, t, now).isEmpty())
        .map(Task::id)
        .limit(MOST_EACH)
        .toList();
  }

  private Ruling<Integer> rule(State state, Instant now, List<TaskId> due, List<WritId> over) {
    List<FactDraft> facts = new ArrayList<>();
    for (TaskId id : due) {
      state.task(id).ifPresent(t -> facts.addAll(overdue(state, t, now)));
    }
    for (WritId id : over) {
      Optional.ofNullable(state.writs().get(id))
          .flatMap(w -> over(state, w, now))
          .ifPresent(facts::add);
    }
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
      if (writ == null) {
        // Its writ was ended or replaced, and the task with it.
        return Endings.end(open, Fact.Cause.REVOKED, by, now);
      }
      if (!writ.inForce(now) || !open.live(now)) {
        return Endings.end(open, Fact.Cause.TIMEOUT, by, now);
      }
    }
    return List.of();
  }

  private static boolean waitsFor(State state, Writ writ, Instant now) {
    return !writ.inForce(now)
        && state.tasks().values().stream().noneMatch(t -> t.writ().equals(writ.id()));
  }

  /** A writ that is over by time ends in the record too, after its last task. */
  private Optional<FactDraft> over(State state, Writ writ, Instant now) {
    if (!waitsFor(state, writ, now)) {
      return Optional.empty();
    }
    About about = About.workflow(writ.workflow()).dossier(writ.issued().dossier());
    Fact ended = new Fact.WritEnded(writ.id(), Fact.Cause.TIMEOUT);
    return Optional.of(FactDraft.of(new Actor.Node(node), about, ended));
  }
}

package dev.writ.operation;

import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.state.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a task ends: one fact revokes everything derived; a second says that nothing still runs. */
final class Endings {
  private Endings() {}

  /** The facts that end a task; settled at once when no allowed call is open. */
  static List<FactDraft> end(Task.Open task, Fact.Cause cause, Actor by, Instant now) {
    About about = About.workflow(task.workflow()).task(task.id());
    List<FactDraft> facts = new ArrayList<>();
    facts.add(FactDraft.of(by, about, new Fact.TaskCompleted(cause, task.liveTokens(now))));
    if (task.calls().isEmpty()) {
      facts.add(FactDraft.of(by, about, new Fact.TaskSettled(List.of())));
    }
    return facts;
  }
}

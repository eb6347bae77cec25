package dev.writ.operation;

import dev.writ.base.TaskId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import dev.writ.state.Task;
import dev.writ.state.Writ;
import java.time.Instant;
import java.util.Optional;

/**
 * A task's workload, its requester or an owner ends it; everything derived is revoked by one fact.
 */
public final class CompleteTask {
  private final Ledger ledger;

  public CompleteTask(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * @param by the authenticated workload that opened the task, its requester, or an owner
   * @param cause {@code COMPLETED} when the work is done, {@code REVOKED} to stop it
   */
  public record Request(Actor by, TaskId task, Fact.Cause cause) {}

  public sealed interface Reply {
    /**
     * @param revoked how many tokens were live and are good no more
     * @param settled whether nothing allowed earlier was still running
     */
    record Completed(TaskId task, long revoked, boolean settled) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    return ledger
        .write(Command.<Reply>revocation((state, now) -> rule(state, now, request)))
        .reply();
  }

  private static Ruling<Reply> rule(State state, Instant now, Request request) {
    Optional<Task> task = state.task(request.task());
    if (task.isEmpty() || !(task.get() instanceof Task.Open open)) {
      About about =
          task.map(t -> About.workflow(t.workflow()).task(t.id())).orElseGet(About::ledger);
      return refuse(request, about, new Refusal.TaskNotOpen());
    }
    if (!mayEnd(state, open, request.by())) {
      return refuse(request, About.workflow(open.workflow()), new Refusal.NotOwner());
    }
    return Ruling.of(
        Endings.end(open, request.cause(), request.by(), now),
        new Reply.Completed(open.id(), open.liveTokens(now), open.calls().isEmpty()));
  }

  private static boolean mayEnd(State state, Task.Open task, Actor by) {
    return switch (by) {
      case Actor.Workload(String id) -> task.opened().workload().equals(id);
      case Actor.Person(String id) ->
          task.opened().requester().equals(id) || owners(state, task).contains(id);
      case Actor.Node node -> true;
    };
  }

  private static java.util.List<String> owners(State state, Task.Open task) {
    Writ writ = state.writs().get(task.writ());
    return writ == null ? java.util.List.of() : writ.issued().terms().owners();
  }

  private static Ruling<Reply> refuse(Request request, About about, Refusal why) {
    return Refusals.recorded(
        new Refusals.Who("CompleteTask", request.by(), about), why, new Reply.Refused(why));
  }
}

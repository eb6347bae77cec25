package dev.writ.server.api;

import dev.writ.base.Id;
import dev.writ.base.Json;
import dev.writ.base.TaskId;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.ledger.Ledger;
import dev.writ.operation.CompleteTask;
import dev.writ.operation.Refusal;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import dev.writ.state.Task;
import dev.writ.state.Token;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tasks, as their requester and owners see and stop them; workloads end theirs with OAuth. */
public final class TaskResource implements Resource {
  private final Ledger ledger;
  private final CompleteTask complete;
  private final People people;
  private final InstantSource clock;

  public TaskResource(Ledger ledger, CompleteTask complete, People people, InstantSource clock) {
    this.ledger = ledger;
    this.complete = complete;
    this.people = people;
    this.clock = clock;
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/v1/tasks", this::list)
        .get("/v1/tasks/{task}", this::show)
        .post("/v1/tasks/{task}/complete", this::complete);
  }

  private Answer list(Asked asked) {
    people.of(asked);
    List<Json.Obj> tasks =
        ledger.published().tasks().values().stream()
            .limit(Pages.MOST)
            .map(t -> head(t).build())
            .toList();
    return Answer.json(200, Json.object().put("tasks", Json.array(tasks)).build());
  }

  private Json.Builder head(Task task) {
    Json.Builder json =
        Json.object()
            .put("task", task.id().value())
            .put("workflow", task.workflow().value())
            .put("writ", task.writ().value());
    return switch (task) {
      case Task.Open open ->
          json.put("standing", open.live(clock.instant()) ? "open" : "over")
              .put("workload", open.opened().workload())
              .put("requester", open.opened().requester())
              .put("until", open.opened().until().toString());
      case Task.Ended ended ->
          json.put("standing", "ended")
              .put("cause", ended.cause().name().toLowerCase(Locale.ROOT))
              .put("at", ended.at().toString());
    };
  }

  private Answer show(Asked asked) {
    people.of(asked);
    TaskId id = Body.path(asked, "task", TaskId::parse);
    Task task =
        ledger.published().task(id).orElseThrow(() -> new Refused(new HttpRefusal.NoSuchPath()));
    Json.Builder json = head(task);
    json.put("waiting_calls", Json.strings(task.calls().keySet().stream().map(Id::value).toList()));
    switch (task) {
      case Task.Open open -> {
        json.put("live_tokens", open.liveTokens(clock.instant()));
        json.put("tokens", Json.array(open.tokens().values().stream().map(this::token).toList()));
        Json.Builder used = Json.object();
        open.used().forEach((name, count) -> used.put(name, count.longValue()));
        json.put("used", used.build());
      }
      case Task.Ended ended -> {
        json.put("lost_calls", Json.strings(ended.lost().stream().map(Id::value).toList()));
      }
    }
    return Answer.json(200, json.build());
  }

  private Json.Obj token(Token token) {
    Json.Builder json =
        Json.object()
            .put("token", token.id().value())
            .put("workload", token.workload())
            .put("audience", token.audience())
            .put("depth", token.depth())
            .put("until", token.until().toString())
            .put("scope", token.scope().toJson());
    token.parent().ifPresent(p -> json.put("parent", p.value()));
    return json.build();
  }

  private Answer complete(Asked asked) {
    String by = people.of(asked);
    TaskId id = Body.path(asked, "task", TaskId::parse);
    Map<String, Fact.Cause> causes = new LinkedHashMap<>();
    causes.put("completed", Fact.Cause.COMPLETED);
    causes.put("revoked", Fact.Cause.REVOKED);
    Fact.Cause cause =
        Body.members(
            asked,
            f ->
                f.node("cause").isEmpty()
                    ? Optional.of(Fact.Cause.COMPLETED)
                    : f.choice("cause", causes));
    CompleteTask.Request request = new CompleteTask.Request(new Actor.Person(by), id, cause);
    return switch (complete.run(request)) {
      case CompleteTask.Reply.Completed done ->
          Answer.json(
              200,
              Json.object()
                  .put("task", done.task().value())
                  .put("revoked", done.revoked())
                  .put("settled", done.settled())
                  .build());
      case CompleteTask.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }
}

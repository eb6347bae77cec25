package dev.writ.operation;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.call.CallContext;
import dev.writ.call.CallRequest;
import dev.writ.call.Recorded;
import dev.writ.call.TaskView;
import dev.writ.call.Usage;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Tool;
import dev.writ.catalogue.Workload;
import dev.writ.fact.Fact;
import dev.writ.policy.Answer;
import dev.writ.policy.Engine;
import dev.writ.policy.Policy;
import dev.writ.policy.PolicyError;
import dev.writ.policy.Verdict;
import dev.writ.spec.Initiator;
import dev.writ.state.Standing;
import dev.writ.state.Task;
import dev.writ.state.Token;
import dev.writ.token.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The decision on one tool call: a pure function of documents, state and time, so that a replay
 * makes it again exactly (invariant I9). Deny unless everything says yes.
 */
final class Judge {
  /** Policy language and evaluator, as a decision's fact names them. */
  static final String LANGUAGE = "cedar-4/writ-1";

  /** The entity slice of a call that never reached policy. */
  static final Json.Arr NO_ENTITIES = Json.array(List.of());

  private Judge() {}

  /** The documents a decision depends on. */
  record Documents(Library.OfWrit writ, Engine guardrails, Catalogue catalogue) {}

  /** What was asked. */
  record Question(String tool, Json.Obj arguments) {
    /** The form that is sealed. */
    Json.Obj toJson() {
      return Json.object().put("arguments", arguments).put("tool", tool).build();
    }

    static Parsed<Question> parse(Json json) {
      if (json instanceof Json.Obj obj
          && obj.text("tool").isPresent()
          && obj.object("arguments").isPresent()) {
        return Parsed.ok(new Question(obj.text("tool").get(), obj.object("arguments").get()));
      }
      return Parsed.refused("", "not a sealed call", "restore the payload");
    }
  }

  /**
   * @param counts what an allow adds to the task's counters
   * @param entities the entity slice, recorded
   * @param tool where an allowed call goes
   * @param why one sentence a reason, for the agent
   */
  record Judgement(
      Fact.Verdict verdict,
      NavigableMap<String, Long> counts,
      Json.Arr entities,
      Optional<Tool> tool,
      List<String> why) {}

  static Judgement judge(Documents documents, Standing.Live live, Question question, Instant now) {
    Optional<Tool> tool = documents.writ().slice().tool(question.tool());
    if (tool.isEmpty()) {
      return deny("tool-not-offered", "this workflow has no such tool; list the tools");
    }
    Parsed<CallRequest> request =
        CallRequest.of(tool.get(), question.arguments(), context(documents, live, now));
    return switch (request) {
      case Parsed.Refused<CallRequest>(var problems) ->
          deny("arguments-invalid", problems.toString());
      case Parsed.Ok<CallRequest>(CallRequest call) -> judge(documents, live, tool.get(), call);
    };
  }

  private static Judgement judge(
      Documents documents, Standing.Live live, Tool tool, CallRequest call) {
    Json.Arr entities = Recorded.entities(call.entities());
    NavigableMap<String, Long> counts = counts(live, call);
    Optional<String> outside = outsideToken(live, call);
    if (outside.isPresent()) {
      return new Judgement(
          verdict(Fact.Decision.DENY, List.of(), List.of(), outside.get()),
          Collections.emptyNavigableMap(),
          entities,
          Optional.of(tool),
          List.of("the token does not reach this; ask for one that does"));
    }
    Answer granted = documents.writ().generated().decide(call.request(), call.entities());
    Answer guarded = documents.guardrails().decide(call.request(), call.entities());
    Verdict verdict = join(granted, guarded).verdict();
    Fact.Verdict recorded =
        switch (verdict) {
          case Verdict.Allowed(List<Policy> permits) ->
              verdict(Fact.Decision.ALLOW, names(permits), List.of(), "permitted");
          case Verdict.NotPermitted(List<PolicyError> errors) ->
              verdict(Fact.Decision.DENY, List.of(), erred(errors), "not-permitted");
          case Verdict.Forbidden(List<Policy> forbids, List<PolicyError> errors) ->
              verdict(
                  Fact.Decision.DENY,
                  names(forbids),
                  erred(errors),
                  forbids.isEmpty() ? "policy-erred" : "forbidden");
        };
    boolean allowed = recorded.decision() == Fact.Decision.ALLOW;
    return new Judgement(
        recorded,
        allowed ? counts : Collections.emptyNavigableMap(),
        entities,
        Optional.of(tool),
        verdict.reasons());
  }

  /** Guardrails only forbid: a permit among them would branch past the spec. */
  private static Answer join(Answer granted, Answer guarded) {
    List<Policy> forbids = new ArrayList<>(granted.forbids());
    guarded.forbids().stream().filter(p -> !observes(p)).forEach(forbids::add);
    List<PolicyError> errors = new ArrayList<>(granted.errors());
    guarded.errors().stream().filter(e -> !observes(e.policy())).forEach(errors::add);
    return new Answer(granted.permits(), forbids, errors);
  }

  /** A guardrail in observation stands against nothing. */
  private static boolean observes(Policy policy) {
    return policy.annotation("mode").equals(Optional.of("observe"));
  }

  /** Why the token alone does not reach the call: its scope, or a narrowed limit used up. */
  private static Optional<String> outsideToken(Standing.Live live, CallRequest call) {
    Optional<Permission> reaching =
        live.token()
            .scope()
            .reaching(
                call.mapping().action(),
                call.mapping().resource(),
                call.mapping().environment(),
                call.targets());
    if (reaching.isEmpty()) {
      return Optional.of("outside-token");
    }
    // A first token's limits are the grant's own, which are policy; narrowed ones are counted here.
    if (live.token().parent().isPresent()) {
      Map<String, Long> used = live.task().used();
      String suffix = "@" + live.token().id().value();
      Usage usage = Usage.of(stripped(used, suffix), environment(call), call.mapping().resource());
      NavigableMap<String, Long> limits = reaching.get().limits();
      if (usage.calls() >= limits.getOrDefault("calls", Long.MAX_VALUE)
          || usage.rows() >= limits.getOrDefault("rows", Long.MAX_VALUE)) {
        return Optional.of("token-limit");
      }
    }
    return Optional.empty();
  }

  private static Map<String, Long> stripped(Map<String, Long> used, String suffix) {
    Map<String, Long> out = new TreeMap<>();
    used.forEach((name, count) -> {
      if (name.endsWith(suffix)) {
        out.put(name.substring(0, name.length() - suffix.length()), count);
      }
    });
    return out;
  }

  /** The task's counters, and those of every exchanged token in the chain. */
  private static NavigableMap<String, Long> counts(Standing.Live live, CallRequest call) {
    NavigableMap<String, Long> counts = new TreeMap<>(call.counts());
    Token each = live.token();
    while (each.parent().isPresent()) {
      for (Map.Entry<String, Long> count : call.counts().entrySet()) {
        counts.put(count.getKey() + "@" + each.id().value(), count.getValue());
      }
      each = Optional.ofNullable(live.task().tokens().get(each.parent().get())).orElseThrow();
    }
    return counts;
  }

  private static String environment(CallRequest call) {
    return call.mapping().environment();
  }

  private static CallContext context(Documents documents, Standing.Live live, Instant now) {
    Task.Open task = live.task();
    List<Workload> actors = new ArrayList<>();
    for (String actor : TokenTerms.actors(task, live.token()).reversed()) {
      actors.add(new Workload(actor));
    }
    String requester = task.opened().requester();
    Initiator initiator =
        switch (task.opened().initiator()) {
          case HUMAN -> Initiator.HUMAN;
          case SCHEDULE -> Initiator.SCHEDULE;
          case AGENT -> Initiator.AGENT;
        };
    TaskView view =
        new TaskView(
            new Workload(task.opened().workload()),
            actors,
            requester,
            documents.catalogue().person(requester),
            initiator,
            life(live),
            task.used());
    return new CallContext(
        task.workflow(), documents.writ().spec(), documents.writ().slice(), view, now);
  }

  /** What the spec gives a task; its own end may come sooner with the writ's. */
  private static Duration life(Standing.Live live) {
    return live.writ().issued().terms().taskLife();
  }

  private static Judgement deny(String reason, String why) {
    return new Judgement(
        verdict(Fact.Decision.DENY, List.of(), List.of(), reason),
        Collections.emptyNavigableMap(),
        NO_ENTITIES,
        Optional.empty(),
        List.of(why));
  }

  private static Fact.Verdict verdict(
      Fact.Decision decision, List<String> policies, List<String> errors, String reason) {
    return new Fact.Verdict(decision, policies, errors, reason);
  }

  private static List<String> names(List<Policy> policies) {
    return policies.stream().map(Policy::name).toList();
  }

  private static List<String> erred(List<PolicyError> errors) {
    return errors.stream().map(e -> e.policy().name()).toList();
  }
}

package dev.writ.server.gateway;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.ledger.MonotonicClock;
import dev.writ.server.gateway.CallOutcome.Ending;
import dev.writ.server.upstream.SendPermit;
import dev.writ.server.upstream.UpstreamAnswer;
import dev.writ.server.upstream.UpstreamCall;
import dev.writ.server.upstream.Upstreams;
import dev.writ.server.upstream.WireJson;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * One governed call: a place for its outcome, the decision, the permit, the upstream, the outcome.
 * In this order, and nothing is sent when a step before it failed.
 */
final class ToolCalls {
  /** Where a result's {@code _meta} names its call. */
  private static final String META_CALL = "dev.writ/call";

  /** Where it names the policies that allowed it. */
  static final String META_POLICIES = "dev.writ/policies";

  private final Authority authority;
  private final Outcomes outcomes;
  private final Upstreams upstreams;
  private final MonotonicClock clock;

  ToolCalls(Authority authority, Outcomes outcomes, Upstreams upstreams, MonotonicClock clock) {
    this.authority = authority;
    this.outcomes = outcomes;
    this.upstreams = upstreams;
    this.clock = clock;
  }

  /** What came of a call for the agent. */
  sealed interface Called {
    record Result(Json.Obj result) implements Called {}

    record NoResult(CallRefusal why) implements Called {}

    /** The token is not live. */
    record TokenRefused(Decided.Refused why) implements Called {}
  }

  Called call(CallQuestion question, String workload) {
    Optional<Outcomes.Place> place = outcomes.reserve();
    if (place.isEmpty()) {
      return new Called.NoResult(
          new CallRefusal.Unavailable("too many outcomes of earlier calls wait to be recorded"));
    }
    // The permit's time counts from before the question: however slow the answer, never longer.
    long asked = clock.nanos();
    Decided decided;
    try {
      decided = authority.decide(question);
    } catch (RuntimeException e) {
      place.get().unused();
      throw e;
    }
    if (decided instanceof Decided.Allowed allowed) {
      return send(question, allowed, asked, workload, place.get());
    }
    place.get().unused();
    return switch (decided) {
      case Decided.Allowed a -> throw new IllegalStateException("handled above");
      case Decided.Denied denied -> new Called.NoResult(new CallRefusal.Denied(denied));
      case Decided.Refused refused -> new Called.TokenRefused(refused);
      case Decided.Repeated(var call) -> new Called.NoResult(new CallRefusal.Repeated(call));
    };
  }

  private Called send(
      CallQuestion question,
      Decided.Allowed allowed,
      long asked,
      String workload,
      Outcomes.Place place) {
    SendPermit permit =
        () ->
            clock.nanos() - asked < allowed.sendWithin().toNanos()
                && !authority.revocations().mayHaveEnded(allowed.hangsOn(), asked);
    UpstreamCall call =
        new UpstreamCall(
            allowed.upstream(),
            question.task() + " " + workload,
            allowed.upstreamTool(),
            allowed.arguments(),
            permit);
    Ending ending = new Ending.Lost(Fact.Sent.UNKNOWN);
    try {
      UpstreamAnswer answer = upstreams.call(call);
      Judged judged = judge(allowed, answer);
      ending = judged.ending();
      return judged.called();
    } finally {
      place.record(new CallOutcome(allowed.call(), question.task(), ending));
    }
  }

  private record Judged(Ending ending, Called called) {}

  private static Judged judge(Decided.Allowed allowed, UpstreamAnswer answer) {
    CallRefusal.Permitted call = permitted(allowed);
    return switch (answer) {
      case UpstreamAnswer.Returned(Json.Obj result) -> returned(allowed, result);
      case UpstreamAnswer.Failed(String cause, String detail) ->
          without(new Ending.Failed(cause), new CallRefusal.Failed(call, cause, detail));
      case UpstreamAnswer.NeverSent(String cause, String detail) ->
          without(
              new Ending.Lost(Fact.Sent.NEVER),
              cause.equals(UpstreamAnswer.TOO_LATE)
                  ? new CallRefusal.TooLate(call)
                  : new CallRefusal.NotSent(call, cause, detail));
      case UpstreamAnswer.Unknown(String cause, String detail) ->
          without(new Ending.Lost(Fact.Sent.UNKNOWN), new CallRefusal.Unknown(call, cause, detail));
    };
  }

  private static CallRefusal.Permitted permitted(Decided.Allowed allowed) {
    return new CallRefusal.Permitted(allowed.call(), allowed.policies());
  }

  private static Judged without(Ending ending, CallRefusal why) {
    return new Judged(ending, new Called.NoResult(why));
  }

  private static Judged returned(Decided.Allowed allowed, Json.Obj result) {
    boolean toolError = result.get("isError").equals(Optional.of(Json.of(true)));
    Optional<NavigableMap<String, Long>> used = Counting.count(result, allowed.counters());
    if (used.isEmpty() && !toolError) {
      String cause = "uncountable-answer";
      String detail = "its answer does not hold what its limits are counted by";
      return without(
          new Ending.Failed(cause), new CallRefusal.Failed(permitted(allowed), cause, detail));
    }
    Ending ending =
        new Ending.Returned(
            WireJson.text(result), toolError, used.orElseGet(java.util.TreeMap::new));
    return new Judged(ending, new Called.Result(named(allowed, result)));
  }

  /**
   * The result with the call's id and policies in its {@code _meta}, so that agents can cite the
   * record.
   */
  private static Json.Obj named(Decided.Allowed allowed, Json.Obj result) {
    Json.Builder meta = Json.object();
    result.object("_meta").map(Json.Obj::members).orElse(Map.of()).entrySet().stream()
        .filter(e -> !e.getKey().equals(META_CALL) && !e.getKey().equals(META_POLICIES))
        .forEach(e -> meta.put(e.getKey(), e.getValue()));
    meta.put(META_CALL, allowed.call().value());
    meta.put(META_POLICIES, Json.strings(allowed.policies()));
    Json.Builder out = Json.object();
    result.members().entrySet().stream()
        .filter(e -> !e.getKey().equals("_meta"))
        .forEach(e -> out.put(e.getKey(), e.getValue()));
    return out.put("_meta", meta.build()).build();
  }
}

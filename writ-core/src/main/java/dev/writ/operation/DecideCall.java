package dev.writ.operation;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.catalogue.Tool;
import dev.writ.catalogue.Upstream;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.fact.RecordedFact;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.Standing;
import dev.writ.state.State;
import dev.writ.state.Task;
import dev.writ.state.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One tool call is decided in context and recorded before it happens. Policy is evaluated inside
 * the rule, so that no verdict can go stale; parsing and sealing are done before.
 */
public final class DecideCall {
  /** How long after its decision an allowed call may be sent (invariant I5). */
  public static final Duration SEND_WITHIN = Duration.ofSeconds(2);

  private static final int TRIES = 4;

  private final Ledger ledger;
  private final Library library;
  private final Payloads payloads;
  private final Entropy entropy;

  public DecideCall(Ledger ledger, Library library, Payloads payloads, Entropy entropy) {
    this.ledger = ledger;
    this.library = library;
    this.payloads = payloads;
    this.entropy = entropy;
  }

  /**
   * @param task the task that the verified token names
   * @param token the verified token's id
   * @param key the JSON-RPC id within the task, where the caller's ids are its own
   */
  public record Request(
      TaskId task, TokenId token, String tool, Json.Obj arguments, Optional<CommandKey> key) {}

  public sealed interface Reply {
    /**
     * Recorded; may be sent within {@link #SEND_WITHIN}, and needs an outcome.
     *
     * @param hangsOn ids of the workflow, writ, task, and the token with its ancestors: the end of
     *     any of them before the first byte is sent ends this permit
     */
    record Allowed(
        CallId call, Tool tool, Upstream upstream, Fact.Verdict verdict, List<String> hangsOn)
        implements Reply {
      public Allowed {
        hangsOn = List.copyOf(hangsOn);
      }
    }

    /** Recorded; nothing may be sent. */
    record Denied(CallId call, Fact.Verdict verdict, List<String> why) implements Reply {}

    /** The same call was decided before, whatever the answer was; it is not sent twice. */
    record Repeated(CallId call) implements Reply {}

    /** Not decided: the token is not live, or a limit is reached. */
    record Refused(Refusal refusal) implements Reply {}
  }

  private sealed interface Ruled {
    record Say(Reply reply) implements Ruled {}

    /** Guardrails, catalogue or writ are no longer those that were read: read again. */
    record Stale() implements Ruled {}
  }

  /** All that is computed before the pen is held. */
  private record Ready(
      Judge.Documents documents, Digest guardrails, Digest catalogue, Payloads.Sealed sealed) {}

  public Reply run(Request request) {
    CallId call = CallId.fresh(entropy);
    for (int i = 0; i < TRIES; i++) {
      State state = i == 0 ? ledger.published() : ledger.confirmed();
      Optional<Task> task = state.task(request.task());
      if (task.isEmpty() && i == 0) {
        continue;
      }
      if (!(task.orElse(null) instanceof Task.Open open)) {
        Standing.Why why = task.isEmpty() ? Standing.Why.TASK_UNKNOWN : Standing.Why.TASK_ENDED;
        return new Reply.Refused(new Refusal.TokenNotLive(why));
      }
      Optional<Ready> ready = ready(state, open, request);
      if (ready.isEmpty()) {
        return new Reply.Refused(new Refusal.TokenNotLive(Standing.Why.WRIT_OVER));
      }
      Command<Ruled> command =
          Command.of(open.workflow(), (s, now) -> rule(s, now, request, ready.get(), call));
      if (ledger.write(command).reply() instanceof Ruled.Say(Reply reply)) {
        return reply;
      }
    }
    return new Reply.Refused(new Refusal.Moved());
  }

  private Optional<Ready> ready(State state, Task.Open task, Request request) {
    Optional<Digest> guardrails = state.government().guardrails();
    Optional<Digest> catalogue = state.government().catalogue();
    if (!state.writs().containsKey(task.writ()) || guardrails.isEmpty() || catalogue.isEmpty()) {
      return Optional.empty();
    }
    Fact.WritIssued issued =
        Optional.ofNullable(state.writs().get(task.writ())).orElseThrow().issued();
    Judge.Documents documents =
        new Judge.Documents(
            library.writ(issued),
            library.policies(guardrails.get()),
            library.catalogue(catalogue.get()));
    Judge.Question question = new Judge.Question(request.tool(), request.arguments());
    Payloads.Sealed sealed = payloads.seal(task.workflow(), question.toJson().canonical());
    return Optional.of(new Ready(documents, guardrails.get(), catalogue.get(), sealed));
  }

  private static Ruling<Ruled> rule(
      State state, Instant now, Request request, Ready ready, CallId call) {
    Optional<RecordedFact> before = request.key().flatMap(state::answered);
    if (before.isPresent()) {
      return say(
          before.get().fact() instanceof Fact.CallDecided decided
              ? new Reply.Repeated(decided.call())
              : new Reply.Refused(new Refusal.KeyReused()));
    }
    boolean current =
        state.government().guardrails().equals(Optional.of(ready.guardrails()))
            && state.government().catalogue().equals(Optional.of(ready.catalogue()));
    if (!current) {
      return Ruling.say(new Ruled.Stale());
    }
    return switch (Standing.of(state, request.task(), request.token(), now)) {
      case Standing.Dead(Standing.Why why) -> say(new Reply.Refused(new Refusal.TokenNotLive(why)));
      case Standing.Live live -> decide(state, live, now, request, ready, call);
    };
  }

  private static Ruling<Ruled> decide(
      State state, Standing.Live live, Instant now, Request request, Ready ready, CallId call) {
    Actor by = new Actor.Workload(live.token().workload());
    About about =
        About.workflow(live.task().workflow())
            .task(live.task().id())
            .dossier(live.writ().issued().dossier())
            .policies(ready.guardrails());
    if (live.task().calls().size() >= Task.MOST_OPEN_CALLS) {
      Refusal why = new Refusal.LimitReached("calls of a task without an outcome");
      return Refusals.recorded(
          new Refusals.Who("DecideCall", by, about), why, new Ruled.Say(new Reply.Refused(why)));
    }
    Judge.Question question = new Judge.Question(request.tool(), request.arguments());
    Judge.Judgement judgement = Judge.judge(ready.documents(), live, question, now);
    byte[] entities = judgement.entities().canonical();
    Digest entitiesDigest = Digest.sha256(entities);
    Fact.Basis basis =
        new Fact.Basis(
            ready.sealed().ref(),
            entitiesDigest,
            live.writ().issued().terms().generated(),
            ready.guardrails(),
            state.size(),
            Collections.unmodifiableNavigableMap(new TreeMap<>(live.task().used())),
            Judge.LANGUAGE);
    Fact decided =
        new Fact.CallDecided(
            call,
            live.token().id(),
            // An unknown tool's name is the agent's own text, which no fact may hold.
            judgement.tool().map(Tool::name).orElse("unknown"),
            judgement.verdict(),
            basis,
            now.plus(SEND_WITHIN),
            judgement.counts());
    FactDraft draft = FactDraft.of(by, about, decided);
    List<Attachment> attachments = new ArrayList<>(ready.sealed().attachments());
    attachments.add(new Attachment.Blob(entitiesDigest, entities));
    return new Ruling<>(
        List.of(request.key().map(draft::under).orElse(draft)),
        attachments,
        new Ruled.Say(reply(ready, live, judgement, call)));
  }

  private static Reply reply(
      Ready ready, Standing.Live live, Judge.Judgement judgement, CallId call) {
    return switch (judgement.verdict().decision()) {
      case DENY -> new Reply.Denied(call, judgement.verdict(), judgement.why());
      case ALLOW -> {
        Tool tool = judgement.tool().orElseThrow();
        Upstream upstream =
            ready.documents().writ().slice().upstream(tool.upstream()).orElseThrow();
        yield new Reply.Allowed(call, tool, upstream, judgement.verdict(), hangsOn(live));
      }
    };
  }

  private static List<String> hangsOn(Standing.Live live) {
    List<String> ids = new ArrayList<>();
    ids.add(live.task().workflow().value());
    ids.add(live.writ().id().value());
    ids.add(live.task().id().value());
    for (Optional<Token> each = Optional.of(live.token()); each.isPresent(); ) {
      ids.add(each.get().id().value());
      each = each.get().parent().map(p -> live.task().tokens().get(p));
    }
    return ids;
  }

  private static Ruling<Ruled> say(Reply reply) {
    return Ruling.say(new Ruled.Say(reply));
  }
}

package dev.writ.server.gateway;

import dev.writ.base.Digest;
import dev.writ.base.NodeId;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.catalogue.Tool;
import dev.writ.fact.Actor;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Fact;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.MonotonicClock;
import dev.writ.operation.DecideCall;
import dev.writ.operation.Library;
import dev.writ.operation.ListTools;
import dev.writ.operation.RecordOutcome;
import dev.writ.operation.Refusal;
import dev.writ.server.upstream.Upstream;
import dev.writ.state.Standing;
import dev.writ.state.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** The authority of a node that holds the ledger: each question is an operation. */
public final class OperationAuthority implements Authority {
  /** How long a caller's key is remembered. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final Operations operations;
  private final InstantSource clock;
  private final NodeId node;
  private final MonotonicClock nanos;
  private final RevocationFeed feed;
  private final ConcurrentLinkedDeque<Permit> permits = new ConcurrentLinkedDeque<>();

  /** What the questions become. */
  public record Operations(DecideCall decide, RecordOutcome outcome, ListTools tools) {}

  /** An allow that may still be sent. */
  private record Permit(TaskId task, TokenId token, long nanos) {}

  public OperationAuthority(
      Operations operations, InstantSource clock, NodeId node, MonotonicClock nanos) {
    this.operations = operations;
    this.clock = clock;
    this.node = node;
    this.nanos = nanos;
    this.feed = new RevocationFeed(nanos);
  }

  /**
   * To be told every published state, before anybody is answered from it: permits given lately
   * whose token is no longer live are called back.
   */
  public void published(State state) {
    long now = nanos.nanos();
    while (true) {
      Permit oldest = permits.peekFirst();
      if (oldest == null || now - oldest.nanos() <= Decided.LONGEST_PERMIT.toNanos() * 2) {
        break;
      }
      permits.remove(oldest);
    }
    List<String> ended = new ArrayList<>();
    for (Permit permit : permits) {
      if (Standing.of(state, permit.task(), permit.token(), clock.instant())
              instanceof Standing.Dead
          && permits.remove(permit)) {
        ended.add(permit.token().value());
      }
    }
    if (!ended.isEmpty()) {
      feed.ended(ended);
    }
  }

  @Override
  public Decided decide(CallQuestion question) {
    return noted(
            question,
            () ->
                Optional.of(
                    answer(asking(() -> operations.decide().run(request(question))), question)))
        .orElseThrow();
  }

  /**
   * Notes the permit of a decision that may be made elsewhere, so that this node calls it back from
   * its own gateway. Only for a token that this node's published state holds.
   */
  public Optional<Decided> noted(CallQuestion question, Supplier<Optional<Decided>> decider) {
    // Noted before the decision, so that a revocation right behind it finds the permit.
    Permit permit = new Permit(question.task(), question.token(), nanos.nanos());
    permits.addLast(permit);
    boolean allowed = false;
    try {
      Optional<Decided> decided = decider.get();
      allowed = decided.orElse(null) instanceof Decided.Allowed;
      return decided;
    } finally {
      if (!allowed) {
        permits.remove(permit);
      }
    }
  }

  private DecideCall.Request request(CallQuestion question) {
    Digest request =
        Digest.sha256(
            question.tool().getBytes(StandardCharsets.UTF_8),
            new byte[1],
            question.arguments().canonical());
    Digest key =
        Digest.sha256(
            question.task().value().getBytes(StandardCharsets.US_ASCII),
            question.callerKey().bytes());
    return new DecideCall.Request(
        question.task(),
        question.token(),
        question.tool(),
        question.arguments(),
        Optional.of(new CommandKey(key, request, clock.instant().plus(REMEMBERED))));
  }

  private static Decided answer(DecideCall.Reply reply, CallQuestion question) {
    return switch (reply) {
      case DecideCall.Reply.Allowed allowed ->
          new Decided.Allowed(
              allowed.call(),
              DecideCall.SEND_WITHIN,
              upstream(allowed.upstream()),
              allowed.tool().upstreamTool(),
              question.arguments(),
              allowed.hangsOn(),
              counters(allowed.tool()),
              allowed.verdict().policies());
      case DecideCall.Reply.Denied denied ->
          new Decided.Denied(
              Optional.of(denied.call()),
              denied.verdict().reason(),
              determining(denied.verdict()),
              String.join("; ", denied.why()),
              "do something else within the spec, or have the spec changed");
      case DecideCall.Reply.Repeated(var call) -> new Decided.Repeated(call);
      case DecideCall.Reply.Refused(Refusal.TokenNotLive why) ->
          new Decided.Refused(why.name(), why.what() + ". " + why.remedy());
      case DecideCall.Reply.Refused(Refusal why) ->
          new Decided.Denied(Optional.empty(), why.name(), List.of(), why.what(), why.remedy());
    };
  }

  /** Who decided: where nothing forbids but a policy's failure, the policies that failed. */
  private static List<String> determining(Fact.Verdict verdict) {
    return verdict.policies().isEmpty() ? verdict.errors() : verdict.policies();
  }

  private static NavigableMap<String, String> counters(Tool tool) {
    NavigableMap<String, String> counters = new TreeMap<>();
    tool.mapping().rows().ifPresent(pointer -> counters.put("rows", pointer.text()));
    return counters;
  }

  private static Upstream upstream(dev.writ.catalogue.Upstream upstream) {
    return switch (upstream.endpoint()) {
      case dev.writ.catalogue.Upstream.Http http -> new Upstream.Http(http.url(), upstream.call());
      case dev.writ.catalogue.Upstream.Stdio stdio ->
          new Upstream.Stdio(stdio.command(), upstream.call(), stdio.limits());
    };
  }

  @Override
  public void record(List<CallOutcome> outcomes) {
    if (outcomes.size() == 1) {
      recordOne(outcomes.getFirst());
      return;
    }
    List<Future<?>> under = new ArrayList<>();
    // Together, so that the pen takes them in one batch and not in one commit each.
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      outcomes.forEach(outcome -> under.add(all.submit(() -> recordOne(outcome))));
    }
    for (Future<?> one : under) {
      if (one.state() == Future.State.FAILED) {
        throw one.exceptionNow() instanceof AuthorityDown down
            ? down
            : new IllegalStateException("an outcome was not recorded", one.exceptionNow());
      }
    }
  }

  private void recordOne(CallOutcome outcome) {
    asking(() ->
        operations
            .outcome()
            .run(
                new RecordOutcome.Request(
                    new Actor.Node(node),
                    outcome.task(),
                    outcome.call(),
                    ending(outcome.ending()))));
  }

  private static RecordOutcome.Outcome ending(CallOutcome.Ending ending) {
    return switch (ending) {
      case CallOutcome.Ending.Returned(String result, boolean toolError, var used) ->
          new RecordOutcome.Outcome.Returned(
              result.getBytes(StandardCharsets.UTF_8), toolError, used);
      case CallOutcome.Ending.Failed(String cause) -> new RecordOutcome.Outcome.Failed(cause);
      case CallOutcome.Ending.Lost(var sent) -> new RecordOutcome.Outcome.Lost(sent);
    };
  }

  @Override
  public ToolsSeen tools(TaskId task, TokenId token) {
    return switch (asking(() -> operations.tools().run(new ListTools.Request(task, token)))) {
      case ListTools.Reply.Listed(List<Tool> tools) ->
          new ToolsSeen.Listed(
              tools.stream()
                  .map(t -> new ToolsSeen.Tool(t.name(), t.description(), t.inputSchema()))
                  .toList());
      case ListTools.Reply.Refused(Refusal why) ->
          new ToolsSeen.Refused(why.name(), why.what() + ". " + why.remedy());
    };
  }

  @Override
  public RevocationFeed revocations() {
    return feed;
  }

  /** A ledger that cannot decide, or a document that is not there, is an authority that is down. */
  private static <T> T asking(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (LedgerFault fault) {
      throw new AuthorityDown("the ledger cannot decide", fault.retryAfter());
    } catch (Library.Missing missing) {
      throw new AuthorityDown("a document cannot be read", Duration.ZERO);
    }
  }
}

package dev.writ.server.gateway;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.ledger.MonotonicClock;
import dev.writ.server.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * An authority in memory that behaves: tokens live and die, a caller key is decided once, an allow
 * wants exactly one outcome. What breaks those rules is kept in {@link #complaints}.
 */
final class ScriptedAuthority implements Authority {
  private final Entropy entropy;
  private final RevocationFeed feed;
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final Map<TokenId, TaskId> live = new LinkedHashMap<>();
  private final Map<Digest, CallId> decided = new LinkedHashMap<>();
  private final Map<CallId, CallQuestion> open = new LinkedHashMap<>();
  private final List<CallOutcome> outcomes = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private Runnable afterDecision = () -> {};
  private boolean down;
  private boolean cannotRecord;
  private int questions;
  private int refusedRecords;

  /** A tool and when it may be called. */
  record Rule(
      Upstream upstream,
      String upstreamTool,
      Predicate<Json.Obj> permits,
      NavigableMap<String, String> counters) {
    Rule(Upstream upstream, String upstreamTool) {
      this(upstream, upstreamTool, a -> true, new TreeMap<>());
    }
  }

  ScriptedAuthority(Entropy entropy, MonotonicClock clock) {
    this.entropy = entropy;
    this.feed = new RevocationFeed(clock);
  }

  synchronized void tool(String name, Rule rule) {
    rules.put(name, rule);
  }

  synchronized TokenId issue(TaskId task) {
    TokenId token = TokenId.fresh(entropy);
    live.put(token, task);
    return token;
  }

  synchronized void revoke(TokenId token) {
    live.remove(token);
    feed.ended(List.of(token.value()));
  }

  synchronized void down(boolean now) {
    down = now;
  }

  synchronized void cannotRecord(boolean now) {
    cannotRecord = now;
  }

  /** Runs when a decision is made and not yet answered: the gateway's longest moment. */
  synchronized void afterDecision(Runnable hook) {
    afterDecision = hook;
  }

  synchronized int questions() {
    return questions;
  }

  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  synchronized List<CallOutcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /** Waits until so many outcomes are recorded. */
  synchronized List<CallOutcome> awaitOutcomes(int count) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (outcomes.size() < count) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(outcomes.size() + " outcomes, not " + count);
      }
      wait(left / 1_000_000 + 1);
    }
    return outcomes();
  }

  /** Waits until recording was refused so many times. */
  synchronized void awaitRefusedRecords(int count) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (refusedRecords < count) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(refusedRecords + " refused records, not " + count);
      }
      wait(left / 1_000_000 + 1);
    }
  }

  @Override
  public Decided decide(CallQuestion question) {
    Decided answer;
    Runnable hook;
    synchronized (this) {
      questions++;
      answer = judge(question);
      hook = afterDecision;
    }
    hook.run();
    return answer;
  }

  private Decided judge(CallQuestion question) {
    if (down) {
      throw new AuthorityDown("the ledger cannot be written", Duration.ofSeconds(2));
    }
    if (!question.task().equals(live.get(question.token()))) {
      return new Decided.Refused("token-revoked", "the token is not live");
    }
    CallId before = decided.get(question.callerKey());
    if (before != null) {
      return new Decided.Repeated(before);
    }
    CallId call = CallId.fresh(entropy);
    decided.put(question.callerKey(), call);
    Rule rule = rules.get(question.tool());
    if (rule == null) {
      return new Decided.Denied(
          Optional.of(call), "unknown-tool", List.of(), "there is no such tool", "list the tools");
    }
    if (!rule.permits().test(question.arguments())) {
      return new Decided.Denied(
          Optional.of(call),
          "not-permitted",
          List.of("generated-1", "guard-7"),
          "the supplier is outside the grant",
          "ask for a wider spec");
    }
    open.put(call, question);
    return new Decided.Allowed(
        call,
        Duration.ofSeconds(2),
        rule.upstream(),
        rule.upstreamTool(),
        question.arguments(),
        List.of(question.task().value(), question.token().value()),
        rule.counters(),
        List.of("scripted"));
  }

  @Override
  public synchronized void record(List<CallOutcome> batch) {
    if (down || cannotRecord) {
      refusedRecords++;
      notifyAll();
      throw new AuthorityDown("the ledger cannot be written", Duration.ofSeconds(2));
    }
    for (CallOutcome outcome : batch) {
      CallQuestion asked = open.remove(outcome.call());
      if (asked == null || !asked.task().equals(outcome.task())) {
        complaints.add("an outcome for a call that is not open: " + outcome);
      }
      outcomes.add(outcome);
    }
    notifyAll();
  }

  @Override
  public synchronized ToolsSeen tools(TaskId task, TokenId token) {
    if (down) {
      throw new AuthorityDown("the ledger cannot be read", Duration.ofSeconds(2));
    }
    if (!live.containsKey(token)) {
      return new ToolsSeen.Refused("token-revoked", "the token is not live");
    }
    return new ToolsSeen.Listed(
        rules.keySet().stream()
            .map(n -> new ToolsSeen.Tool(n, "the tool " + n, schema()))
            .toList());
  }

  private static Json.Obj schema() {
    return Json.object().put("type", "object").put("properties", Json.object().build()).build();
  }

  @Override
  public RevocationFeed revocations() {
    return feed;
  }
}

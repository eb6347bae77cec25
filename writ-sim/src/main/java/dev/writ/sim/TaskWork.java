package dev.writ.sim;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.PayloadId;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.fact.PayloadRef;
import dev.writ.ledger.Rule;
import dev.writ.ledger.Ruling;
import dev.writ.state.OpenCall;
import dev.writ.state.State;
import dev.writ.state.Task;
import dev.writ.state.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tasks opened, tokens issued and narrowed, calls decided and answered, tasks completed: small
 * rules over real facts, with a share of poison. It remembers a few tasks at a time.
 */
public final class TaskWork implements SimWork {
  /** The operation of a fact that a store under {@link SimFaults} refuses. */
  public static final String REFUSED_BY_STORE = "refused-by-the-store";

  private static final int REMEMBERED = 12;
  private static final Actor WORKLOAD = new Actor.Workload(SimWorld.WORKLOAD);

  private final SimWorld world;
  private final List<Known> known = new ArrayList<>();

  /** A task as its client knows it. */
  private record Known(int workflow, TaskId id, List<TokenId> tokens, List<CallId> calls) {}

  public TaskWork(SimWorld world) {
    this.world = world;
  }

  @Override
  public Act next(Chance chance, Instant now) {
    CommandKey key = key(chance, now);
    int dice = chance.below(100);
    if (known.isEmpty() || dice < 15) {
      return open(chance, now, key);
    }
    Known task = chance.of(known);
    if (dice < 30) {
      return issue(task, chance, key);
    }
    if (dice < 65) {
      return decide(task, chance, key);
    }
    if (dice < 82) {
      return outcome(task, chance, key);
    }
    if (dice < 88) {
      return complete(task, key);
    }
    if (dice < 97) {
      return note(task, key);
    }
    return poison(task, chance, key);
  }

  @Override
  public void acknowledged(Act act, Told told) {
    // What was drawn is remembered when drawn: an answer may be lost and the fact be there.
  }

  private static CommandKey key(Chance chance, Instant now) {
    Digest key = Digest.sha256(chance.bytes(16));
    return new CommandKey(key, Digest.ofText("request"), now.plus(Duration.ofHours(1)));
  }

  private About about(Known task) {
    return About.workflow(world.workflows().get(task.workflow())).task(task.id());
  }

  private Act act(String name, CommandKey key, Known task, Rule<Told> rule) {
    WorkflowId workflow = world.workflows().get(task.workflow());
    return new Act(
        name,
        key,
        Optional.of(workflow),
        Optional.of(task.id()),
        false,
        false,
        true,
        once(key, rule));
  }

  /** A repeat gets the first answer. */
  private static Rule<Told> once(CommandKey key, Rule<Told> rule) {
    return (state, now) ->
        state
            .answered(key)
            .map(fact -> Ruling.<Told>say(new Told.Repeated(fact.position())))
            .orElseGet(() -> rule.run(state, now));
  }

  private static Ruling<Told> record(FactDraft draft, CommandKey key, Told told) {
    return Ruling.of(List.of(draft.under(key)), told);
  }

  private static Ruling<Told> refuse(String why) {
    return Ruling.say(new Told.Refused(why));
  }

  private Act open(Chance chance, Instant now, CommandKey key) {
    int workflow = chance.below(world.workflows().size());
    Known task = new Known(workflow, TaskId.fresh(chance), new ArrayList<>(), new ArrayList<>());
    known.add(task);
    if (known.size() > REMEMBERED) {
      known.removeFirst();
    }
    WritId writ = world.writs().get(workflow);
    Instant until = now.plus(Duration.ofMinutes(15));
    Fact.TaskOpened opened =
        new Fact.TaskOpened(writ, SimWorld.WORKLOAD, "noor.haddad", Fact.Initiator.HUMAN, until);
    return act(
        "open",
        key,
        task,
        (state, at) ->
            state.writ(writ, at).isEmpty() || state.task(task.id()).isPresent()
                ? refuse("no writ")
                : record(FactDraft.of(WORKLOAD, about(task), opened), key, new Told.Recorded()));
  }

  private Act issue(Known task, Chance chance, CommandKey key) {
    TokenId id = TokenId.fresh(chance);
    boolean child = !task.tokens().isEmpty() && chance.oneIn(2);
    Optional<TokenId> parent = child ? Optional.of(chance.of(task.tokens())) : Optional.empty();
    task.tokens().add(id);
    return act("issue", key, task, (state, now) -> issued(state, now, task, id, parent, key));
  }

  private Ruling<Told> issued(
      State state, Instant now, Known known, TokenId id, Optional<TokenId> parent, CommandKey key) {
    if (!(state.task(known.id()).orElse(null) instanceof Task.Open open) || !open.live(now)) {
      return refuse("no live task");
    }
    Optional<Token> from = parent.flatMap(p -> Optional.ofNullable(open.tokens().get(p)));
    boolean orphan = parent.isPresent() && from.filter(t -> now.isBefore(t.until())).isEmpty();
    if (orphan
        || from.filter(t -> t.depth() >= 2).isPresent()
        || open.tokens().size() >= Task.MOST_TOKENS) {
      return refuse("no live parent");
    }
    Instant most = from.map(Token::until).orElse(open.opened().until());
    Instant until = earlier(now.plus(Duration.ofMinutes(5)), most);
    Fact.TokenIssued issued =
        new Fact.TokenIssued(
            id,
            parent,
            from.isPresent() ? SimWorld.DELEGATE : SimWorld.WORKLOAD,
            "https://gateway.example",
            until,
            from.map(t -> SimWorld.narrowed()),
            Optional.empty());
    return record(FactDraft.of(WORKLOAD, about(known), issued), key, new Told.Recorded());
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private Act decide(Known task, Chance chance, CommandKey key) {
    CallId call = CallId.fresh(chance);
    TokenId token = task.tokens().isEmpty() ? TokenId.fresh(chance) : chance.of(task.tokens());
    PayloadRef request = payload(chance);
    task.calls().add(call);
    return act(
        "decide", key, task, (state, now) -> decided(state, now, task, token, call, request, key));
  }

  private Ruling<Told> decided(
      State state,
      Instant now,
      Known known,
      TokenId token,
      CallId call,
      PayloadRef request,
      CommandKey key) {
    Optional<Task> task = state.task(known.id());
    if (task.isEmpty()) {
      return refuse("no such task");
    }
    boolean allowed =
        task.get() instanceof Task.Open open
            && open.live(now)
            && liveToken(open, token, now)
            && open.calls().size() < Task.MOST_OPEN_CALLS;
    Digest any = Digest.ofText("");
    Fact.Decision decision = allowed ? Fact.Decision.ALLOW : Fact.Decision.DENY;
    TreeMap<String, Long> counts = new TreeMap<>();
    if (allowed) {
      counts.put("calls", 1L);
    }
    Fact decided =
        new Fact.CallDecided(
            call,
            token,
            "read_invoices",
            new Fact.Verdict(
                decision, List.of(), List.of(), allowed ? "permitted" : "outside-token"),
            new Fact.Basis(request, any, any, any, state.size(), new TreeMap<>(), "cedar-4/writ-1"),
            now.plusSeconds(2),
            counts);
    // A denial of an ended task is a fact about its workflow: the task takes no more calls.
    About about =
        task.get() instanceof Task.Open
            ? about(known)
            : About.workflow(world.workflows().get(known.workflow()));
    if (!(task.get() instanceof Task.Open)) {
      return record(
          FactDraft.of(WORKLOAD, about, new Fact.CommandRefused("decide", "task-ended")),
          key,
          new Told.Denied());
    }
    return record(
        FactDraft.of(WORKLOAD, about, decided),
        key,
        allowed ? new Told.Recorded() : new Told.Denied());
  }

  /** Live only while all its ancestors are. */
  private static boolean liveToken(Task.Open task, TokenId id, Instant now) {
    Optional<TokenId> at = Optional.of(id);
    while (at.isPresent()) {
      Token token = task.tokens().get(at.get());
      if (token == null || !now.isBefore(token.until())) {
        return false;
      }
      at = token.parent();
    }
    return true;
  }

  private Act outcome(Known task, Chance chance, CommandKey key) {
    CallId call = task.calls().isEmpty() ? CallId.fresh(chance) : task.calls().removeFirst();
    Fact outcome =
        switch (chance.below(3)) {
          case 0 -> new Fact.CallFailed(call, "timeout");
          case 1 -> new Fact.CallLost(call, Fact.Sent.UNKNOWN);
          default -> new Fact.CallReturned(call, false, payload(chance), new TreeMap<>());
        };
    return act(
        "outcome",
        key,
        task,
        (state, now) -> {
          Optional<OpenCall> open =
              state.task(task.id()).flatMap(t -> Optional.ofNullable(t.calls().get(call)));
          return open.isEmpty()
              ? refuse("not open")
              : record(FactDraft.of(WORKLOAD, about(task), outcome), key, new Told.Recorded());
        });
  }

  private Act complete(Known task, CommandKey key) {
    known.remove(task);
    Rule<Told> rule =
        (state, now) ->
            state.task(task.id()).orElse(null) instanceof Task.Open open
                ? record(
                    FactDraft.of(
                        WORKLOAD,
                        about(task),
                        new Fact.TaskCompleted(Fact.Cause.COMPLETED, open.liveTokens(now))),
                    key,
                    new Told.Recorded())
                : refuse("not open");
    WorkflowId workflow = world.workflows().get(task.workflow());
    return new Act(
        "complete",
        key,
        Optional.of(workflow),
        Optional.of(task.id()),
        true,
        false,
        true,
        once(key, rule));
  }

  /** A rule that does not look for its key: run twice, it writes twice. */
  private Act note(Known task, CommandKey key) {
    About workflow = About.workflow(world.workflows().get(task.workflow()));
    FactDraft draft = FactDraft.of(WORKLOAD, workflow, new Fact.CommandRefused("note", "noted"));
    return new Act(
        "note",
        key,
        workflow.workflow(),
        Optional.empty(),
        false,
        false,
        false,
        (state, now) -> record(draft, key, new Told.Recorded()));
  }

  private Act poison(Known task, Chance chance, CommandKey key) {
    About workflow = About.workflow(world.workflows().get(task.workflow()));
    Rule<Told> rule =
        switch (chance.below(5)) {
          case 0 ->
              (state, now) -> {
                throw new IllegalStateException("a rule with a bug");
              };
          case 1 ->
              (state, now) ->
                  record(
                      FactDraft.of(
                          WORKLOAD, workflow, new Fact.CommandRefused("x".repeat(66_000), "long")),
                      key,
                      new Told.Recorded());
          case 2 ->
              (state, now) ->
                  record(
                      FactDraft.of(
                          WORKLOAD,
                          about(task),
                          new Fact.CallFailed(
                              CallId.parse("cal_" + "0".repeat(26)).orThrow(), "x")),
                      key,
                      new Told.Recorded());
          case 3 ->
              (state, now) -> {
                FactDraft draft =
                    FactDraft.of(WORKLOAD, workflow, new Fact.CommandRefused("many", "many"));
                List<FactDraft> many = new ArrayList<>();
                for (int i = 0; i <= Ruling.MOST_FACTS; i++) {
                  many.add(draft);
                }
                return Ruling.of(many, new Told.Recorded());
              };
          default ->
              (state, now) ->
                  record(
                      FactDraft.of(
                          WORKLOAD, workflow, new Fact.CommandRefused(REFUSED_BY_STORE, "x")),
                      key,
                      new Told.Recorded());
        };
    return new Act("poison", key, workflow.workflow(), Optional.empty(), false, true, false, rule);
  }

  private static PayloadRef payload(Chance chance) {
    return new PayloadRef(PayloadId.fresh(chance), Digest.sha256(chance.bytes(8)));
  }
}

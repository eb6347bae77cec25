package dev.writ.cli.bench;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.PayloadId;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.fact.PayloadRef;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import dev.writ.state.Task;
import dev.writ.state.Token;
import dev.writ.token.Permission;
import dev.writ.token.Scope;
import dev.writ.token.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Calls of agents that each have a task and a token: decided, then answered. The rules do what a
 * call's rule does but for the policies, which have a measurement of their own.
 */
final class PenBenchWork {
  private static final String WORKLOAD = "spiffe://brightwater.example/finance/invoice-matcher";
  private static final Actor AGENT = new Actor.Workload(WORKLOAD);
  private static final Actor FOUNDER = new Actor.Person("noor.haddad");
  private static final Digest ANY = Digest.ofText("");
  private static final int AT_ONCE = 64;

  private final Entropy entropy;
  private final List<WorkflowId> workflows = new ArrayList<>();
  private final List<WritId> writs = new ArrayList<>();
  private final List<Agent> agents = new ArrayList<>();

  /** A task with its first token. */
  record Agent(About about, TaskId task, TokenId token) {}

  PenBenchWork(Entropy entropy, int workflows) {
    this.entropy = entropy;
    for (int i = 0; i < workflows; i++) {
      this.workflows.add(WorkflowId.fresh(entropy));
      this.writs.add(WritId.fresh(entropy));
    }
  }

  Entropy entropy() {
    return entropy;
  }

  List<Agent> agents() {
    return agents;
  }

  /** Founds the ledger, brings the writs into force, opens the tasks. */
  void found(Ledger ledger, int tasks, int tokensEach) {
    ledger.write((state, now) -> {
      List<FactDraft> facts = new ArrayList<>();
      facts.add(
          FactDraft.of(
              FOUNDER,
              About.ledger(),
              new Fact.LedgerFounded(
                  Fact.Mode.DEVELOPMENT,
                  "https://writ.example",
                  "ledger.writ.example",
                  "noor.haddad",
                  List.of())));
      for (int i = 0; i < workflows.size(); i++) {
        facts.add(issued(i, now));
      }
      return Ruling.of(facts, true);
    });
    List<FactDraft> waiting = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      open(i, tokensEach, waiting);
      if (waiting.size() > AT_ONCE - 1 - tokensEach || i == tasks - 1) {
        List<FactDraft> facts = List.copyOf(waiting);
        waiting.clear();
        ledger.write(Command.of((state, now) -> Ruling.of(facts, true)));
      }
    }
  }

  private FactDraft issued(int i, Instant now) {
    Permission read =
        new Permission(
            new TreeSet<>(List.of("read")),
            "ap-db/invoices",
            "staging",
            new Targets.Any(),
            new TreeMap<>(Map.of("calls", 1_000_000_000L)));
    Fact.Terms terms =
        new Fact.Terms(
            List.of("noor.haddad"),
            now.plus(Duration.ofDays(2)),
            Duration.ofDays(1),
            1,
            List.of(),
            ANY,
            ANY,
            new PayloadRef(PayloadId.fresh(entropy), ANY));
    return FactDraft.of(
        FOUNDER,
        About.workflow(workflows.get(i)),
        new Fact.WritIssued(
            writs.get(i), ANY, ANY, "noor.haddad", WORKLOAD, new Scope(List.of(read)), terms));
  }

  private void open(int i, int tokensEach, List<FactDraft> facts) {
    int workflow = i % workflows.size();
    TaskId task = TaskId.fresh(entropy);
    About about = About.workflow(workflows.get(workflow)).task(task).dossier(ANY).policies(ANY);
    Instant until = Instant.now().plus(Duration.ofDays(1));
    facts.add(
        FactDraft.of(
            AGENT,
            about,
            new Fact.TaskOpened(
                writs.get(workflow), WORKLOAD, "noor.haddad", Fact.Initiator.HUMAN, until)));
    TokenId first = TokenId.fresh(entropy);
    for (int k = 0; k < tokensEach; k++) {
      TokenId token = k == 0 ? first : TokenId.fresh(entropy);
      facts.add(
          FactDraft.of(
              AGENT,
              about,
              new Fact.TokenIssued(
                  token,
                  k == 0 ? Optional.empty() : Optional.of(first),
                  WORKLOAD,
                  "https://gateway.example",
                  until,
                  Optional.empty(),
                  Optional.of("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"))));
    }
    agents.add(new Agent(about, task, first));
  }

  /** A call to decide; the reply is whether it was allowed. */
  Command<Boolean> decide(Agent agent, CallId call) {
    PayloadRef request = new PayloadRef(PayloadId.fresh(entropy), ANY);
    return Command.of(
        agent.about().workflow().orElseThrow(),
        (state, now) -> decided(state, now, agent, call, request));
  }

  private static Ruling<Boolean> decided(
      State state, Instant now, Agent agent, CallId call, PayloadRef request) {
    boolean allowed =
        state.task(agent.task()).orElse(null) instanceof Task.Open open
            && open.live(now)
            && open.calls().size() < Task.MOST_OPEN_CALLS
            && mayRead(open, agent.token(), now)
            && state.writ(open.writ(), now).isPresent();
    if (!allowed) {
      return Ruling.say(false);
    }
    TreeMap<String, Long> counts = new TreeMap<>();
    counts.put("calls", 1L);
    Fact.Verdict verdict =
        new Fact.Verdict(Fact.Decision.ALLOW, List.of("grant-1"), List.of(), "permitted");
    Fact.Basis basis =
        new Fact.Basis(request, ANY, ANY, ANY, state.size(), counts, "cedar-4/writ-1");
    Fact decided =
        new Fact.CallDecided(
            call, agent.token(), "read_invoices", verdict, basis, now.plusSeconds(2), counts);
    return Ruling.of(List.of(FactDraft.of(AGENT, agent.about(), decided)), true);
  }

  private static boolean mayRead(Task.Open task, TokenId id, Instant now) {
    Token token = task.tokens().get(id);
    return token != null
        && now.isBefore(token.until())
        && token
            .scope()
            .reaching("read", "ap-db/invoices", "staging", new Targets.Any())
            .isPresent();
  }

  /** The call's answer came back. */
  Command<Boolean> returned(Agent agent, CallId call) {
    PayloadRef result = new PayloadRef(PayloadId.fresh(entropy), ANY);
    Fact returned = new Fact.CallReturned(call, false, result, new TreeMap<>());
    List<FactDraft> facts = List.of(FactDraft.of(AGENT, agent.about(), returned));
    return Command.of(
        agent.about().workflow().orElseThrow(),
        (state, now) ->
            state.task(agent.task()).filter(t -> t.calls().containsKey(call)).isPresent()
                ? Ruling.of(facts, true)
                : Ruling.say(false));
  }

  /** The end of a task. */
  Command<Boolean> complete(Agent agent) {
    return Command.revocation((state, now) ->
        state.task(agent.task()).orElse(null) instanceof Task.Open open
            ? Ruling.of(
                List.of(
                    FactDraft.of(
                        AGENT,
                        agent.about(),
                        new Fact.TaskCompleted(Fact.Cause.REVOKED, open.liveTokens(now)))),
                true)
            : Ruling.say(false));
  }

  /** One caller's next two commands, as often as it is asked: a decision and its outcome. */
  final class Caller implements PenBenchLoad.Once {
    private final Ledger ledger;
    private final Agent agent;
    private Optional<CallId> open = Optional.empty();

    Caller(Ledger ledger, Agent agent) {
      this.ledger = ledger;
      this.agent = agent;
    }

    @Override
    public boolean once() {
      try {
        if (open.isEmpty()) {
          CallId call = CallId.fresh(entropy);
          open = ledger.write(decide(agent, call)).reply() ? Optional.of(call) : Optional.empty();
          return open.isPresent();
        }
        boolean recorded = ledger.write(returned(agent, open.get())).reply();
        open = Optional.empty();
        return recorded;
      } catch (LedgerFault fault) {
        open = Optional.empty();
        return false;
      }
    }
  }
}

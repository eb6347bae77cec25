package dev.writ.sim;

import static dev.writ.sim.LogAuditor.require;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.Actor;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.fact.RecordedFact;
import dev.writ.operation.Replay;
import dev.writ.state.Standing;
import dev.writ.state.State;
import dev.writ.state.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads along what whole lives leave in the log and holds it against the invariants by its own
 * means: it keeps its own account of who was given what by whom, and asks no rule of Writ's.
 */
final class LifeAuditor {
  private final LifeCalls calls;
  private final Replay replay;
  private final Map<Digest, LifeWorld.Wish> wishes = new LinkedHashMap<>();
  private final Map<Digest, Dossier> dossiers = new LinkedHashMap<>();
  private final Set<String> submitted = new HashSet<>();
  private final Map<WorkflowId, Digest> waiting = new LinkedHashMap<>();
  private final Map<WritId, Writ> writs = new LinkedHashMap<>();
  private final Map<TaskId, Run> runs = new LinkedHashMap<>();
  private final Map<TokenId, Held> tokens = new LinkedHashMap<>();
  private final Map<Fact.PolicyKind, Digest> policies = new LinkedHashMap<>();

  /** What somebody asked for, and who agreed. */
  private record Dossier(
      WorkflowId workflow, Fact.SpecSubmitted submitted, Map<String, String> approvals) {}

  /** A writ, and where it ended. */
  record Writ(WorkflowId workflow, Fact.WritIssued issued, Optional<Long> ended) {}

  /** A task, and where it ended. */
  record Run(WorkflowId workflow, Fact.TaskOpened opened, Optional<Long> ended) {}

  /**
   * A token.
   *
   * @param at where it was issued
   * @param reach what it may do, as this account works it out
   */
  record Held(
      long at,
      TaskId task,
      Fact.TokenIssued issued,
      Optional<Held> parent,
      LifeReach reach,
      int depth,
      Optional<Long> revoked) {}

  LifeAuditor(LifeWorld world, dev.writ.operation.Payloads payloads) {
    this.calls = new LifeCalls(payloads);
    this.replay = new Replay(world.library(), payloads);
  }

  /** Somebody wrote this spec; nothing wider may come of it. */
  void wished(LifeWorld.Wish wish) {
    wishes.put(wish.spec().digest(), wish);
  }

  LifeCalls calls() {
    return calls;
  }

  // --- What others may ask ---

  /** Whether this dossier was submitted for this workflow. */
  boolean asked(Digest dossier, WorkflowId workflow) {
    return submitted.contains(dossier + " " + workflow);
  }

  Optional<Held> token(TokenId token) {
    return Optional.ofNullable(tokens.get(token));
  }

  Optional<Run> run(TaskId task) {
    return Optional.ofNullable(runs.get(task));
  }

  Optional<Writ> writ(WritId writ) {
    return Optional.ofNullable(writs.get(writ));
  }

  /**
   * Where the token, or what it hangs on, ended; a token that was never issued ended before all.
   */
  Optional<Long> ended(TokenId id) {
    Held held = tokens.get(id);
    if (held == null) {
      return Optional.of(-1L);
    }
    List<Long> ends = new ArrayList<>();
    for (Optional<Held> each = Optional.of(held); each.isPresent(); each = each.get().parent()) {
      // What is revoked is noted at the newest account of a token, which a child does not see.
      Optional.ofNullable(tokens.get(each.get().issued().token()))
          .flatMap(Held::revoked)
          .ifPresent(ends::add);
    }
    Run run = of(held.task());
    run.ended().ifPresent(ends::add);
    of(run.opened().writ()).ended().ifPresent(ends::add);
    return ends.stream().min(Long::compare);
  }

  /** The first moment at which time ends it, or what it hangs on. */
  Instant until(TokenId id) {
    Held held = tokens.get(id);
    Instant end = Instant.MIN;
    if (held != null) {
      Run run = of(held.task());
      end = earlier(run.opened().until(), of(run.opened().writ()).issued().terms().until());
      for (Optional<Held> each = Optional.of(held); each.isPresent(); each = each.get().parent()) {
        end = earlier(end, each.get().issued().until());
      }
    }
    return end;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private Run of(TaskId task) {
    Run run = runs.get(task);
    require(run != null, "I1: the task " + task + " was never opened");
    return java.util.Objects.requireNonNull(run);
  }

  private Writ of(WritId id) {
    Writ writ = writs.get(id);
    require(writ != null, "I1: the writ " + id + " was never issued");
    return java.util.Objects.requireNonNull(writ);
  }

  // --- Entry by entry ---

  /** Reads one entry. */
  void read(Entry entry) {
    RecordedFact r = entry.recorded();
    switch (r.fact()) {
      case Fact.PoliciesPublished(Fact.PolicyKind kind, Digest set) -> policies.put(kind, set);
      case Fact.SpecSubmitted f -> submitted(r, f);
      case Fact.ApprovalGiven f -> approved(r, f);
      case Fact.WritIssued f -> issued(r, f);
      case Fact.WritEnded f -> {
        Writ writ = of(f.writ());
        writs.put(f.writ(), new Writ(writ.workflow(), writ.issued(), Optional.of(r.position())));
      }
      case Fact.TaskOpened f -> opened(r, f);
      case Fact.TokenIssued f -> issued(r, f);
      case Fact.TokenRevoked f -> revoked(r, f.token());
      case Fact.FormerKeysRevoked(Fact.KeyUse use) when use == Fact.KeyUse.TOKEN ->
          // Whatever was signed before may be somebody else's.
          List.copyOf(tokens.keySet()).forEach(token -> revoked(r, token));
      case Fact.CallDecided f -> decided(r, f);
      case Fact.CallReturned f -> calls.ended(r, f.call());
      case Fact.CallFailed f -> calls.ended(r, f.call());
      case Fact.CallLost f -> calls.ended(r, f.call());
      case Fact.TaskCompleted f -> completed(r);
      case Fact.TaskSettled f ->
          require(calls.open(task(r)).isEmpty(), "I5: a task was settled with calls under way");
      default -> {}
    }
    replay.accept(entry);
  }

  private static TaskId task(RecordedFact r) {
    return r.about().task().orElseThrow();
  }

  private static boolean by(RecordedFact r, Actor actor) {
    return r.by().equals(actor);
  }

  private void submitted(RecordedFact r, Fact.SpecSubmitted f) {
    WorkflowId workflow = r.about().workflow().orElseThrow();
    require(by(r, new Actor.Person(f.requester())), "I6: a spec submitted by another than asked");
    require(wishes.containsKey(f.spec()), "I7: a spec that nobody wrote");
    Optional.ofNullable(waiting.put(workflow, f.dossier())).ifPresent(dossiers::remove);
    submitted.add(f.dossier() + " " + workflow);
    dossiers.put(f.dossier(), new Dossier(workflow, f, new LinkedHashMap<>()));
  }

  private void approved(RecordedFact r, Fact.ApprovalGiven f) {
    Dossier dossier = dossiers.get(f.dossier());
    require(dossier != null, "I1: an approval of what nobody asked for");
    Dossier of = java.util.Objects.requireNonNull(dossier);
    require(by(r, new Actor.Person(f.approver())), "I6: an approval by another than it says");
    require(!f.approver().equals(of.submitted().requester()), "I8: the requester is an approver");
    require(!of.approvals().containsValue(f.approver()), "I8: one person approved twice");
    boolean holds =
        switch (f.requirement()) {
          case "approval:identity-owner" -> LifeWorld.IDENTITY.contains(f.approver());
          case "approval:security-owner" -> LifeWorld.SECURITY.contains(f.approver());
          default -> false;
        };
    require(holds, "I1: " + f.approver() + " does not hold " + f.requirement());
    of.approvals().put(f.requirement(), f.approver());
  }

  private void issued(RecordedFact r, Fact.WritIssued f) {
    Dossier dossier = dossiers.get(f.dossier());
    require(dossier != null, "I1: a writ nobody asked for");
    Dossier of = java.util.Objects.requireNonNull(dossier);
    require(
        of.approvals()
            .keySet()
            .containsAll(List.of("approval:identity-owner", "approval:security-owner")),
        "I1: a writ without its approvals");
    require(
        r.about().policies().equals(Optional.ofNullable(policies.get(Fact.PolicyKind.ADMISSION))),
        "I1: a writ under other admission policies than those in force");
    require(
        f.requester().equals(of.submitted().requester()) && f.spec().equals(of.submitted().spec()),
        "I6: a writ of another spec or requester than was approved");
    LifeWorld.Wish wish = java.util.Objects.requireNonNull(wishes.get(f.spec()));
    require(LifeReach.of(wish).covers(LifeReach.of(f.scope())), "I7: a writ wider than its spec");
    require(f.workload().equals(wish.workload()), "I6: a writ for another workload");
    require(r.at().isBefore(f.terms().until()), "I3: a writ that was over when issued");
    require(!f.terms().until().isAfter(wish.until()), "I3: a writ outlives its spec");
    for (Map.Entry<WritId, Writ> each : writs.entrySet()) {
      // The workflow's writ before is replaced by this one.
      if (each.getValue().workflow().equals(of.workflow()) && each.getValue().ended().isEmpty()) {
        each.setValue(new Writ(of.workflow(), each.getValue().issued(), Optional.of(r.position())));
      }
    }
    writs.put(f.writ(), new Writ(of.workflow(), f, Optional.empty()));
  }

  private void inForce(RecordedFact r, WritId id, String what) {
    Writ writ = of(id);
    require(writ.ended().isEmpty(), "I5: " + what + " under a writ that ended");
    require(r.at().isBefore(writ.issued().terms().until()), "I3: " + what + " past a writ's end");
    require(
        r.about().workflow().equals(Optional.of(writ.workflow()))
            && r.about().dossier().equals(Optional.of(writ.issued().dossier())),
        "I6: " + what + " names another workflow or dossier");
  }

  private void opened(RecordedFact r, Fact.TaskOpened f) {
    inForce(r, f.writ(), "a task was opened");
    Writ writ = of(f.writ());
    require(f.workload().equals(writ.issued().workload()), "I1: a task of another workload");
    require(by(r, new Actor.Workload(f.workload())), "I6: a task opened by another than it says");
    require(!f.until().isAfter(writ.issued().terms().until()), "I3: a task outlives its writ");
    runs.put(task(r), new Run(writ.workflow(), f, Optional.empty()));
  }

  private void issued(RecordedFact r, Fact.TokenIssued f) {
    Run run = of(task(r));
    Writ writ = of(run.opened().writ());
    inForce(r, run.opened().writ(), "a token was issued");
    require(run.ended().isEmpty(), "I5: a token was issued under an ended task");
    require(
        !f.until().isAfter(run.opened().until()) && r.at().isBefore(f.until()),
        "I3: a token outlives its task, or never lived");
    require(by(r, new Actor.Workload(f.workload())), "I6: a token issued for another than asked");
    Optional<Held> parent = f.parent().map(tokens::get);
    require(f.parent().isEmpty() || parent.isPresent(), "I2: a token without its parent");
    LifeReach outer = parent.map(Held::reach).orElseGet(() -> LifeReach.of(writ.issued().scope()));
    LifeReach reach = f.narrowed().map(LifeReach::of).orElse(outer);
    require(outer.covers(reach), "I2: a token may do more than its parent");
    int depth = parent.map(p -> p.depth() + 1).orElse(0);
    require(depth <= writ.issued().terms().delegationDepth(), "I2: a chain longer than agreed");
    if (parent.isPresent()) {
      Held of = parent.get();
      require(!f.until().isAfter(of.issued().until()), "I2: a child outlives its parent");
      require(f.audience().equals(of.issued().audience()), "I2: a child for another audience");
      require(ended(of.issued().token()).isEmpty(), "I5: a child of what was revoked");
      require(
          f.workload().equals(run.opened().workload())
              || writ.issued().terms().delegates().contains(f.workload()),
          "I2: a token handed to somebody the writ does not name");
    }
    tokens.put(
        f.token(), new Held(r.position(), task(r), f, parent, reach, depth, Optional.empty()));
  }

  private void revoked(RecordedFact r, TokenId token) {
    Held held = java.util.Objects.requireNonNull(tokens.get(token));
    tokens.put(
        token,
        new Held(
            held.at(),
            held.task(),
            held.issued(),
            held.parent(),
            held.reach(),
            held.depth(),
            Optional.of(held.revoked().orElse(r.position()))));
  }

  private void decided(RecordedFact r, Fact.CallDecided f) {
    Held held = tokens.get(f.token());
    require(held != null, "I1: a call under a token that was never issued");
    Held token = java.util.Objects.requireNonNull(held);
    Run run = of(token.task());
    require(task(r).equals(token.task()), "I6: a call of another task than its token's");
    require(by(r, new Actor.Workload(token.issued().workload())), "I6: a call by another workload");
    inForce(r, run.opened().writ(), "a call was decided");
    require(
        r.about().policies().equals(Optional.ofNullable(policies.get(Fact.PolicyKind.GUARDRAILS))),
        "I6: a call decided under other guardrails than those in force");
    require(!f.verdict().reason().isBlank(), "I10: a decision without a reason");
    LifeCalls.Asked asked = calls.decided(r, f);
    if (f.verdict().decision() == Fact.Decision.ALLOW) {
      require(run.ended().isEmpty(), "I5: an allow after its task's end");
      require(ended(f.token()).isEmpty(), "I5: an allow under a token that was revoked");
      require(r.at().isBefore(until(f.token())), "I3: an allow under what is over");
      require(
          f.verdict().errors().isEmpty() && !asked.driven(), "I10: a guardrail's error allowed");
      require(!f.verdict().policies().isEmpty(), "I10: an allow by no policy");
      require(token.reach().reaches(asked), "I2: an allow beyond its token");
    }
  }

  private void completed(RecordedFact r) {
    TaskId task = task(r);
    Run run = of(task);
    require(run.ended().isEmpty(), "I5: a task ended twice");
    require(r.about().workflow().equals(Optional.of(run.workflow())), "I6: another's task ended");
    runs.put(task, new Run(run.workflow(), run.opened(), Optional.of(r.position())));
  }

  // --- After every step ---

  /** What the state says beside this account of it, and every decision made again. */
  void check(State state) {
    Set<CallId> waitingCalls = new HashSet<>();
    for (Task task : state.tasks().values()) {
      waitingCalls.addAll(task.calls().keySet());
    }
    require(waitingCalls.equals(calls.open()), "I4: an allow without outcome is not on the list");
    Instant now = state.log().at();
    tokens.forEach((id, held) -> {
      boolean live = Standing.of(state, held.task(), id, now) instanceof Standing.Live;
      boolean ours = ended(id).isEmpty() && now.isBefore(until(id));
      require(
          live == ours,
          "I5: " + id + (live ? " is live though it ended" : " ended with something else"));
    });
    require(replay.report().exact(), "I9: a decision made again came out otherwise");
  }

  /** How many decisions were made again. */
  long replayed() {
    return replay.report().identical();
  }
}

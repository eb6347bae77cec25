package dev.writ.state;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.EnrolmentId;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.About;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.fact.Link;
import dev.writ.fact.RecordedFact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/**
 * One entry folded into the state. How a stored version folds is frozen: a change here is a new
 * version of the fact. Throws {@link BrokenChain} when the entry does not belong here; that is no
 * refusal, the log is not the one this state comes from.
 */
public final class Fold {
  private Fold() {}

  /** The entry does not continue this state: a tampered row, a lost one, or a bug. */
  public static final class BrokenChain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenChain(String message) {
      super(message);
    }
  }

  /** A fact in its place, and the state with it. */
  public record Appended(Entry entry, State state) {}

  /**
   * Gives a draft its place behind {@code state} and folds it. Throws {@link BrokenChain} or {@link
   * IllegalArgumentException} when it is no fact that could stand there.
   */
  public static Appended append(State state, Instant now, FactDraft draft) {
    RecordedFact recorded =
        new RecordedFact(state.size(), now, state.previous(draft.about()), draft);
    Entry entry = Entry.of(recorded);
    return new Appended(entry, next(state, entry));
  }

  /** The state after {@code entry}, which must be the next one. */
  public static State apply(State state, Entry entry) {
    RecordedFact recorded = entry.recorded();
    if (recorded.position() != state.size()) {
      throw new BrokenChain(
          "entry " + recorded.position() + " does not follow " + state.size() + " entries");
    }
    if (!recorded.previous().equals(state.previous(recorded.about()))) {
      throw new BrokenChain("entry " + recorded.position() + " names another previous fact");
    }
    return next(state, entry);
  }

  private static State next(State state, Entry entry) {
    RecordedFact recorded = entry.recorded();
    if (recorded.at().isBefore(state.log().at())) {
      throw new BrokenChain("entry " + recorded.position() + " is older than the one before it");
    }
    if (recorded.fact() instanceof Fact.LedgerFounded != (state.size() == 0)) {
      throw new BrokenChain("a ledger is founded by its first fact, and by no other");
    }
    if (recorded.fact() instanceof Fact.EpochOpened opened
        && opened.epoch() <= state.log().epoch()) {
      throw new BrokenChain("epoch " + opened.epoch() + " does not follow");
    }
    Link link = entry.link();
    State before = link(state, recorded.about(), link);
    State after = fact(before, recorded, link);
    Log log =
        recorded.fact() instanceof Fact.EpochOpened opened
            ? new Log(state.size() + 1, recorded.at(), opened.epoch(), opened.origin())
            : recorded.fact() instanceof Fact.LedgerFounded founded
                ? new Log(state.size() + 1, recorded.at(), 0, founded.origin())
                : new Log(
                    state.size() + 1, recorded.at(), state.log().epoch(), state.log().origin());
    return after.answered(after.answered().fold(recorded)).log(log);
  }

  /** The chains' ends move to this entry; a workflow begins with its first fact. */
  private static State link(State state, About about, Link link) {
    State next = state;
    if (about.workflow().isPresent()) {
      WorkflowId id = about.workflow().get();
      Workflow workflow =
          state.workflow(id).map(w -> w.last(link)).orElseGet(() -> Workflow.begun(id, link));
      next = next.workflows(next.workflows().plus(id, workflow));
    }
    Optional<Task> task = about.task().flatMap(state::task);
    return task.isPresent() ? next.task(task.get().last(link)) : next;
  }

  private static State fact(State s, RecordedFact r, Link link) {
    return switch (r.fact()) {
      case Fact.LedgerFounded f -> s.government(s.government().founded(f));
      case Fact.EpochOpened f -> s.tasks(TreePMap.empty());
      case Fact.NodeAnnounced f -> s.government(s.government().announced(f));
      case Fact.NodeOffered f -> s.government(s.government().offered(f, r.at()));
      case Fact.NodeJoined f -> s.government(s.government().joined(f.offer()));
      case Fact.DutyAppointed f -> s.government(s.government().appointed(f.person(), f.duty()));
      case Fact.KeyRotated f -> s.government(s.government().rotated(f.key(), r.at()));
      case Fact.LogKeyRotated f -> s.government(s.government().rotated(f.key(), r.at()));
      case Fact.FormerKeysRevoked f -> revoked(s, f.use());
      case Fact.MasterKeyRotated f -> s.government(s.government().master(f.key()));
      case Fact.CataloguePublished f -> s.government(s.government().catalogue(f.catalogue()));
      case Fact.PoliciesPublished f -> s.government(s.government().policies(f));
      case Fact.DraftMade f -> s;
      case Fact.DraftKept f -> kept(s, workflow(r), f);
      case Fact.SpecSubmitted f -> submitted(s, workflow(r), f);
      case Fact.EntitlementsListed f -> submission(s, f.dossier(), sub -> sub.listed(f));
      case Fact.AdmissionJudged f -> submission(s, f.dossier(), sub -> sub.judged(f));
      case Fact.ApprovalGiven f -> submission(s, f.dossier(), sub -> sub.approved(f));
      case Fact.WritIssued f -> issued(s, workflow(r), f);
      case Fact.WritEnded f -> ended(s, f.writ());
      case Fact.EnrolmentOffered f ->
          s.offers(usable(s, r.at()).plus(f.enrolment(), new Offer(workflow(r), f)));
      case Fact.KeyEnrolled f -> enrolled(s, workflow(r), f, r.at());
      case Fact.KeyEnded f -> keyEnded(s, f);
      case Fact.TaskOpened f -> opened(s, r, f, link);
      case Fact.TokenIssued f -> open(s, r, task -> token(s, task, f, r.at()));
      case Fact.TokenRevoked f -> open(s, r, t -> t.tokens(t.tokens().minus(f.token())));
      case Fact.CallDecided f -> open(s, r, task -> decided(task, f, r.at()));
      case Fact.CallReturned f -> open(outcome(s, r, f.call()), r, task -> task.counted(f.used()));
      case Fact.CallFailed f -> outcome(s, r, f.call());
      case Fact.CallLost f -> lost(outcome(s, r, f.call()), r, f);
      case Fact.TaskCompleted f -> completed(s, r, f);
      case Fact.TaskSettled f -> s.tasks(s.tasks().minus(taskId(r)));
      case Fact.SnapshotTaken f -> s;
      case Fact.PayloadOpened f -> s;
      case Fact.CommandRefused f -> s;
      case Fact.StrangersRefused f -> s;
    };
  }

  private static State kept(State s, WorkflowId id, Fact.DraftKept f) {
    Workflow next = workflowOf(s, id).draft(f);
    return s.workflows(s.workflows().plus(id, next));
  }

  /** A key that somebody else may hold: what it signed cannot be told from what they signed. */
  private static State revoked(State s, Fact.KeyUse use) {
    State next = s.government(s.government().revoked(use));
    if (use == Fact.KeyUse.TOKEN) {
      for (Task task : s.tasks().values()) {
        next =
            task instanceof Task.Open open && !open.tokens().isEmpty()
                ? next.task(open.tokens(TreePMap.empty()))
                : next;
      }
    }
    return next;
  }

  private static State submitted(State s, WorkflowId id, Fact.SpecSubmitted f) {
    Workflow workflow = workflowOf(s, id);
    TreePMap<Digest, WorkflowId> dossiers = s.dossiers();
    // A new spec voids the approvals of the one before: its dossier is forgotten here.
    if (workflow.submission().isPresent()) {
      dossiers = dossiers.minus(workflow.submission().get().dossier());
    }
    Workflow next = workflow.submission(Submission.of(id, f));
    return s.workflows(s.workflows().plus(id, next)).dossiers(dossiers.plus(f.dossier(), id));
  }

  private static State submission(State s, Digest dossier, UnaryOperator<Submission> change) {
    Submission before =
        s.submission(dossier)
            .orElseThrow(() -> new BrokenChain("no submission has dossier " + dossier));
    Workflow workflow = workflowOf(s, before.workflow()).submission(change.apply(before));
    return s.workflows(s.workflows().plus(workflow.id(), workflow));
  }

  private static State issued(State s, WorkflowId id, Fact.WritIssued f) {
    Workflow workflow = workflowOf(s, id);
    TreePMap<WritId, Writ> writs = s.writs();
    if (workflow.writ().isPresent()) {
      writs = writs.minus(workflow.writ().get());
    }
    writs = writs.plus(f.writ(), new Writ(id, f));
    Workflow next = workflow.writ(Optional.of(f.writ()));
    return s.workflows(s.workflows().plus(id, next)).writs(writs);
  }

  private static State ended(State s, WritId id) {
    Writ writ = s.writs().get(id);
    if (writ == null) {
      throw new BrokenChain("no writ " + id + " is in force");
    }
    Workflow workflow = workflowOf(s, writ.workflow()).writ(Optional.empty());
    return s.workflows(s.workflows().plus(workflow.id(), workflow)).writs(s.writs().minus(id));
  }

  /** The offers, without those that ran out once there are many. */
  private static TreePMap<EnrolmentId, Offer> usable(State s, Instant at) {
    TreePMap<EnrolmentId, Offer> offers = s.offers();
    if (offers.size() >= State.MOST_OFFERS / 2) {
      for (Map.Entry<EnrolmentId, Offer> each : s.offers().entrySet()) {
        offers = each.getValue().live(at) ? offers : offers.minus(each.getKey());
      }
    }
    return offers;
  }

  private static State enrolled(State s, WorkflowId id, Fact.KeyEnrolled f, Instant at) {
    PVector<WorkloadKey> kept = TreePVector.empty();
    for (WorkloadKey key : keysOf(s, f.workload())) {
      kept = key.live(at) ? kept.plus(key) : kept;
    }
    State used = s.offers(s.offers().minus(f.enrolment()));
    return used.keys(s.keys().plus(f.workload(), kept.plus(new WorkloadKey(id, f))));
  }

  private static State keyEnded(State s, Fact.KeyEnded f) {
    TreePMap<String, PVector<WorkloadKey>> next = s.keys();
    for (Map.Entry<String, PVector<WorkloadKey>> each : s.keys().entrySet()) {
      for (WorkloadKey key : each.getValue()) {
        if (key.enrolled().key().equals(f.key())) {
          next = next.plus(each.getKey(), each.getValue().minus(key));
        }
      }
    }
    return s.keys(next);
  }

  private static State opened(State s, RecordedFact r, Fact.TaskOpened f, Link link) {
    Task.Open task =
        new Task.Open(
            taskId(r), workflow(r), f, link, TreePMap.empty(), TreePMap.empty(), TreePMap.empty());
    return s.task(task);
  }

  private static Task.Open token(State s, Task.Open task, Fact.TokenIssued f, Instant at) {
    Optional<Token> parent = f.parent().map(p -> tokenOf(task, p));
    Writ writ = s.writs().get(task.writ());
    if (writ == null) {
      throw new BrokenChain("a token was issued under no writ");
    }
    Token token =
        new Token(
            f.token(),
            f.parent(),
            f.workload(),
            f.audience(),
            f.until(),
            parent.map(p -> p.depth() + 1).orElse(0),
            f.narrowed().orElseGet(() -> parent.map(Token::scope).orElse(writ.issued().scope())),
            f.thumbprint());
    TreePMap<TokenId, Token> tokens = task.tokens();
    // An expired token's children have expired before it, so dropping it cuts no chain.
    if (tokens.size() >= Task.MOST_TOKENS / 2) {
      for (Token old : task.tokens().values()) {
        tokens = at.isBefore(old.until()) ? tokens : tokens.minus(old.id());
      }
    }
    return task.tokens(tokens.plus(token.id(), token));
  }

  private static Task.Open decided(Task.Open task, Fact.CallDecided f, Instant at) {
    return switch (f.verdict().decision()) {
      case DENY -> task;
      case ALLOW -> {
        List<String> counters = List.copyOf(f.counts().keySet());
        OpenCall call = new OpenCall(f.call(), f.token(), f.tool(), at, f.sendUntil(), counters);
        yield task.calls(task.calls().plus(f.call(), call)).counted(f.counts());
      }
    };
  }

  private static State outcome(State s, RecordedFact r, CallId call) {
    Task task = s.task(taskId(r)).orElseThrow(() -> new BrokenChain("an outcome outside any task"));
    if (!task.calls().containsKey(call)) {
      throw new BrokenChain("an outcome of " + call + ", which is not open");
    }
    return s.task(task.calls(task.calls().minus(call)));
  }

  /** After the end of its task, a call that may have been sent is named when the task settles. */
  private static State lost(State s, RecordedFact r, Fact.CallLost f) {
    boolean named = f.sent() == Fact.Sent.UNKNOWN;
    return named && s.task(taskId(r)).orElseThrow() instanceof Task.Ended ended
        ? s.task(ended.lost(f.call()))
        : s;
  }

  private static State completed(State s, RecordedFact r, Fact.TaskCompleted f) {
    Task task = s.task(taskId(r)).orElseThrow(() -> new BrokenChain("no such task is open"));
    if (!(task instanceof Task.Open open)) {
      throw new BrokenChain(task.id() + " ended twice");
    }
    return s.task(
        new Task.Ended(
            open.id(),
            open.workflow(),
            open.writ(),
            r.at(),
            f.cause(),
            open.last(),
            open.calls(),
            TreePVector.empty()));
  }

  /** Applies to the fact's task while it is open; an outcome may come after its end. */
  private static State open(State s, RecordedFact r, UnaryOperator<Task.Open> change) {
    return switch (s.task(taskId(r)).orElseThrow(() -> new BrokenChain("no such task"))) {
      case Task.Open open -> s.task(change.apply(open));
      case Task.Ended ended -> {
        if (r.fact() instanceof Fact.CallReturned) {
          yield s;
        }
        throw new BrokenChain(ended.id() + " has ended");
      }
    };
  }

  private static Workflow workflowOf(State s, WorkflowId id) {
    return s.workflow(id).orElseThrow(() -> new BrokenChain("no workflow " + id));
  }

  private static Token tokenOf(Task.Open task, TokenId id) {
    Token token = task.tokens().get(id);
    if (token == null) {
      throw new BrokenChain("no token " + id + " in " + task.id());
    }
    return token;
  }

  private static PVector<WorkloadKey> keysOf(State s, String workload) {
    PVector<WorkloadKey> keys = s.keys().get(workload);
    return keys == null ? TreePVector.empty() : keys;
  }

  private static WorkflowId workflow(RecordedFact r) {
    return r.about().workflow().orElseThrow(() -> new BrokenChain("a fact without workflow"));
  }

  private static TaskId taskId(RecordedFact r) {
    return r.about().task().orElseThrow(() -> new BrokenChain("a fact without task"));
  }
}

package dev.writ.state;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.Fact;
import dev.writ.fact.FactCodec;
import dev.writ.fact.Fields;
import dev.writ.fact.Link;
import dev.writ.fact.RecordedFact;
import dev.writ.token.Scope;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSet;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;
import org.pcollections.TreePVector;

/**
 * Reads the lines of {@link StateLines} back, one at a time. The lines are a stranger's: what comes
 * out is a state only when its hash is one that a fact names.
 */
public final class StateReader {
  /** Longest line: an entry and its frame, or a submission with all its approvals. */
  public static final int LONGEST_LINE = 512 << 10;

  private static final Json.Bounds BOUNDS = new Json.Bounds(LONGEST_LINE, 24, 200_000, true);

  private State state = State.empty();
  private int lines;
  private Optional<Problem> problem = Optional.empty();

  /** Reads all lines. */
  public static Parsed<State> parse(Iterator<byte[]> lines) {
    StateReader reader = new StateReader();
    while (lines.hasNext()) {
      reader.line(lines.next());
    }
    return reader.end();
  }

  /** Takes the next line, with or without its newline; after the first bad one the rest is idle. */
  public void line(byte[] line) {
    if (problem.isPresent()) {
      return;
    }
    lines++;
    int length = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
    byte[] bytes = length == line.length ? line : Arrays.copyOf(line, length);
    switch (Json.parseObject(bytes, BOUNDS)) {
      case Parsed.Ok<Json.Obj>(Json.Obj json) -> read(json);
      case Parsed.Refused<Json.Obj>(List<Problem> problems) -> refuse(problems.getFirst());
    }
  }

  /** The state, when every line was understood. */
  public Parsed<State> end() {
    if (problem.isPresent()) {
      return Parsed.refused(List.of(problem.get()));
    }
    return lines < 2
        ? Parsed.refused("", "the state has no first lines", "use another snapshot")
        : Parsed.ok(state);
  }

  private void refuse(Problem bad) {
    problem = Optional.of(bad.within("line " + lines));
  }

  private void read(Json.Obj json) {
    try {
      Fields f = new Fields(json, "state");
      String kind = f.text("kind");
      if ((lines == 1) != kind.equals("log")) {
        throw new Fields.Bad("state.kind", "not in its place");
      }
      state = next(kind, f);
      f.end();
    } catch (Fields.Bad bad) {
      refuse(bad.problem());
    } catch (IllegalArgumentException e) {
      refuse(new Problem("", String.valueOf(e.getMessage()), "use another snapshot"));
    }
  }

  private State next(String kind, Fields f) {
    return switch (kind) {
      case "log" -> log(f);
      case "government" -> state.government(government(f));
      case "node" ->
          state.government(state.government().announced(fact(f, "fact", Fact.NodeAnnounced.class)));
      case "node-offer" -> {
        Fact.NodeOffered offered = fact(f, "fact", Fact.NodeOffered.class);
        yield state.government(
            state.government().offers(state.government().offered().plus(offered.offer(), offered)));
      }
      case "duties" -> state.government(duties(f));
      case "key" ->
          state.government(state.government().key(fact(f, "fact", Fact.KeyRotated.class).key()));
      case "former-key" ->
          state.government(
              state
                  .government()
                  .former(
                      new FormerKey(
                          fact(f, "fact", Fact.KeyRotated.class).key(), f.instant("replaced"))));
      case "workflow" -> workflow(f);
      case "dossier" -> state.dossiers(state.dossiers().plus(f.digest("dossier"), workflowId(f)));
      case "writ" -> writ(f);
      case "offer" -> offer(f);
      case "workload" -> state.keys(state.keys().plus(f.text("workload"), TreePVector.empty()));
      case "workload-key" -> workloadKey(f);
      case "task" -> state.task(open(f));
      case "ended-task" -> state.task(ended(f));
      case "token" -> token(f);
      case "call" -> call(f);
      case "answered" -> answered(f);
      default -> throw new Fields.Bad("state.kind", "a kind this build does not read: " + kind);
    };
  }

  private State log(Fields f) {
    long version = f.integer("v");
    if (version != StateLines.VERSION) {
      throw new Fields.Bad("state.v", "a version this build does not read: " + version);
    }
    Log log = new Log(f.integer("size"), f.instant("at"), f.integer("epoch"), f.text("origin"));
    return state.log(log);
  }

  private static <F extends Fact> F fact(Fields f, String name, Class<F> type) {
    Fact fact =
        FactCodec.parseFact(f.rawObject(name))
            .found()
            .orElseThrow(() -> new Fields.Bad("state." + name, "not a fact"));
    if (!type.isInstance(fact)) {
      throw new Fields.Bad("state." + name, "not a " + type.getSimpleName());
    }
    return type.cast(fact);
  }

  private static Link link(Fields f) {
    Fields last = f.object("last");
    Link link = new Link(last.integer("n"), last.digest("leaf"));
    last.end();
    return link;
  }

  private static WorkflowId workflowId(Fields f) {
    return f.parsed("workflow", WorkflowId::parse);
  }

  private Government government(Fields f) {
    Optional<Fact.LedgerFounded> founding =
        f.has("founding")
            ? Optional.of(fact(f, "founding", Fact.LedgerFounded.class))
            : Optional.empty();
    return new Government(
        founding,
        TreePMap.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        TreePVector.empty(),
        f.maybeText("masterKey"),
        f.maybe("catalogue", Digest::parse),
        f.maybe("admission", Digest::parse),
        f.maybe("guardrails", Digest::parse),
        TreePMap.empty());
  }

  private Government duties(Fields f) {
    Government next = state.government();
    String person = f.text("person");
    PSet<Fact.Duty> known = TreePSet.empty();
    for (String name : f.texts("duties")) {
      Fact.Duty duty = Fields.oneOf(name, Fact.Duty.class);
      known = known.plus(duty);
      next = next.appointed(person, duty);
    }
    if (known.isEmpty()) {
      throw new Fields.Bad("state.duties", "empty");
    }
    return next;
  }

  private State workflow(Fields f) {
    WorkflowId id = f.parsed("id", WorkflowId::parse);
    Optional<WritId> writ = f.maybe("writ", WritId::parse);
    Optional<Submission> submission = f.maybeObject("submission").map(s -> submission(id, s));
    Optional<Fact.DraftKept> draft =
        f.has("draft") ? Optional.of(fact(f, "draft", Fact.DraftKept.class)) : Optional.empty();
    Workflow workflow = new Workflow(id, link(f), draft, submission, writ);
    return state.workflows(state.workflows().plus(id, workflow));
  }

  private static Submission submission(WorkflowId id, Fields f) {
    PVector<Fact.ApprovalGiven> approvals = TreePVector.empty();
    for (Json each : f.array("approvals")) {
      if (each instanceof Json.Obj obj
          && FactCodec.parseFact(obj).found().orElse(null) instanceof Fact.ApprovalGiven approval) {
        approvals = approvals.plus(approval);
      } else {
        throw new Fields.Bad("state.approvals", "not an approval");
      }
    }
    Fact.SpecSubmitted submitted = fact(f, "submitted", Fact.SpecSubmitted.class);
    Optional<Fact.EntitlementsListed> listed =
        f.has("listed")
            ? Optional.of(fact(f, "listed", Fact.EntitlementsListed.class))
            : Optional.empty();
    Optional<Fact.AdmissionJudged> judged =
        f.has("judged")
            ? Optional.of(fact(f, "judged", Fact.AdmissionJudged.class))
            : Optional.empty();
    f.end();
    return new Submission(id, submitted, listed, judged, approvals);
  }

  private State writ(Fields f) {
    Fact.WritIssued issued = fact(f, "fact", Fact.WritIssued.class);
    return state.writs(state.writs().plus(issued.writ(), new Writ(workflowId(f), issued)));
  }

  private State offer(Fields f) {
    Fact.EnrolmentOffered offered = fact(f, "fact", Fact.EnrolmentOffered.class);
    Offer offer = new Offer(workflowId(f), offered);
    return state.offers(state.offers().plus(offered.enrolment(), offer));
  }

  private State workloadKey(Fields f) {
    Fact.KeyEnrolled enrolled = fact(f, "fact", Fact.KeyEnrolled.class);
    PVector<WorkloadKey> keys = state.keys().get(enrolled.workload());
    if (keys == null) {
      throw new Fields.Bad("state.kind", "a key before its workload");
    }
    PVector<WorkloadKey> all = keys.plus(new WorkloadKey(workflowId(f), enrolled));
    return state.keys(state.keys().plus(enrolled.workload(), all));
  }

  private static Task.Open open(Fields f) {
    return new Task.Open(
        f.parsed("id", TaskId::parse),
        workflowId(f),
        fact(f, "opened", Fact.TaskOpened.class),
        link(f),
        TreePMap.empty(),
        TreePMap.empty(),
        TreePMap.from(f.counts("used")));
  }

  private static Task.Ended ended(Fields f) {
    PVector<CallId> lost = TreePVector.empty();
    for (String call : f.texts("lost")) {
      lost = lost.plus(CallId.parse(call).orThrow());
    }
    return new Task.Ended(
        f.parsed("id", TaskId::parse),
        workflowId(f),
        f.parsed("writ", WritId::parse),
        f.instant("at"),
        f.one("cause", Fact.Cause.class),
        link(f),
        TreePMap.empty(),
        lost);
  }

  private Task taskOf(Fields f) {
    return state
        .task(f.parsed("task", TaskId::parse))
        .orElseThrow(() -> new Fields.Bad("state.task", "not a task before"));
  }

  private State token(Fields f) {
    if (!(taskOf(f) instanceof Task.Open open)) {
      throw new Fields.Bad("state.task", "a token of a task that ended");
    }
    Optional<TokenId> parent = f.maybe("parent", TokenId::parse);
    Optional<Scope> scope = f.maybeScope("scope");
    Token token =
        new Token(
            f.parsed("id", TokenId::parse),
            parent,
            f.text("workload"),
            f.text("audience"),
            f.instant("until"),
            f.small("depth"),
            scope
                .or(() -> StateLines.inherited(state, open, parent))
                .orElseThrow(() -> new Fields.Bad("state.scope", "there is none to inherit")),
            f.maybeText("thumbprint"));
    return state.task(open.tokens(open.tokens().plus(token.id(), token)));
  }

  private State call(Fields f) {
    Task task = taskOf(f);
    OpenCall call =
        new OpenCall(
            f.parsed("id", CallId::parse),
            f.parsed("token", TokenId::parse),
            f.text("tool"),
            f.instant("decided"),
            f.instant("sendUntil"),
            f.texts("counters"));
    return state.task(task.calls(task.calls().plus(call.id(), call)));
  }

  private State answered(Fields f) {
    RecordedFact fact =
        FactCodec.read(f.rawObject("entry"))
            .found()
            .orElseThrow(() -> new Fields.Bad("state.entry", "not an entry"));
    return state.answered(state.answered().with(fact));
  }
}

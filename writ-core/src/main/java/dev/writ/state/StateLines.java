package dev.writ.state;

import dev.writ.base.Digest;
import dev.writ.base.Id;
import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.fact.FactCodec;
import dev.writ.fact.Link;
import dev.writ.fact.Names;
import dev.writ.fact.RecordedFact;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.PVector;

/**
 * The canonical form of a state: one line of canonical JSON for each live thing, in a fixed order,
 * each ended by a newline. A large state is never one document: lines are made as they are asked
 * for. {@link StateReader} reads them back; {@link #hash} is the state's hash.
 */
public final class StateLines {
  /** The version of this form; a hash is comparable only within one. */
  static final int VERSION = 1;

  private static final byte[] NEWLINE = {'\n'};

  private StateLines() {}

  /** The lines, each with its newline. */
  public static Iterator<byte[]> of(State state) {
    return lines(state).map(StateLines::line).iterator();
  }

  /** SHA-256 over all lines. */
  public static Digest hash(State state) {
    MessageDigest sha256 = Digest.sha256();
    of(state).forEachRemaining(sha256::update);
    return Digest.of(sha256.digest());
  }

  private static byte[] line(Json.Obj json) {
    byte[] bytes = json.canonical();
    byte[] line = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    System.arraycopy(NEWLINE, 0, line, bytes.length, 1);
    return line;
  }

  private static Stream<Json.Obj> lines(State s) {
    Government g = s.government();
    Stream<Stream<Json.Obj>> all =
        Stream.of(
            Stream.of(log(s.log()), government(g)),
            g.nodes().values().stream().map(n -> kind("node").put("fact", fact(n)).build()),
            g.offered().values().stream().map(o -> kind("node-offer").put("fact", fact(o)).build()),
            g.duties().entrySet().stream().map(StateLines::duties),
            g.keys().values().stream().map(StateLines::key),
            g.former().stream().map(StateLines::formerKey),
            s.workflows().values().stream().map(StateLines::workflow),
            s.dossiers().entrySet().stream().map(StateLines::dossier),
            s.writs().values().stream().map(StateLines::writ),
            s.offers().values().stream().map(StateLines::offer),
            s.keys().entrySet().stream().flatMap(StateLines::workloadKeys),
            s.tasks().values().stream().flatMap(task -> task(s, task)),
            s.answered().byKey().values().stream().map(StateLines::answered));
    return all.flatMap(lines -> lines);
  }

  private static Json.Builder kind(String kind) {
    return Json.object().put("kind", kind);
  }

  private static Json.Obj fact(Fact fact) {
    return FactCodec.writeFact(fact);
  }

  private static Json.Obj link(Link link) {
    return Json.object().put("leaf", link.leaf()).put("n", link.position()).build();
  }

  private static Json.Obj log(Log log) {
    return kind("log")
        .put("at", log.at().toString())
        .put("epoch", log.epoch())
        .put("origin", log.origin())
        .put("size", log.size())
        .put("v", VERSION)
        .build();
  }

  private static Json.Obj government(Government g) {
    Json.Builder out = kind("government");
    g.founding().ifPresent(f -> out.put("founding", fact(f)));
    g.catalogue().ifPresent(d -> out.put("catalogue", d));
    g.admission().ifPresent(d -> out.put("admission", d));
    g.guardrails().ifPresent(d -> out.put("guardrails", d));
    g.master().ifPresent(key -> out.put("masterKey", key));
    return out.build();
  }

  private static Json.Obj duties(Map.Entry<String, ? extends java.util.Set<Fact.Duty>> person) {
    List<String> duties = person.getValue().stream().sorted().map(Names::of).toList();
    return kind("duties")
        .put("duties", Json.strings(duties))
        .put("person", person.getKey())
        .build();
  }

  private static Json.Obj key(Fact.PublicKey key) {
    return kind("key").put("fact", fact(new Fact.KeyRotated(key))).build();
  }

  private static Json.Obj formerKey(FormerKey former) {
    return kind("former-key")
        .put("fact", fact(new Fact.KeyRotated(former.key())))
        .put("replaced", former.replaced().toString())
        .build();
  }

  private static Json.Obj workflow(Workflow workflow) {
    Json.Builder out =
        kind("workflow").put("id", workflow.id().value()).put("last", link(workflow.last()));
    workflow.draft().ifPresent(draft -> out.put("draft", fact(draft)));
    workflow.writ().ifPresent(writ -> out.put("writ", writ.value()));
    workflow.submission().ifPresent(sub -> out.put("submission", submission(sub)));
    return out.build();
  }

  private static Json.Obj submission(Submission sub) {
    Json.Builder out = Json.object().put("submitted", fact(sub.submitted()));
    sub.listed().ifPresent(listed -> out.put("listed", fact(listed)));
    sub.judged().ifPresent(judged -> out.put("judged", fact(judged)));
    List<Json.Obj> approvals = sub.approvals().stream().map(StateLines::fact).toList();
    return out.put("approvals", Json.array(approvals)).build();
  }

  private static Json.Obj dossier(Map.Entry<Digest, ? extends dev.writ.base.WorkflowId> dossier) {
    return kind("dossier")
        .put("dossier", dossier.getKey())
        .put("workflow", dossier.getValue().value())
        .build();
  }

  private static Json.Obj writ(Writ writ) {
    return kind("writ")
        .put("fact", fact(writ.issued()))
        .put("workflow", writ.workflow().value())
        .build();
  }

  private static Json.Obj offer(Offer offer) {
    return kind("offer")
        .put("fact", fact(offer.offered()))
        .put("workflow", offer.workflow().value())
        .build();
  }

  private static Stream<Json.Obj> workloadKeys(Map.Entry<String, PVector<WorkloadKey>> keys) {
    // A workload whose keys all ended keeps its empty place in the map, and so its line here.
    Stream<Json.Obj> place = Stream.of(kind("workload").put("workload", keys.getKey()).build());
    return Stream.concat(
        place,
        keys.getValue().stream()
            .map(key ->
                kind("workload-key")
                    .put("fact", fact(key.enrolled()))
                    .put("workflow", key.workflow().value())
                    .build()));
  }

  private static Stream<Json.Obj> task(State state, Task task) {
    Stream<Json.Obj> calls = task.calls().values().stream().map(call -> call(task, call));
    return switch (task) {
      case Task.Open open ->
          Stream.of(
                  Stream.of(open(open)),
                  open.tokens().values().stream()
                      // A parent stands before its children, whose scope may be its own.
                      .sorted(Comparator.comparingInt(Token::depth).thenComparing(Token::id))
                      .map(token -> token(state, open, token)),
                  calls)
              .flatMap(lines -> lines);
      case Task.Ended ended -> Stream.concat(Stream.of(ended(ended)), calls);
    };
  }

  private static Json.Obj open(Task.Open task) {
    Json.Builder used = Json.object();
    task.used().forEach((name, count) -> used.put(name, count));
    return kind("task")
        .put("id", task.id().value())
        .put("last", link(task.last()))
        .put("opened", fact(task.opened()))
        .put("used", used.build())
        .put("workflow", task.workflow().value())
        .build();
  }

  private static Json.Obj ended(Task.Ended task) {
    return kind("ended-task")
        .put("at", task.at().toString())
        .put("cause", Names.of(task.cause()))
        .put("id", task.id().value())
        .put("last", link(task.last()))
        .put("lost", Json.strings(task.lost().stream().map(Id::value).toList()))
        .put("workflow", task.workflow().value())
        .put("writ", task.writ().value())
        .build();
  }

  private static Json.Obj token(State state, Task.Open task, Token token) {
    Json.Builder out =
        kind("token")
            .put("audience", token.audience())
            .put("depth", token.depth())
            .put("id", token.id().value())
            .put("task", task.id().value())
            .put("until", time(token.until()))
            .put("workload", token.workload());
    token.parent().ifPresent(parent -> out.put("parent", parent.value()));
    token.thumbprint().ifPresent(thumbprint -> out.put("thumbprint", thumbprint));
    Optional<dev.writ.token.Scope> inherited = inherited(state, task, token.parent());
    if (inherited.filter(token.scope()::equals).isEmpty()) {
      out.put("scope", token.scope().toJson());
    }
    return out.build();
  }

  /** The scope a token has where its line names none. */
  static Optional<dev.writ.token.Scope> inherited(
      State state, Task.Open task, Optional<dev.writ.base.TokenId> parent) {
    if (parent.isPresent()) {
      return Optional.ofNullable(task.tokens().get(parent.get())).map(Token::scope);
    }
    return Optional.ofNullable(state.writs().get(task.writ())).map(w -> w.issued().scope());
  }

  private static Json.Obj call(Task task, OpenCall call) {
    return kind("call")
        .put("counters", Json.strings(call.counters()))
        .put("decided", time(call.decided()))
        .put("id", call.id().value())
        .put("sendUntil", time(call.sendUntil()))
        .put("task", task.id().value())
        .put("token", call.token().value())
        .put("tool", call.tool())
        .build();
  }

  private static Json.Obj answered(RecordedFact fact) {
    return kind("answered").put("entry", FactCodec.write(fact)).build();
  }

  private static String time(Instant at) {
    return at.toString();
  }
}

package dev.writ.sim;

import static dev.writ.sim.LogAuditor.require;

import dev.writ.base.CallId;
import dev.writ.base.Json;
import dev.writ.base.TaskId;
import dev.writ.fact.Fact;
import dev.writ.fact.RecordedFact;
import dev.writ.operation.Payloads;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The calls of whole lives: what each asked, and which allowed ones have no outcome. */
final class LifeCalls {
  private final Payloads payloads;
  private final Set<CallId> decided = new HashSet<>();
  private final Map<CallId, TaskId> open = new LinkedHashMap<>();

  /**
   * What a sealed request says.
   *
   * @param driven whether its arguments drive a guardrail into an error
   */
  record Asked(String tool, String supplier, boolean driven) {}

  LifeCalls(Payloads payloads) {
    this.payloads = payloads;
  }

  /** A decision; what it was about. */
  Asked decided(RecordedFact r, Fact.CallDecided f) {
    require(decided.add(f.call()), "I4: a call decided twice");
    if (f.verdict().decision() == Fact.Decision.ALLOW) {
      open.put(f.call(), r.about().task().orElseThrow());
    }
    Json.Obj sealed =
        payloads
            .open(f.basis().request())
            .then(bytes -> Json.parseObject(bytes, Json.Bounds.REQUEST))
            .orThrow();
    Json.Obj arguments = sealed.object("arguments").orElseThrow();
    return new Asked(
        sealed.text("tool").orElseThrow(),
        arguments.text("supplier").orElse(""),
        arguments.integer("limit").orElse(0L) > 1);
  }

  /** An outcome. */
  void ended(RecordedFact r, CallId call) {
    TaskId task = open.remove(call);
    require(task != null, "I4: an outcome of what was not allowed or had one");
    require(r.about().task().filter(t -> t.equals(task)).isPresent(), "I6: another task's outcome");
  }

  boolean knows(CallId call) {
    return decided.contains(call);
  }

  /** Allowed calls without an outcome. */
  Set<CallId> open() {
    return open.keySet();
  }

  Set<CallId> open(TaskId task) {
    Set<CallId> of = new HashSet<>();
    open.forEach((call, t) -> {
      if (t.equals(task)) {
        of.add(call);
      }
    });
    return of;
  }
}

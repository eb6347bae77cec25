package dev.writ.labels;

import dev.writ.base.Json;
import dev.writ.draft.Draft;
import dev.writ.draft.Flag;
import dev.writ.draft.Quote;
import dev.writ.draft.Slot;
import dev.writ.draft.SlotKind;
import dev.writ.draft.State;
import dev.writ.draft.Term;
import dev.writ.draft.Workflow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A draft in the form in which drafting sets write answers. */
public final class AnswerSheet {
  private final Workflow workflow;
  private final Set<Slot> gaps = EnumSet.noneOf(Slot.class);
  private final Map<Slot, Set<String>> doubts = new EnumMap<>(Slot.class);

  private AnswerSheet(Workflow workflow) {
    this.workflow = workflow;
    workflow.slots().forEach(this::open);
    // A slot is in one state: what was said loosely outweighs what was not said at all.
    gaps.removeAll(doubts.keySet());
  }

  /** The answer to the prompt with this id. */
  public static Json.Obj of(String id, Draft draft) {
    return Json.object()
        .put("id", id)
        .put("intent", draft.intent().word())
        .put("flags", Json.strings(draft.flags().stream().map(Flag::word).toList()))
        .put(
            "workflows",
            Json.array(draft.workflows().stream().map(w -> new AnswerSheet(w).json()).toList()))
        .build();
  }

  private void open(String path, State state) {
    Optional<Slot> slot = SlotKind.of(path).flatMap(SlotKind::slot);
    if (slot.isEmpty() || !state.open() || path.startsWith("prohibited[")) {
      return;
    }
    boolean gap = state instanceof State.Gap || state instanceof State.Refused;
    if (path.startsWith("grants[") && slot.get() != Slot.RESOURCE) {
      String line = path.substring(0, path.indexOf(']') + 1);
      boolean placed = !workflow.values(line + ".resource").isEmpty();
      // Without a resource there is no entry: its environment is not asked for, and an action that
      // was said waits for it.
      if (!placed && (slot.get() == Slot.ENVIRONMENT || !gap)) {
        return;
      }
    }
    if (gap) {
      gaps.add(slot.get());
    } else {
      Set<String> candidates = doubts.computeIfAbsent(slot.get(), s -> new LinkedHashSet<>());
      if (state instanceof State.Ambiguous(List<String> named, List<Quote> quotes)) {
        candidates.addAll(named);
      } else if (state instanceof State.Conflict(String what, List<Quote> quotes)) {
        candidates.add(what);
      }
    }
  }

  private Json.Obj json() {
    Json.Builder out =
        Json.object()
            .put("intent", workflow.intent().word())
            .put("subject", first("identity.workload"))
            .put("owner", first("owners.product"))
            .put("purpose", purpose())
            .put("access", lines("grants"))
            .put("duration", duration())
            .put("gaps", Json.strings(gaps.stream().map(Slot::word).toList()))
            .put("ambiguities", Json.array(ambiguities()));
    if (!workflow.lines("prohibited").isEmpty()) {
      out.put("prohibited", lines("prohibited"));
    }
    remarks(out);
    out.put("provenance", provenance());
    return out.build();
  }

  private Json first(String path) {
    List<String> values = workflow.values(path);
    return values.isEmpty() ? new Json.Null() : Json.of(values.getFirst());
  }

  private Json purpose() {
    if (workflow.values("process").isEmpty() && workflow.values("purpose").isEmpty()) {
      return new Json.Null();
    }
    return Json.object().put("process", first("process")).put("text", first("purpose")).build();
  }

  private Json lines(String section) {
    List<Json> out = new ArrayList<>();
    for (String line : workflow.lines(section)) {
      List<String> resource = workflow.values(line + ".resource");
      if (resource.isEmpty()) {
        continue;
      }
      Json.Builder entry =
          Json.object()
              .put("resource", resource.getFirst())
              .put("actions", Json.strings(workflow.values(line + ".actions")))
              .put("environment", first(line + ".environment"));
      if (section.equals("grants")) {
        entry.put("environment_source", source(line + ".environment"));
      }
      out.add(entry.build());
    }
    return Json.array(out);
  }

  private Json source(String path) {
    return switch (workflow.slot(path).orElseGet(State::gap)) {
      case State.Stated s -> Json.of("prompt");
      case State.Derived d -> Json.of("catalogue");
      case State.Defaulted d -> Json.of("catalogue");
      case State.Answered a -> Json.of("prompt");
      case State.Ambiguous a -> new Json.Null();
      case State.Gap g -> new Json.Null();
      case State.Conflict c -> new Json.Null();
      case State.Refused r -> new Json.Null();
    };
  }

  private Json duration() {
    Optional<Term> term =
        workflow.values("until").stream().findFirst().flatMap(t -> Term.parse(t).found());
    if (term.isEmpty()) {
      return new Json.Null();
    }
    return switch (term.get()) {
      case Term.Length(var span, boolean business) -> {
        Json.Builder out = Json.object().put("kind", "relative").put("iso", span.iso());
        yield business ? out.put("business_days", true).build() : out.build();
      }
      case Term.Window(Optional<LocalDate> start, LocalDate end) ->
          Json.object()
              .put("kind", "absolute")
              .put("start", start.<Json>map(s -> Json.of(s.toString())).orElse(new Json.Null()))
              .put("end", end.toString())
              .build();
      case Term.Moment(var end) ->
          Json.object()
              .put("kind", "absolute")
              .put("start", new Json.Null())
              .put("end", end.toString().substring(0, 10))
              .build();
    };
  }

  private List<Json> ambiguities() {
    List<Json> out = new ArrayList<>();
    doubts.forEach((slot, candidates) ->
        out.add(
            Json.object()
                .put("slot", slot.word())
                .put("candidates", Json.strings(candidates))
                .build()));
    return out;
  }

  private void remarks(Json.Builder out) {
    list(out, "limits", "conditions");
    list(out, "approvals_named", "approvals");
    if (!workflow.values("revocation.event").isEmpty()) {
      out.put("revocation", Json.object().put("event", first("revocation.event")).build());
    }
    if (!workflow.values("scope").isEmpty()) {
      out.put("scope", first("scope"));
    }
    Json.Builder delegation = Json.object();
    list(delegation, "to", "task.delegation");
    List<String> depth = workflow.values("delegation.depth");
    if (!depth.isEmpty()) {
      delegation.put(
          "depth",
          depth.getFirst().matches("[0-9]{1,9}")
              ? Json.of(Long.parseLong(depth.getFirst()))
              : Json.of(depth.getFirst()));
    }
    for (String part : List.of("scope", "mode")) {
      if (!workflow.values("delegation." + part).isEmpty()) {
        delegation.put(part, first("delegation." + part));
      }
    }
    Json.Obj delegated = delegation.build();
    if (!delegated.members().isEmpty()) {
      out.put("delegation", delegated);
    }
    if (!workflow.values("credential").isEmpty()) {
      out.put("credential", first("credential"));
    }
    if (!workflow.conflicts().isEmpty()) {
      out.put("conflicts", Json.strings(workflow.conflicts()));
    }
    if (!workflow.unstated().isEmpty()) {
      out.put("unstated", Json.strings(workflow.unstated().keySet()));
    }
  }

  private void list(Json.Builder out, String name, String path) {
    if (!workflow.values(path).isEmpty()) {
      out.put(name, Json.strings(workflow.values(path)));
    }
  }

  private Json provenance() {
    Json.Builder out = Json.object();
    workflow
        .slots()
        .forEach((path, state) -> {
          if (state instanceof State.Stated(List<String> values, List<Quote> quotes)) {
            int start = quotes.stream().mapToInt(Quote::start).min().orElse(0);
            int end = quotes.stream().mapToInt(Quote::end).max().orElse(0);
            out.put(path, Json.array(List.of(Json.of(start), Json.of(end))));
          }
        });
    return out.build();
  }
}

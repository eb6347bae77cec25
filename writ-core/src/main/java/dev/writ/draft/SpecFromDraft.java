package dev.writ.draft;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import dev.writ.catalogue.Agent;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Workload;
import dev.writ.spec.Spec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** Makes the spec of a draft without open slots, and writes down where each line came from. */
final class SpecFromDraft {
  private final Prompt prompt;
  private final Workflow draft;
  private final Catalogue catalogue;
  private final Json.Builder from = Json.object();

  SpecFromDraft(Prompt prompt, Workflow draft, Catalogue catalogue) {
    this.prompt = prompt;
    this.draft = draft;
    this.catalogue = catalogue;
  }

  Parsed<Spec> spec() {
    List<Problem> problems = new ArrayList<>();
    if (draft.intent() != Intent.GRANT) {
      return Parsed.refused(
          "intent",
          "this asks to " + draft.intent().word() + ", which is no new spec",
          "name the workflow whose writ is meant");
    }
    for (String path : draft.open()) {
      problems.add(new Problem(path, "this is still open", "answer it"));
    }
    for (String path : List.of("grants[0].limits.rows", "until")) {
      draft
          .slot(path)
          .filter(s -> s.values().size() > 1)
          .ifPresent(s -> problems.add(new Problem(path, "more than one value", "give one")));
    }
    values("identity.workload").stream()
        .filter(id -> catalogue.agent(id).flatMap(Agent::workload).isEmpty())
        .forEach(id ->
            problems.add(
                new Problem(
                    "identity.workload",
                    "`" + id + "` has no workload identity",
                    "give it one in the catalogue, or name another agent")));
    term()
        .filter(t ->
            t instanceof Term.Window(Optional<LocalDate> start, LocalDate end)
                && start.filter(s -> s.isAfter(today())).isPresent())
        .ifPresent(t ->
            problems.add(
                new Problem(
                    "until",
                    "this starts later, and a spec has no start",
                    "submit it on that day, or answer `until` with the last day alone")));
    if (draft.lines("grants").isEmpty()) {
      problems.add(new Problem("grants", "nothing is asked for", "draft it again"));
    }
    // The reader of specs checks everything once more: what it accepts is what a hand could write.
    return problems.isEmpty() ? Spec.parse(json()) : Parsed.refused(problems);
  }

  private Json.Obj json() {
    Json.Builder out = Json.object().put("kind", "Workflow");
    text(out, "name", "name");
    text(out, "purpose", "purpose");
    text(out, "process", "process");
    Json.Builder owners = Json.object();
    text(owners, "product", "owners.product");
    text(owners, "identity", "owners.identity");
    text(owners, "security", "owners.security");
    out.put("owners", owners.build());
    text(out, "stage", "stage");
    out.put("identity", identity());
    list(out, "initiators", "initiators");
    out.put("grants", Json.array(renumbered("grants")));
    List<Json> prohibited = renumbered("prohibited");
    if (!prohibited.isEmpty()) {
      out.put("prohibited", Json.array(prohibited));
    }
    // What is no term stays text, which the reader of specs names as a problem.
    values("until").stream()
        .findFirst()
        .ifPresent(text -> {
          out.put(
              "until",
              term().map(t -> t.end(prompt.now(), catalogue.calendar()).toString()).orElse(text));
          source("until", "until");
        });
    out.put("task", task());
    list(out, "revoke", "revoke");
    return out.put("from", from.build()).build();
  }

  private List<String> values(String path) {
    return draft.values(path);
  }

  private Optional<Term> term() {
    return values("until").stream().findFirst().flatMap(t -> Term.parse(t).found());
  }

  private LocalDate today() {
    return prompt.now().atZone(catalogue.calendar().timezone()).toLocalDate();
  }

  private void text(Json.Builder out, String name, String path) {
    values(path).stream()
        .findFirst()
        .ifPresent(v -> {
          out.put(name, v);
          source(path, path);
        });
  }

  private void list(Json.Builder out, String name, String path) {
    out.put(name, Json.strings(values(path)));
    source(path, path);
  }

  private Json identity() {
    Optional<Workload> workload =
        values("identity.workload").stream()
            .findFirst()
            .flatMap(catalogue::agent)
            .flatMap(Agent::workload);
    source("identity.workload", "identity.workload");
    Json.Builder out =
        Json.object().put("workload", workload.map(Workload::id).orElse("no workload identity"));
    text(out, "mode", "identity.mode");
    return out.build();
  }

  private Json task() {
    Json.Builder out = Json.object();
    text(out, "life", "task.life");
    if (!values("task.delegation").isEmpty()) {
      out.put(
          "delegation",
          Json.object().put("depth", 1).put("to", Json.strings(values("task.delegation"))).build());
      source("task.delegation", "task.delegation");
    }
    return out.build();
  }

  private List<Json> renumbered(String section) {
    List<Json> out = new ArrayList<>();
    for (String line : draft.lines(section)) {
      out.add(line(line, section + "[" + out.size() + "]"));
    }
    return out;
  }

  private Json line(String at, String to) {
    Json.Builder out = Json.object();
    out.put("actions", Json.strings(values(at + ".actions")));
    out.put("resource", String.join(" ", values(at + ".resource")));
    source(at + ".actions", to + ".actions");
    source(at + ".resource", to + ".resource");
    values(at + ".environment").stream()
        .findFirst()
        .ifPresent(e -> {
          out.put("environment", e);
          source(at + ".environment", to + ".environment");
        });
    targets(out, at, to);
    Json.Builder limits = Json.object();
    boolean limited = false;
    for (String limit : List.of("rows", "calls")) {
      Optional<String> value = values(at + ".limits." + limit).stream().findFirst();
      if (value.isPresent()) {
        limited = true;
        // A limit that is no number stays text, which the reader of specs names as a problem.
        limits.put(
            limit,
            value.get().matches("[0-9]{1,15}")
                ? Json.of(Long.parseLong(value.get()))
                : Json.of(Text.excerpt(value.get())));
        source(at + ".limits." + limit, to + ".limits." + limit);
      }
    }
    if (limited) {
      out.put("limits", limits.build());
    }
    return out.build();
  }

  private void targets(Json.Builder out, String at, String to) {
    List<String> targets = values(at + ".targets");
    if (targets.isEmpty()) {
      return;
    }
    source(at + ".targets", to + ".targets");
    if (targets.equals(List.of("any"))) {
      out.put("targets", "any");
      return;
    }
    Map<String, SequencedSet<String>> byDimension = new LinkedHashMap<>();
    for (String target : targets) {
      int equals = target.indexOf('=');
      byDimension
          .computeIfAbsent(target.substring(0, equals), d -> new LinkedHashSet<>())
          .add(target.substring(equals + 1));
    }
    Json.Builder named = Json.object();
    byDimension.forEach((dimension, ids) -> named.put(dimension, Json.strings(ids)));
    out.put("targets", named.build());
  }

  private void source(String path, String line) {
    Optional<State> state = draft.slot(path);
    if (state.isEmpty()) {
      return;
    }
    switch (state.get()) {
      case State.Stated(List<String> values, List<Quote> quotes) -> {
        int start = quotes.stream().mapToInt(Quote::start).min().orElse(0);
        int end = quotes.stream().mapToInt(Quote::end).max().orElse(1);
        from.put(
            line,
            Json.object().put("prompt", Json.array(List.of(Json.of(start), Json.of(end)))).build());
      }
      case State.Answered(List<String> values, String person) ->
          from.put(line, Json.object().put("answer", person).build());
      case State.Derived derived -> from.put(line, "catalogue");
      case State.Defaulted defaulted -> from.put(line, "policy-default");
      case State.Ambiguous open -> {}
      case State.Gap open -> {}
      case State.Conflict open -> {}
      case State.Refused open -> {}
    }
  }
}

package dev.writ.draft;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON form of drafts, written and read. */
final class DraftForm {
  private DraftForm() {}

  static Json.Obj write(Draft draft) {
    return Json.object()
        .put("drafter", draft.drafter())
        .put("intent", draft.intent().word())
        .put("prompt", draft.prompt().text())
        .put("requester", draft.prompt().requester())
        .put("now", draft.prompt().now().toString())
        .put("flags", Json.strings(draft.flags().stream().map(Flag::word).toList()))
        .put("workflows", Json.array(draft.workflows().stream().map(DraftForm::write).toList()))
        .build();
  }

  private static Json.Obj write(Workflow workflow) {
    Json.Builder slots = Json.object();
    workflow.slots().forEach((path, state) -> slots.put(path, write(state)));
    Json.Builder unstated = Json.object();
    workflow.unstated().forEach(unstated::put);
    return Json.object()
        .put("intent", workflow.intent().word())
        .put("slots", slots.build())
        .put("open", Json.strings(workflow.open()))
        .put("conflicts", Json.strings(workflow.conflicts()))
        .put("unstated", unstated.build())
        .build();
  }

  private static Json write(State state) {
    Json.Builder out = Json.object().put("state", state.word());
    switch (state) {
      case State.Stated(List<String> values, List<Quote> quotes) ->
          out.put("values", Json.strings(values)).put("quotes", write(quotes));
      case State.Derived(List<String> values, String because) ->
          out.put("values", Json.strings(values)).put("because", because);
      case State.Defaulted(List<String> values) -> out.put("values", Json.strings(values));
      case State.Answered(List<String> values, String person) ->
          out.put("values", Json.strings(values)).put("person", person);
      case State.Ambiguous(List<String> candidates, List<Quote> quotes) ->
          out.put("candidates", Json.strings(candidates)).put("quotes", write(quotes));
      case State.Gap(Optional<String> wouldApply) ->
          out.putIfPresent("would_apply", wouldApply.map(Json::of));
      case State.Conflict(String what, List<Quote> quotes) ->
          out.put("what", what).put("quotes", write(quotes));
      case State.Refused(String why, List<Quote> quotes) ->
          out.put("why", why).put("quotes", write(quotes));
    }
    return out.build();
  }

  static Json write(List<Quote> quotes) {
    List<Json> out = new ArrayList<>();
    for (Quote q : quotes) {
      out.add(
          Json.object().put("start", q.start()).put("end", q.end()).put("text", q.text()).build());
    }
    return Json.array(out);
  }

  /** Reads a stranger's draft. What it says is not verified again: it is only well-formed. */
  static final class Reader {
    private final List<Problem> problems = new ArrayList<>();

    Parsed<Draft> read(Json.Obj json) {
      Prompt prompt = prompt(json).orElse(null);
      String drafter = text(json, "", "drafter");
      Intent intent = intent(json, "").orElse(Intent.NONE);
      List<Flag> flags = new ArrayList<>();
      for (String word : texts(json, "", "flags")) {
        Arrays.stream(Flag.values())
            .filter(f -> f.word().equals(word))
            .findFirst()
            .ifPresentOrElse(
                flags::add, () -> problem("flags", "no flag is called `" + word + "`"));
      }
      List<Workflow> workflows = new ArrayList<>();
      List<Json> items = json.array("workflows").orElse(List.of());
      for (int i = 0; i < items.size(); i++) {
        workflow(items.get(i), "workflows[" + i + "]").ifPresent(workflows::add);
      }
      return prompt == null || !problems.isEmpty()
          ? Parsed.refused(problems)
          : Parsed.ok(new Draft(prompt, drafter, intent, flags, workflows));
    }

    private Optional<Prompt> prompt(Json.Obj json) {
      try {
        Instant now = Instant.parse(text(json, "", "now"));
        Parsed<Prompt> prompt =
            Prompt.parse(text(json, "", "prompt"), text(json, "", "requester"), now);
        problems.addAll(prompt.problems());
        return prompt.found();
      } catch (DateTimeException e) {
        problem("now", "this is no instant");
        return Optional.empty();
      }
    }

    private Optional<Workflow> workflow(Json json, String at) {
      if (!(json instanceof Json.Obj o)) {
        problem(at, "this is no workflow");
        return Optional.empty();
      }
      Optional<Intent> intent = intent(o, at + ".").filter(Intent::ofWorkflow);
      if (intent.isEmpty()) {
        problem(at + ".intent", "a workflow has no such intent");
      }
      Map<String, State> slots = new LinkedHashMap<>();
      o.object("slots")
          .orElseGet(() -> Json.object().build())
          .members()
          .forEach((path, value) -> {
            String place = at + ".slots." + path;
            if (SlotKind.of(path).isEmpty()) {
              problem(place, "there is no such slot");
            }
            state(value, place).ifPresent(s -> slots.put(path, s));
          });
      Map<String, String> unstated = new LinkedHashMap<>();
      Json.Obj silent = o.object("unstated").orElseGet(() -> Json.object().build());
      silent.members().keySet().forEach(k -> unstated.put(k, text(silent, at + ".unstated.", k)));
      List<String> conflicts = texts(o, at + ".", "conflicts");
      return intent.map(i -> new Workflow(i, slots, conflicts, unstated));
    }

    private Optional<State> state(Json json, String at) {
      if (!(json instanceof Json.Obj o)) {
        problem(at, "this is no state");
        return Optional.empty();
      }
      String in = at + ".";
      try {
        return Optional.of(
            switch (o.text("state").orElse("")) {
              case "stated" -> new State.Stated(texts(o, in, "values"), quotes(o, in));
              case "derived" -> new State.Derived(texts(o, in, "values"), text(o, in, "because"));
              case "defaulted" -> new State.Defaulted(texts(o, in, "values"));
              case "answered" -> new State.Answered(texts(o, in, "values"), text(o, in, "person"));
              case "ambiguous" -> new State.Ambiguous(texts(o, in, "candidates"), quotes(o, in));
              case "gap" -> new State.Gap(o.text("would_apply"));
              case "conflict" -> new State.Conflict(text(o, in, "what"), quotes(o, in));
              case "refused" -> new State.Refused(text(o, in, "why"), quotes(o, in));
              default -> throw new IllegalArgumentException("there is no such state");
            });
      } catch (IllegalArgumentException e) {
        problem(at, e.getMessage() == null ? "this is no state" : e.getMessage());
        return Optional.empty();
      }
    }

    private List<Quote> quotes(Json.Obj o, String in) {
      List<Quote> out = new ArrayList<>();
      for (Json item : o.array("quotes").orElse(List.of())) {
        if (item instanceof Json.Obj q) {
          long start = q.integer("start").orElse(-1L);
          long end = q.integer("end").orElse(-1L);
          if (start < 0 || end > Prompt.LONGEST || start >= end) {
            throw new IllegalArgumentException("not a quote");
          }
          out.add(new Quote((int) start, (int) end, text(q, in + "quotes.", "text")));
        } else {
          throw new IllegalArgumentException("not a quote");
        }
      }
      return out;
    }

    private Optional<Intent> intent(Json.Obj o, String in) {
      String word = text(o, in, "intent");
      return Arrays.stream(Intent.values()).filter(i -> i.word().equals(word)).findFirst();
    }

    private String text(Json.Obj o, String in, String name) {
      return o.text(name)
          .orElseGet(() -> {
            problem(in + name, "a text is missing");
            return "";
          });
    }

    private List<String> texts(Json.Obj o, String in, String name) {
      List<String> out = new ArrayList<>();
      for (Json item : o.array(name).orElse(List.of())) {
        if (item instanceof Json.Str(String text)) {
          out.add(text);
        } else {
          problem(in + name, "this is no text");
        }
      }
      return out;
    }

    private void problem(String place, String what) {
      problems.add(new Problem(place, what, "send a draft as it was made"));
    }
  }
}

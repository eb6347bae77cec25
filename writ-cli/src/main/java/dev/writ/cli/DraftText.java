package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.cli.PromptMarks.Mark;
import dev.writ.terminal.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A draft as a person reads it. */
final class DraftText {
  private final Output out;
  private final boolean colour;

  DraftText(Output out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** The draft of one workflow, as the server sent it. */
  void print(Json.Obj one) {
    Json.Obj draft = one.object("draft").orElseGet(DraftText::nothing);
    Json.Obj workflow =
        Show.objects(draft, "workflows").stream().findFirst().orElseGet(DraftText::nothing);
    Json.Obj slots = workflow.object("slots").orElseGet(DraftText::nothing);
    PromptMarks marks = marks(draft.text("prompt").orElse(""), slots);
    out.say("workflow " + one.text("workflow").orElse("") + ", " + intent(workflow));
    out.say("");
    out.text(String.join("\n", marks.lines(colour)));
    out.say("");
    said(slots, marks);
    missing(one, slots, marks);
    defaults(workflow);
    list("this breaks a rule:", workflow, "conflicts");
    flags(draft);
    list("next:", one, "next");
  }

  private static Json.Obj nothing() {
    return Json.object().build();
  }

  private static String intent(Json.Obj workflow) {
    return switch (workflow.text("intent").orElse("")) {
      case "grant" -> "new access";
      case "extend" -> "a later end of access there is";
      case "modify" -> "a change of access there is";
      case "revoke" -> "the end of access there is";
      default -> "access";
    };
  }

  private static PromptMarks marks(String prompt, Json.Obj slots) {
    PromptMarks marks = new PromptMarks(prompt);
    slots
        .members()
        .values()
        .forEach(value -> {
          if (value instanceof Json.Obj state) {
            Mark mark =
                switch (state.text("state").orElse("")) {
                  case "stated" -> Mark.TAKEN;
                  case "ambiguous" -> Mark.UNCLEAR;
                  default -> Mark.NOT_TAKEN;
                };
            for (Json.Obj quote : Show.objects(state, "quotes")) {
              marks.mark(bound(quote, "start"), bound(quote, "end"), mark);
            }
          }
        });
    return marks;
  }

  private static int bound(Json.Obj quote, String name) {
    return quote.integer(name).orElse(-1L).intValue();
  }

  /** The numbers of a state's spans: {@code [1] [3]}. */
  private static String numbers(Json.Obj state, PromptMarks marks) {
    List<String> out = new ArrayList<>();
    for (Json.Obj quote : Show.objects(state, "quotes")) {
      marks
          .number(bound(quote, "start"), bound(quote, "end"))
          .map(n -> "[" + n + "]")
          .filter(n -> !out.contains(n))
          .ifPresent(out::add);
    }
    return String.join(" ", out);
  }

  private void said(Json.Obj slots, PromptMarks marks) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String slot : Slots.inOrder(slots.members().keySet())) {
      if (slots.get(slot).orElse(new Json.Null()) instanceof Json.Obj state
          && state.get("values").isPresent()) {
        fields.put(slot, Show.list(state, "values") + "  " + source(state, marks));
      }
    }
    if (!fields.isEmpty()) {
      out.say("asked for, and where it came from:");
      out.fields(fields);
    }
  }

  private static String source(Json.Obj state, PromptMarks marks) {
    return switch (state.text("state").orElse("")) {
      case "stated" -> numbers(state, marks);
      case "derived" -> "(" + state.text("because").orElse("") + ")";
      case "defaulted" -> "(the catalogue's template)";
      case "answered" -> "(" + state.text("person").orElse("") + " answered)";
      default -> "";
    };
  }

  private void missing(Json.Obj one, Json.Obj slots, PromptMarks marks) {
    List<Json.Obj> questions = Show.objects(one, "questions");
    if (questions.isEmpty()) {
      return;
    }
    out.say("missing:");
    Map<String, String> fields = new LinkedHashMap<>();
    for (Json.Obj question : questions) {
      String slot = question.text("slot").orElse("");
      fields.put(slot, question(question, slots.object(slot), marks));
    }
    out.fields(fields);
  }

  private static String question(Json.Obj question, Optional<Json.Obj> state, PromptMarks marks) {
    List<String> parts = new ArrayList<>();
    parts.add(question.text("ask").orElse(""));
    question.text("why").ifPresent(why -> parts.add("(" + why + ")"));
    state.map(s -> numbers(s, marks)).filter(n -> !n.isEmpty()).ifPresent(parts::add);
    List<String> choices =
        question.array("choices").orElse(List.of()).stream().map(Show::text).toList();
    if (!choices.isEmpty() && choices.size() <= 8) {
      parts.add("One of " + String.join(", ", choices) + ".");
    }
    question.text("would_apply").ifPresent(w -> parts.add("Policy would apply: " + w + "."));
    List<String> who = question.array("who").orElse(List.of()).stream().map(Show::text).toList();
    parts.add("Can say: " + String.join(", ", who) + ".");
    return String.join(" ", parts);
  }

  private void defaults(Json.Obj workflow) {
    Map<String, String> fields = new LinkedHashMap<>();
    workflow
        .object("unstated")
        .orElseGet(DraftText::nothing)
        .members()
        .forEach((name, value) ->
            fields.put(name, Show.text(value).isEmpty() ? "nothing" : Show.text(value)));
    if (!fields.isEmpty()) {
      out.say("nothing was said of these; policy would apply:");
      out.fields(fields);
    }
  }

  private void flags(Json.Obj draft) {
    List<String> flags = draft.array("flags").orElse(List.of()).stream().map(Show::text).toList();
    if (!flags.isEmpty()) {
      out.say("look at this:");
      flags.forEach(f -> out.say("  " + FlagText.of(f)));
    }
  }

  private void list(String title, Json.Obj from, String name) {
    List<Json> items = from.array(name).orElse(List.of());
    if (!items.isEmpty()) {
      out.say(title);
      items.forEach(i -> out.say("  " + Show.text(i)));
    }
  }
}

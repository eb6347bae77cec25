package dev.writ.server.api;

import dev.writ.admission.Admission;
import dev.writ.admission.Requirement;
import dev.writ.base.Json;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import dev.writ.base.WorkflowId;
import dev.writ.draft.Draft;
import dev.writ.draft.Flag;
import dev.writ.draft.Question;
import dev.writ.draft.Quote;
import dev.writ.draft.State;
import dev.writ.draft.Workflow;
import dev.writ.operation.Guidance;
import dev.writ.operation.SubmitSpec;
import dev.writ.server.mcp.McpTools.Called;
import java.util.ArrayList;
import java.util.List;

/**
 * Results of drafting's tools in words for a chat. What a prompt says stands in quotes after {@code
 * prompt:}, its controls and invisible characters replaced, so that it can neither end the quotes
 * nor pass for our words.
 */
final class DraftingWords {
  /** Where a result says which of its parts are strangers' text, as JSON Pointers (RFC 6901). */
  static final String STRANGERS = "dev.writ/strangers-text";

  private DraftingWords() {}

  static Called result(String text, Json.Obj structured) {
    return new Called.Result(
        Json.object()
            .put("content", content(text))
            .put("structuredContent", structured)
            .put("isError", false)
            .put("_meta", Json.object().put(STRANGERS, Json.strings(strangers(structured))).build())
            .build());
  }

  /** A refusal that the model can act on. */
  static Called refusal(String name, List<Problem> problems) {
    List<String> lines = new ArrayList<>();
    lines.add("Refused:");
    List<Json.Obj> listed = new ArrayList<>();
    for (Problem p : problems) {
      String place = p.place().isEmpty() ? "" : Text.excerpt(p.place()) + ": ";
      lines.add("- " + place + p.what() + ". Next: " + p.remedy());
      listed.add(
          Json.object()
              .put("place", p.place())
              .put("what", p.what())
              .put("remedy", p.remedy())
              .build());
    }
    return new Called.Result(
        Json.object()
            .put("content", content(String.join("\n", lines)))
            .put(
                "structuredContent",
                Json.object().put("problem", name).put("problems", Json.array(listed)).build())
            .put("isError", true)
            .build());
  }

  private static Json.Arr content(String text) {
    return Json.array(List.of(Json.object().put("type", "text").put("text", text).build()));
  }

  private static List<String> strangers(Json.Obj structured) {
    List<String> out = new ArrayList<>();
    if (structured.get("draft").isPresent()) {
      ofDraft("", out);
    }
    int drafts = structured.array("drafts").orElse(List.of()).size();
    for (int i = 0; i < drafts; i++) {
      ofDraft("/drafts/" + i, out);
    }
    if (structured.get("text").isPresent()) {
      out.add("/text");
    }
    return out;
  }

  private static void ofDraft(String at, List<String> out) {
    out.add(at + "/draft/prompt");
    out.add(at + "/draft/workflows/0/slots");
  }

  static String draft(WorkflowId workflow, Draft draft, Guidance guidance) {
    List<String> lines = new ArrayList<>();
    Workflow of = draft.workflows().getFirst();
    lines.add(
        "Draft of workflow "
            + workflow.value()
            + " ("
            + of.intent().word()
            + "). Nothing granted.");
    of.slots()
        .forEach((slot, state) -> {
          if (!state.open()) {
            lines.add("- " + slot + " = " + values(state) + " " + source(state));
          }
        });
    for (Flag flag : draft.flags()) {
      lines.add("- look at: " + flag.word().replace('_', ' '));
    }
    of.conflicts().forEach(c -> lines.add("- breaks a rule: " + Text.visible(c)));
    of.unstated()
        .forEach((what, would) ->
            lines.add("- nothing said of " + what + "; policy would apply: " + would));
    lines.add(questions(guidance.questions(), guidance));
    return String.join("\n", lines);
  }

  private static String values(State state) {
    return Text.visible(String.join(", ", state.values()));
  }

  private static String source(State state) {
    return switch (state) {
      case State.Stated(List<String> values, List<Quote> quotes) ->
          "(prompt: "
              + String.join(", ", quotes.stream().map(DraftingWords::quoted).toList())
              + ")";
      case State.Derived(List<String> values, String because) -> "(" + because + ")";
      case State.Defaulted d -> "(the catalogue's template)";
      case State.Answered(List<String> values, String person) -> "(" + person + " answered)";
      case State.Ambiguous open -> "";
      case State.Gap open -> "";
      case State.Conflict open -> "";
      case State.Refused open -> "";
    };
  }

  private static String quoted(Quote quote) {
    return "\"" + Text.excerpt(quote.text()).replace('"', '\'') + "\"";
  }

  static String questions(List<Question> questions, Guidance guidance) {
    List<String> lines = new ArrayList<>();
    lines.add(questions.isEmpty() ? "Nothing is open." : "Open, to ask the person:");
    for (Question q : questions) {
      StringBuilder line = new StringBuilder("- " + q.slot() + ": " + q.ask());
      q.why().ifPresent(why -> line.append(" (").append(Text.visible(why)).append(')'));
      if (!q.choices().isEmpty()) {
        line.append(" Fits: ").append(Text.visible(String.join(", ", q.choices()))).append('.');
      }
      q.wouldApply().ifPresent(w -> line.append(" Policy would apply: ").append(w).append('.'));
      line.append(" Can know: ").append(String.join(", ", q.who())).append('.');
      lines.add(line.toString());
    }
    guidance.next().forEach(n -> lines.add("Next: " + n + "."));
    return String.join("\n", lines);
  }

  static String submitted(SubmitSpec.Reply.Submitted done) {
    String where =
        "workflow "
            + done.dossier().workflow().value()
            + " as dossier "
            + done.dossier().digest()
            + ". ";
    return switch (done.judgement().admission()) {
      case Admission.Requires(List<Requirement> missing) ->
          "Submitted for review, and not in force: "
              + where
              + String.join(
                  " ",
                  missing.stream()
                      .map(r ->
                          "It needs "
                              + r.name()
                              + " from one of "
                              + String.join(", ", r.eligible())
                              + ".")
                      .toList());
      case Admission.Admitted admitted ->
          "Submitted, and in force, since policy asks for no approval: " + where;
      case Admission.Never(List<String> reasons) ->
          "Submitted, and refused by admission policy: "
              + where
              + String.join("; ", reasons)
              + ". Change the spec.";
      case Admission.Faulty(List<String> errors) ->
          "Submitted, and admission policy is at fault: "
              + where
              + "Tell the people who publish policies.";
    };
  }
}

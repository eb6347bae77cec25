package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.WorkflowId;
import dev.writ.draft.Answer;
import dev.writ.form.Fields;
import dev.writ.form.Node;
import dev.writ.form.Problems;
import dev.writ.operation.CompleteDraft;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the arguments of drafting's tools; unknown ones are problems too. */
final class ToolArguments {
  private ToolArguments() {}

  /** What {@code explain_gap} is asked. */
  record Explain(WorkflowId workflow, Optional<String> slot) {}

  static Parsed<String> words(Json.Obj arguments, String name) {
    return read(arguments, f -> Body.words(f, name));
  }

  static Parsed<Explain> explain(Json.Obj arguments) {
    return read(
        arguments,
        f -> {
          Optional<WorkflowId> workflow = Body.parsed(f, "workflow", WorkflowId::parse);
          Optional<String> slot = f.text("slot");
          return workflow.map(w -> new Explain(w, slot));
        });
  }

  static Parsed<CompleteDraft.Request> submit(Json.Obj arguments, String person) {
    return read(
        arguments,
        f -> {
          Optional<WorkflowId> workflow = Body.parsed(f, "workflow", WorkflowId::parse);
          List<Answer> answers = DraftResource.answers(f, person);
          List<String> without = f.texts("without");
          return workflow.map(w -> new CompleteDraft.Request(person, w, answers, without));
        });
  }

  private static <T> Parsed<T> read(Json.Obj arguments, Function<Fields, Optional<T>> reading) {
    Problems problems = new Problems();
    Fields fields = Fields.of(Node.of(arguments), problems).orElseThrow();
    Optional<T> value = reading.apply(fields);
    fields.close();
    return problems.answer(value::orElseThrow);
  }
}

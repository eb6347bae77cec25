package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.base.Problem;
import dev.writ.base.WorkflowId;
import dev.writ.draft.Draft;
import dev.writ.draft.Drafter;
import dev.writ.form.Fields;
import dev.writ.form.Node;
import dev.writ.operation.CompleteDraft;
import dev.writ.operation.DraftPrompt;
import dev.writ.operation.Refusal;
import dev.writ.operation.SubmitSpec;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Routes;
import dev.writ.spec.Spec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drafts: a prompt in, what it says and what it leaves open out; then the answers, and the spec
 * they come to. The server keeps no draft open: it makes the draft again from the prompt and its
 * time.
 */
public final class DraftResource implements Resource {
  private static final int MOST_DRAFTS = DraftPrompt.MOST_WORKFLOWS;

  private final DraftPrompt drafting;
  private final CompleteDraft completing;
  private final SubmitSpec submitting;
  private final Drafter drafter;
  private final People people;

  /** What the endpoints do. */
  public record Operations(DraftPrompt draft, CompleteDraft complete, SubmitSpec submit) {}

  public DraftResource(Operations operations, Drafter drafter, People people) {
    this.drafting = operations.draft();
    this.completing = operations.complete();
    this.submitting = operations.submit();
    this.drafter = drafter;
    this.people = people;
  }

  @Override
  public void open(Routes routes) {
    routes
        .post("/v1/drafts", this::draft)
        .post("/v1/drafts/complete", this::complete)
        .post("/v1/drafts/submit", this::submit);
  }

  private Answer draft(Asked asked) {
    String by = people.of(asked);
    String prompt = Body.members(asked, f -> f.requiredText("prompt"));
    return switch (drafting.run(new DraftPrompt.Request(by, prompt, drafter))) {
      case DraftPrompt.Reply.Drafted(List<DraftPrompt.OfWorkflow> drafts) ->
          Answer.json(
              201,
              Json.object()
                  .put("drafts", Json.array(drafts.stream().map(DraftResource::page).toList()))
                  .build());
      case DraftPrompt.Reply.NothingAsked nothing ->
          Answer.json(200, Json.object().put("drafts", Json.array(List.of())).build());
      case DraftPrompt.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }

  private static Json.Obj page(DraftPrompt.OfWorkflow drafted) {
    return Json.object()
        .put("workflow", drafted.workflow().value())
        .put("now", drafted.draft().prompt().now().toString())
        .put("draft", drafted.draft().canonicalForm())
        .build();
  }

  /** A prompt with the answers to what it left open. */
  private record Completion(
      String prompt,
      Instant now,
      int index,
      List<dev.writ.draft.Answer> answers,
      Optional<WorkflowId> workflow) {}

  private Answer complete(Asked asked) {
    String by = people.of(asked);
    Completion completion = completion(asked, by);
    return switch (completing.run(request(by, completion))) {
      case CompleteDraft.Reply.Completed(Draft draft, Optional<Spec> spec) -> {
        Json.Builder out = Json.object().put("draft", draft.canonicalForm());
        spec.ifPresent(s -> out.put("spec", s.digest()).put("text", s.yaml()));
        yield Answer.json(200, out.build());
      }
      case CompleteDraft.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }

  private Answer submit(Asked asked) {
    String by = people.of(asked);
    Completion completion = completion(asked, by);
    return switch (completing.run(request(by, completion))) {
      case CompleteDraft.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
      case CompleteDraft.Reply.Completed(Draft draft, Optional<Spec> spec) ->
          spec.map(s ->
                  SpecResource.answer(
                      submitting.run(new SubmitSpec.Request(by, completion.workflow(), s))))
              .orElseGet(() -> ProblemDialect.answer(stillOpen(draft)));
    };
  }

  private static Refusal stillOpen(Draft draft) {
    return new Refusal.InputInvalid(
        draft.workflows().getFirst().open().stream()
            .map(slot -> new Problem(slot, "nobody has said this", "answer it"))
            .toList());
  }

  private CompleteDraft.Request request(String by, Completion completion) {
    return new CompleteDraft.Request(
        by,
        completion.prompt(),
        completion.now(),
        completion.index(),
        completion.answers(),
        drafter);
  }

  private static Completion completion(Asked asked, String by) {
    return Body.members(
        asked,
        f -> {
          Optional<String> prompt = f.requiredText("prompt");
          Optional<Instant> now = instant(f);
          int index = f.integer("index", 0, MOST_DRAFTS - 1).orElse(0L).intValue();
          List<dev.writ.draft.Answer> answers = answers(f, by);
          Optional<WorkflowId> workflow =
              f.node("workflow").isEmpty()
                  ? Optional.empty()
                  : Body.parsed(f, "workflow", WorkflowId::parse);
          return prompt.flatMap(p -> now.map(n -> new Completion(p, n, index, answers, workflow)));
        });
  }

  private static Optional<Instant> instant(Fields f) {
    Optional<String> text = f.requiredText("now");
    try {
      return text.map(Instant::parse);
    } catch (DateTimeException e) {
      f.problems().add(f.place("now"), "this is no instant", "send the draft's `now` back");
      return Optional.empty();
    }
  }

  private static List<dev.writ.draft.Answer> answers(Fields f, String by) {
    List<dev.writ.draft.Answer> answers = new ArrayList<>();
    f.fields("answers")
        .ifPresent(slots -> {
          for (Node.Entry entry : slots.rest()) {
            answers.add(new dev.writ.draft.Answer(entry.key(), slots.texts(entry.key()), by));
          }
          slots.close();
        });
    return answers;
  }
}

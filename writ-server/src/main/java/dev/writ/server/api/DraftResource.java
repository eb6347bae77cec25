package dev.writ.server.api;

import dev.writ.base.WorkflowId;
import dev.writ.draft.Draft;
import dev.writ.draft.Drafter;
import dev.writ.form.Fields;
import dev.writ.form.Node;
import dev.writ.operation.CompleteDraft;
import dev.writ.operation.DraftPrompt;
import dev.writ.operation.Guidance;
import dev.writ.operation.Refusal;
import dev.writ.operation.SubmitSpec;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Routes;
import dev.writ.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drafts: a prompt in, what it says and what it leaves open out; then the answers, and the spec
 * they come to. A draft belongs to the workflow it is for, and is recorded there.
 */
public final class DraftResource implements Resource {
  private final Operations operations;
  private final Drafter drafter;
  private final People people;

  /** What the endpoints do. */
  public record Operations(DraftPrompt draft, CompleteDraft complete, SubmitSpec submit) {}

  public DraftResource(Operations operations, Drafter drafter, People people) {
    this.operations = operations;
    this.drafter = drafter;
    this.people = people;
  }

  @Override
  public void open(Routes routes) {
    routes
        .post("/v1/drafts", this::draft)
        .get("/v1/drafts/{workflow}", this::show)
        .post("/v1/drafts/{workflow}/answers", this::answers)
        .post("/v1/drafts/{workflow}/submit", this::submit);
  }

  private Answer draft(Asked asked) {
    String by = people.of(asked);
    String prompt = Body.members(asked, f -> Body.words(f, "prompt"));
    return switch (operations.draft().run(new DraftPrompt.Request(by, prompt, drafter))) {
      case DraftPrompt.Reply.Drafted(Draft whole, List<DraftPrompt.OfWorkflow> drafts) ->
          Answer.json(201, DraftPages.drafted(whole, drafts));
      case DraftPrompt.Reply.NothingAsked(Draft whole) ->
          Answer.json(200, DraftPages.drafted(whole, List.of()));
      case DraftPrompt.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }

  private Answer show(Asked asked) {
    String by = people.of(asked);
    WorkflowId workflow = Body.path(asked, "workflow", WorkflowId::parse);
    return answer(operations.complete().run(new CompleteDraft.Request(by, workflow)));
  }

  private Answer answers(Asked asked) {
    return answer(operations.complete().run(request(asked)));
  }

  private static Answer answer(CompleteDraft.Reply reply) {
    return switch (reply) {
      case CompleteDraft.Reply.Completed done -> Answer.json(200, DraftPages.completed(done));
      case CompleteDraft.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }

  private Answer submit(Asked asked) {
    CompleteDraft.Request request = request(asked);
    return switch (operations.complete().run(request)) {
      case CompleteDraft.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
      case CompleteDraft.Reply.Completed(
              WorkflowId workflow,
              Draft draft,
              Optional<Spec> spec,
              Guidance guidance) ->
          spec.map(s ->
                  SpecResource.answer(
                      operations
                          .submit()
                          .run(new SubmitSpec.Request(request.by(), Optional.of(workflow), s))))
              .orElseGet(() -> ProblemDialect.answer(DraftPages.stillOpen(draft)));
    };
  }

  private CompleteDraft.Request request(Asked asked) {
    String by = people.of(asked);
    WorkflowId workflow = Body.path(asked, "workflow", WorkflowId::parse);
    return Body.members(
        asked,
        f -> {
          List<dev.writ.draft.Answer> answers = answers(f, by);
          List<String> without = f.texts("without");
          return Optional.of(new CompleteDraft.Request(by, workflow, answers, without));
        });
  }

  static List<dev.writ.draft.Answer> answers(Fields f, String by) {
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

package dev.writ.server.api;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.WorkflowId;
import dev.writ.operation.CheckSpec;
import dev.writ.operation.Refusal;
import dev.writ.operation.SubmitSpec;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import dev.writ.spec.Spec;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Specs: checking one, and submitting one. */
public final class SpecResource implements Resource {
  private final SubmitSpec submit;
  private final CheckSpec check;
  private final People people;
  private final InstantSource clock;

  public SpecResource(SubmitSpec submit, CheckSpec check, People people, InstantSource clock) {
    this.clock = clock;
    this.submit = submit;
    this.check = check;
    this.people = people;
  }

  @Override
  public void open(Routes routes) {
    routes.post("/v1/specs", this::submit).post("/v1/specs/check", this::check);
  }

  private Answer submit(Asked asked) {
    String by = people.of(asked);
    Optional<WorkflowId> workflow = asked.query("workflow").map(SpecResource::workflow);
    Digest request = IdempotencyKeys.submission(asked.body(), asked.query("workflow"));
    return answer(
        submit.run(
            new SubmitSpec.Request(
                by, workflow, spec(asked), IdempotencyKeys.of(asked, by, request, clock))));
  }

  /** What submitting came to; for specs that come from drafts as well. */
  static Answer answer(SubmitSpec.Reply reply) {
    return switch (reply) {
      case SubmitSpec.Reply.Submitted done -> Answer.json(201, page(done));
      case SubmitSpec.Reply.Repeated again -> Answer.json(200, page(again));
      case SubmitSpec.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }

  static Json.Obj page(SubmitSpec.Reply.Submitted done) {
    Json.Builder json =
        DossierPages.dossier(done.dossier())
            .put("admission", DossierPages.judgement(done.judgement()));
    done.writ().ifPresent(w -> json.put("writ", w.value()));
    return json.build();
  }

  static Json.Obj page(SubmitSpec.Reply.Repeated again) {
    Json.Builder json =
        Json.object()
            .put("workflow", again.workflow().value())
            .put("dossier", again.submitted().dossier())
            .put("requester", again.submitted().requester())
            .put("spec", again.submitted().spec())
            .put("generated", again.submitted().generated())
            .put("repeated", true);
    again.judged().ifPresent(j -> json.put("admission", WorkflowResource.judged(j)));
    again.writ().ifPresent(w -> json.put("writ", w.value()));
    return json.build();
  }

  private Answer check(Asked asked) {
    String by = people.of(asked);
    return switch (check.run(new CheckSpec.Request(by, spec(asked)))) {
      case CheckSpec.Reply.Checked done ->
          Answer.json(
              200,
              Json.object()
                  .put("spec", done.dossier().resolved().spec().digest())
                  .put("text", done.dossier().resolved().spec().yaml())
                  .put("policies", done.dossier().generated().text())
                  .put("admission", DossierPages.judgement(done.judgement()))
                  .build());
      case CheckSpec.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }

  private static Spec spec(Asked asked) {
    return switch (Spec.parse(Body.document(asked, Body.YAML))) {
      // Whatever a file claims of prompts and answers, it is the statement of who applies it.
      case Parsed.Ok<Spec>(Spec spec) -> spec.byHand();
      case Parsed.Refused<Spec>(List<Problem> problems) ->
          throw new Refused(new HttpRefusal.Malformed(problems));
    };
  }

  private static WorkflowId workflow(String text) {
    return switch (WorkflowId.parse(text)) {
      case Parsed.Ok<WorkflowId>(WorkflowId id) -> id;
      case Parsed.Refused<WorkflowId>(List<Problem> problems) ->
          throw new Refused(
              new HttpRefusal.Malformed(problems.stream().map(p -> p.within("workflow")).toList()));
    };
  }
}

package dev.writ.server.api;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.ledger.Ledger;
import dev.writ.operation.ApproveDossier;
import dev.writ.operation.Refusal;
import dev.writ.operation.ShowDossier;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Routes;
import dev.writ.state.State;
import dev.writ.state.Submission;
import dev.writ.state.Workflow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dossiers that wait for approval: the queue, one of them, and approving it. */
public final class DossierResource implements Resource {
  private final Ledger ledger;
  private final ShowDossier show;
  private final ApproveDossier approve;
  private final People people;

  public DossierResource(Ledger ledger, ShowDossier show, ApproveDossier approve, People people) {
    this.ledger = ledger;
    this.show = show;
    this.approve = approve;
    this.people = people;
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/v1/dossiers", this::list)
        .get("/v1/dossiers/{dossier}", this::show)
        .post("/v1/dossiers/{dossier}/approvals", this::approve);
  }

  private Answer list(Asked asked) {
    people.of(asked);
    State state = ledger.published();
    List<Json.Obj> waiting =
        state.dossiers().values().stream()
            .map(state::workflow)
            .flatMap(Optional::stream)
            .map(Workflow::submission)
            .flatMap(Optional::stream)
            .filter(DossierResource::waits)
            .limit(Pages.MOST)
            .map(DossierResource::brief)
            .toList();
    return Answer.json(200, Json.object().put("dossiers", Json.array(waiting)).build());
  }

  private static boolean waits(Submission submission) {
    return submission.judged().filter(j -> j.outcome() == Fact.Admission.REQUIRES).isPresent();
  }

  private static Json.Obj brief(Submission submission) {
    return Json.object()
        .put("dossier", submission.dossier())
        .put("workflow", submission.workflow().value())
        .put("requester", submission.submitted().requester())
        .put("missing", Json.strings(submission.missing()))
        .build();
  }

  private Answer show(Asked asked) {
    String by = people.of(asked);
    Digest digest = Body.path(asked, "dossier", Digest::parse);
    return switch (show.run(new ShowDossier.Request(by, digest))) {
      case ShowDossier.Reply.Shown shown ->
          Answer.json(
              200,
              DossierPages.dossier(shown.dossier())
                  .put("admission", DossierPages.judgement(shown.judgement()))
                  .put(
                      "approvals",
                      Json.array(
                          shown.submission().approvals().stream()
                              .map(DossierResource::approval)
                              .toList()))
                  .build());
      case ShowDossier.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }

  private static Json.Obj approval(Fact.ApprovalGiven given) {
    return Json.object()
        .put("requirement", given.requirement())
        .put("approver", given.approver())
        .put("assurance", given.assurance().name().toLowerCase(Locale.ROOT))
        .build();
  }

  private Answer approve(Asked asked) {
    String by = people.of(asked);
    Digest digest = Body.path(asked, "dossier", Digest::parse);
    Optional<String> requirement =
        asked.body().length == 0
            ? Optional.empty()
            : Body.members(asked, f -> Optional.of(f.text("requirement")));
    ApproveDossier.Request request =
        new ApproveDossier.Request(by, digest, requirement, Fact.Assurance.DEVELOPMENT);
    return switch (approve.run(request)) {
      case ApproveDossier.Reply.Approved done -> {
        Json.Builder json =
            Json.object()
                .put("dossier", digest)
                .put("requirement", done.requirement())
                .put("approver", by)
                .put("admission", DossierPages.judgement(done.judgement()));
        done.writ().ifPresent(w -> json.put("writ", w.value()));
        yield Answer.json(200, json.build());
      }
      case ApproveDossier.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }
}

package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.base.WritId;
import dev.writ.fact.Fact;
import dev.writ.ledger.Ledger;
import dev.writ.operation.EndWrit;
import dev.writ.operation.OfferEnrolment;
import dev.writ.operation.Refusal;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import dev.writ.state.Writ;
import java.time.InstantSource;
import java.util.List;

/** Writs: what is in force, ending one, and the codes by which its workloads enrol their keys. */
public final class WritResource implements Resource {
  /**
   * What people do to writs.
   *
   * @param end ends one
   * @param offer yields a workload's one-time code
   */
  public record Operations(EndWrit end, OfferEnrolment offer) {}

  private final Ledger ledger;
  private final Operations operations;
  private final People people;
  private final InstantSource clock;

  public WritResource(Ledger ledger, Operations operations, People people, InstantSource clock) {
    this.ledger = ledger;
    this.operations = operations;
    this.people = people;
    this.clock = clock;
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/v1/writs", this::list)
        .get("/v1/writs/{writ}", this::show)
        .post("/v1/writs/{writ}/end", this::end)
        .post("/v1/writs/{writ}/enrolments", this::offer);
  }

  private Answer list(Asked asked) {
    people.of(asked);
    List<Json.Obj> writs =
        ledger.published().writs().values().stream().limit(Pages.MOST).map(this::brief).toList();
    return Answer.json(200, Json.object().put("writs", Json.array(writs)).build());
  }

  private Json.Obj brief(Writ writ) {
    return Json.object()
        .put("writ", writ.id().value())
        .put("workflow", writ.workflow().value())
        .put("workload", writ.issued().workload())
        .put("requester", writ.issued().requester())
        .put("until", writ.issued().terms().until().toString())
        .put("in_force", writ.inForce(clock.instant()))
        .build();
  }

  private Answer show(Asked asked) {
    people.of(asked);
    WritId id = Body.path(asked, "writ", WritId::parse);
    Writ writ = ledger.published().writs().get(id);
    if (writ == null) {
      throw new Refused(new HttpRefusal.NoSuchPath());
    }
    Fact.WritIssued issued = writ.issued();
    Fact.Terms terms = issued.terms();
    return Answer.json(
        200,
        Json.object()
            .put("writ", writ.id().value())
            .put("workflow", writ.workflow().value())
            .put("dossier", issued.dossier())
            .put("spec", issued.spec())
            .put("requester", issued.requester())
            .put("workload", issued.workload())
            .put("owners", Json.strings(terms.owners()))
            .put("delegates", Json.strings(terms.delegates()))
            .put("delegation_depth", terms.delegationDepth())
            .put("task_seconds", terms.taskLife().toSeconds())
            .put("until", terms.until().toString())
            .put("in_force", writ.inForce(clock.instant()))
            .put("scope", issued.scope().toJson())
            .put("generated", terms.generated())
            .put("slice", terms.slice())
            .build());
  }

  private Answer end(Asked asked) {
    String by = people.of(asked);
    WritId id = Body.path(asked, "writ", WritId::parse);
    Body.none(asked);
    return switch (operations.end().run(new EndWrit.Request(by, id, Fact.Cause.REVOKED))) {
      case EndWrit.Reply.Ended(WritId ended) ->
          Answer.json(200, Json.object().put("writ", ended.value()).put("ended", true).build());
      case EndWrit.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }

  private Answer offer(Asked asked) {
    String by = people.of(asked);
    WritId id = Body.path(asked, "writ", WritId::parse);
    String workload = Body.members(asked, f -> f.requiredText("workload"));
    return switch (operations.offer().run(new OfferEnrolment.Request(by, id, workload))) {
      case OfferEnrolment.Reply.Offered offered ->
          Answer.json(
              201,
              Json.object()
                  .put("code", offered.code())
                  .put("workload", offered.workload())
                  .put("until", offered.until().toString())
                  .build());
      case OfferEnrolment.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }
}

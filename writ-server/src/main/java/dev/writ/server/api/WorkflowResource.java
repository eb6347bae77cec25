package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.Fact;
import dev.writ.ledger.Ledger;
import dev.writ.operation.ReadSpec;
import dev.writ.operation.Refusal;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.ProblemDialect;
import dev.writ.server.http.Routes;
import dev.writ.spec.Spec;
import dev.writ.state.State;
import dev.writ.state.Submission;
import dev.writ.state.Workflow;
import dev.writ.state.Writ;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Workflows with a spec: where each stands, and the spec of its writ in force. */
public final class WorkflowResource implements Resource {
  private final Ledger ledger;
  private final ReadSpec read;
  private final People people;
  private final InstantSource clock;

  public WorkflowResource(Ledger ledger, ReadSpec read, People people, InstantSource clock) {
    this.ledger = ledger;
    this.read = read;
    this.people = people;
    this.clock = clock;
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/v1/workflows", this::list)
        .get("/v1/workflows/{workflow}/spec", this::ofWorkflow)
        .get("/v1/writs/{writ}/spec", this::ofWrit);
  }

  /** Somebody will act on the answer, so it is from a state confirmed current. */
  private Answer list(Asked asked) {
    people.of(asked);
    Optional<String> workload = asked.query("workload");
    State state = ledger.confirmed();
    List<Json.Obj> found =
        state.workflows().values().stream()
            .filter(w -> w.submission().isPresent())
            .filter(w -> workload.isEmpty() || workload.equals(workload(state, w)))
            .limit(Pages.MOST)
            .map(w -> page(state, w))
            .toList();
    return Answer.json(200, Json.object().put("workflows", Json.array(found)).build());
  }

  private static Optional<String> workload(State state, Workflow workflow) {
    return workflow
        .submission()
        .flatMap(Submission::workload)
        .or(() ->
            workflow
                .writ()
                .flatMap(id -> Optional.ofNullable(state.writs().get(id)))
                .map(w -> w.issued().workload()));
  }

  private Json.Obj page(State state, Workflow workflow) {
    Json.Builder out = Json.object().put("workflow", workflow.id().value());
    workload(state, workflow).ifPresent(w -> out.put("workload", w));
    workflow
        .submission()
        .ifPresent(s -> {
          out.put("spec", s.submitted().spec())
              .put("dossier", s.dossier())
              .put("requester", s.submitted().requester())
              .put("missing", Json.strings(s.missing()));
          s.judged().ifPresent(j -> out.put("outcome", word(j.outcome())));
        });
    workflow
        .writ()
        .flatMap(id -> state.writ(id, clock.instant()))
        .ifPresent(w -> out.put("writ", writ(w)));
    return out.build();
  }

  private static Json.Obj writ(Writ writ) {
    return Json.object()
        .put("writ", writ.id().value())
        .put("spec", writ.issued().spec())
        .put("until", writ.issued().terms().until().toString())
        .build();
  }

  private static String word(Fact.Admission outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  /** What admission policy said of a dossier, in the short form that is recorded. */
  static Json.Obj judged(Fact.AdmissionJudged judged) {
    List<Json.Obj> requires =
        judged.requires().stream().map(r -> Json.object().put("requirement", r).build()).toList();
    return Json.object()
        .put("outcome", word(judged.outcome()))
        .put("requires", Json.array(requires))
        .put("policies", Json.strings(judged.policies()))
        .build();
  }

  private Answer ofWorkflow(Asked asked) {
    WorkflowId id = Body.path(asked, "workflow", WorkflowId::parse);
    return spec(asked, new ReadSpec.Which.OfWorkflow(id));
  }

  private Answer ofWrit(Asked asked) {
    WritId id = Body.path(asked, "writ", WritId::parse);
    return spec(asked, new ReadSpec.Which.OfWrit(id));
  }

  private Answer spec(Asked asked, ReadSpec.Which which) {
    String by = people.of(asked);
    return switch (read.run(new ReadSpec.Request(by, which))) {
      case ReadSpec.Reply.Read(Writ writ, Spec spec) ->
          Answer.json(
              200,
              Json.object()
                  .put("workflow", writ.workflow().value())
                  .put("writ", writ.id().value())
                  .put("spec", spec.digest())
                  .put("text", spec.yaml())
                  .build());
      case ReadSpec.Reply.Refused(Refusal why) -> ProblemDialect.answer(why);
    };
  }
}

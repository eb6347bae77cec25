package dev.writ.server.api;

import dev.writ.admission.Admission;
import dev.writ.admission.Dossier;
import dev.writ.admission.Judgement;
import dev.writ.admission.Requirement;
import dev.writ.base.Json;
import java.util.List;

/** Dossiers and what admission policy says of them, as JSON. */
final class DossierPages {
  private DossierPages() {}

  /** Everything an approver must have seen. */
  static Json.Builder dossier(Dossier dossier) {
    return Json.object()
        .put("workflow", dossier.workflow().value())
        .put("dossier", dossier.digest())
        .put("requester", dossier.requester())
        .put("spec", dossier.resolved().spec().digest())
        .put("text", dossier.resolved().spec().yaml())
        .put("generated", dossier.generated().digest())
        .put("policies", dossier.generated().text())
        .put("slice", dossier.resolved().slice().canonicalForm())
        .put("admission_policies", dossier.admission())
        .put("guardrails", dossier.guardrails());
  }

  /** The answer of admission policy. */
  static Json.Obj judgement(Judgement judgement) {
    Json.Builder json = Json.object();
    switch (judgement.admission()) {
      case Admission.Admitted(List<Admission.Met> met) ->
          json.put("outcome", "admitted")
              .put("met", Json.array(met.stream().map(DossierPages::met).toList()));
      case Admission.Requires(List<Requirement> missing) ->
          json.put("outcome", "requires")
              .put("requires", Json.array(missing.stream().map(DossierPages::missing).toList()));
      case Admission.Never(List<String> reasons) ->
          json.put("outcome", "never").put("reasons", Json.strings(reasons));
      case Admission.Faulty(List<String> errors) ->
          json.put("outcome", "faulty").put("errors", Json.strings(errors));
    }
    return json.put("policies", Json.strings(judgement.policies()))
        .put("observed", Json.strings(judgement.observed()))
        .build();
  }

  private static Json.Obj met(Admission.Met met) {
    return Json.object().put("requirement", met.requirement()).put("person", met.person()).build();
  }

  private static Json.Obj missing(Requirement requirement) {
    return Json.object()
        .put("requirement", requirement.name())
        .put("role", requirement.role())
        .put("eligible", Json.strings(requirement.eligible()))
        .put("policies", Json.strings(requirement.policies()))
        .build();
  }
}

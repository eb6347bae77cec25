package dev.writ.fact;

import dev.writ.base.Id;
import dev.writ.base.Json;
import dev.writ.fact.Fact.Basis;
import dev.writ.fact.Fact.PublicKey;
import dev.writ.fact.Fact.Terms;
import dev.writ.fact.Fact.Verdict;
import java.time.Instant;
import java.util.Map;

/** The {@code body} of each fact, version 1. What is written here is frozen once released. */
final class FactWriter {
  private FactWriter() {}

  static Json.Obj body(Fact fact) {
    return switch (fact) {
      case Fact.LedgerFounded f ->
          Json.object()
              .put("founder", f.founder())
              .put("issuer", f.issuer())
              .put("keys", Json.array(f.keys().stream().map(FactWriter::key).toList()))
              .put("mode", Names.of(f.mode()))
              .put("origin", f.origin())
              .build();
      case Fact.EpochOpened f ->
          Json.object()
              .put("epoch", f.epoch())
              .put("lostRoot", f.lostRoot())
              .put("lostSize", f.lostSize())
              .put("origin", f.origin())
              .build();
      case Fact.NodeAnnounced f ->
          Json.object()
              .put("address", f.address())
              .put("node", f.node().value())
              .put("reads", f.reads())
              .build();
      case Fact.DutyAppointed f ->
          Json.object().put("duty", Names.of(f.duty())).put("person", f.person()).build();
      case Fact.KeyRotated f -> Json.object().put("key", key(f.key())).build();
      case Fact.CataloguePublished f -> Json.object().put("catalogue", f.catalogue()).build();
      case Fact.PoliciesPublished f ->
          Json.object().put("kind", Names.of(f.kind())).put("policies", f.policies()).build();
      case Fact.SnapshotTaken f ->
          Json.object().put("blob", f.blob()).put("size", f.size()).put("state", f.state()).build();
      case Fact.PayloadOpened f ->
          Json.object().put("payload", f.payload().value()).put("reason", f.reason()).build();
      case Fact.CommandRefused f ->
          Json.object().put("operation", f.operation()).put("problem", f.problem()).build();
      case Fact.StrangersRefused f ->
          Json.object()
              .put("count", f.count())
              .put("door", f.door())
              .put("problem", f.problem())
              .build();
      case Fact.DraftMade f ->
          Json.object()
              .put("draft", payload(f.draft()))
              .put("drafter", f.drafter())
              .put("prompt", payload(f.prompt()))
              .build();
      case Fact.SpecSubmitted f ->
          Json.object()
              .put("dossier", f.dossier())
              .put("generated", f.generated())
              .put("requester", f.requester())
              .put("slice", f.slice())
              .put("spec", f.spec())
              .put("text", payload(f.text()))
              .build();
      case Fact.AdmissionJudged f ->
          Json.object()
              .put("dossier", f.dossier())
              .put("outcome", Names.of(f.outcome()))
              .put("policies", Json.strings(f.policies()))
              .put("requires", Json.strings(f.requires()))
              .build();
      case Fact.ApprovalGiven f ->
          Json.object()
              .put("approver", f.approver())
              .put("assurance", Names.of(f.assurance()))
              .put("dossier", f.dossier())
              .put("requirement", f.requirement())
              .build();
      case Fact.WritIssued f ->
          Json.object()
              .put("dossier", f.dossier())
              .put("requester", f.requester())
              .put("scope", f.scope().toJson())
              .put("spec", f.spec())
              .put("terms", terms(f.terms()))
              .put("workload", f.workload())
              .put("writ", f.writ().value())
              .build();
      case Fact.WritEnded f ->
          Json.object().put("cause", Names.of(f.cause())).put("writ", f.writ().value()).build();
      case Fact.EnrolmentOffered f -> offered(f);
      case Fact.KeyEnrolled f -> enrolled(f);
      case Fact.KeyEnded f ->
          Json.object().put("cause", Names.of(f.cause())).put("key", f.key().value()).build();
      case Fact.TaskOpened f ->
          Json.object()
              .put("initiator", Names.of(f.initiator()))
              .put("requester", f.requester())
              .put("until", time(f.until()))
              .put("workload", f.workload())
              .put("writ", f.writ().value())
              .build();
      case Fact.TokenIssued f -> token(f);
      case Fact.TokenRevoked f ->
          Json.object().put("cause", Names.of(f.cause())).put("token", f.token().value()).build();
      case Fact.CallDecided f ->
          Json.object()
              .put("basis", basis(f.basis()))
              .put("call", f.call().value())
              .put("counts", counts(f.counts()))
              .put("sendUntil", time(f.sendUntil()))
              .put("token", f.token().value())
              .put("tool", f.tool())
              .put("verdict", verdict(f.verdict()))
              .build();
      case Fact.CallReturned f -> returned(f);
      case Fact.CallFailed f ->
          Json.object().put("call", f.call().value()).put("cause", f.cause()).build();
      case Fact.CallLost f ->
          Json.object().put("call", f.call().value()).put("sent", Names.of(f.sent())).build();
      case Fact.TaskCompleted f ->
          Json.object().put("cause", Names.of(f.cause())).put("revoked", f.revoked()).build();
      case Fact.TaskSettled f ->
          Json.object()
              .put("lost", Json.strings(f.lost().stream().map(Id::value).toList()))
              .build();
    };
  }

  private static Json.Obj offered(Fact.EnrolmentOffered f) {
    return Json.object()
        .put("code", f.code())
        .put("enrolment", f.enrolment().value())
        .put("until", time(f.until()))
        .put("workload", f.workload())
        .put("writ", f.writ().value())
        .build();
  }

  private static Json.Obj enrolled(Fact.KeyEnrolled f) {
    return Json.object()
        .put("enrolment", f.enrolment().value())
        .put("jwk", f.jwk())
        .put("key", f.key().value())
        .put("thumbprint", f.thumbprint())
        .put("until", time(f.until()))
        .put("workload", f.workload())
        .put("writ", f.writ().value())
        .build();
  }

  private static Json.Obj token(Fact.TokenIssued f) {
    Json.Builder out = Json.object().put("audience", f.audience());
    f.narrowed().ifPresent(s -> out.put("narrowed", s.toJson()));
    f.parent().ifPresent(p -> out.put("parent", p.value()));
    f.thumbprint().ifPresent(t -> out.put("thumbprint", t));
    return out.put("token", f.token().value())
        .put("until", time(f.until()))
        .put("workload", f.workload())
        .build();
  }

  private static Json.Obj returned(Fact.CallReturned f) {
    return Json.object()
        .put("call", f.call().value())
        .put("result", payload(f.result()))
        .put("toolError", f.toolError())
        .put("used", counts(f.used()))
        .build();
  }

  private static Json.Obj counts(Map<String, Long> counts) {
    Json.Builder out = Json.object();
    counts.forEach((name, count) -> out.put(name, count));
    return out.build();
  }

  private static Json.Obj key(PublicKey key) {
    return Json.object()
        .put("id", key.id())
        .put("text", key.text())
        .put("use", Names.of(key.use()))
        .build();
  }

  private static Json.Obj payload(PayloadRef ref) {
    return Json.object().put("commitment", ref.commitment()).put("id", ref.id().value()).build();
  }

  private static Json.Obj terms(Terms terms) {
    return Json.object()
        .put("delegates", Json.strings(terms.delegates()))
        .put("delegationDepth", terms.delegationDepth())
        .put("generated", terms.generated())
        .put("owners", Json.strings(terms.owners()))
        .put("slice", terms.slice())
        .put("taskLife", terms.taskLife().toString())
        .put("text", payload(terms.text()))
        .put("until", time(terms.until()))
        .build();
  }

  private static Json.Obj verdict(Verdict verdict) {
    return Json.object()
        .put("decision", Names.of(verdict.decision()))
        .put("errors", Json.strings(verdict.errors()))
        .put("policies", Json.strings(verdict.policies()))
        .put("reason", verdict.reason())
        .build();
  }

  private static Json.Obj basis(Basis basis) {
    return Json.object()
        .put("entities", basis.entities())
        .put("generated", basis.generated())
        .put("guardrails", basis.guardrails())
        .put("language", basis.language())
        .put("read", basis.read())
        .put("request", payload(basis.request()))
        .put("used", counts(basis.used()))
        .build();
  }

  private static String time(Instant at) {
    return at.toString();
  }
}

package dev.writ.fact;

import dev.writ.base.Id;
import dev.writ.base.JsonSink;
import dev.writ.fact.Fact.Basis;
import dev.writ.fact.Fact.PublicKey;
import dev.writ.fact.Fact.Terms;
import dev.writ.fact.Fact.Verdict;
import java.time.Instant;

/** The {@code body} of each fact, version 1. What is written here is frozen once released. */
final class FactWriter {
  private FactWriter() {}

  static void body(JsonSink out, Fact fact) {
    switch (fact) {
      case Fact.LedgerFounded f ->
          out.put("founder", f.founder())
              .put("issuer", f.issuer())
              .objects("keys", f.keys(), FactWriter::key)
              .put("mode", Names.of(f.mode()))
              .put("origin", f.origin());
      case Fact.EpochOpened f ->
          out.put("epoch", f.epoch())
              .put("lostRoot", f.lostRoot())
              .put("lostSize", f.lostSize())
              .put("origin", f.origin());
      case Fact.NodeAnnounced f ->
          out.put("address", f.address()).put("node", f.node().value()).put("reads", f.reads());
      case Fact.NodeOffered f ->
          out.put("code", f.code())
              .put("offer", f.offer().value())
              .put("until", f.until().toString());
      case Fact.NodeJoined f -> out.put("node", f.node().value()).put("offer", f.offer().value());
      case Fact.DutyAppointed f -> out.put("duty", Names.of(f.duty())).put("person", f.person());
      case Fact.KeyRotated f -> out.put("key", f.key(), FactWriter::key);
      case Fact.LogKeyRotated f ->
          out.put("endorsement", f.endorsement()).put("key", f.key(), FactWriter::key);
      case Fact.FormerKeysRevoked f -> out.put("use", Names.of(f.use()));
      case Fact.MasterKeyRotated f -> out.put("key", f.key());
      case Fact.CataloguePublished f -> out.put("catalogue", f.catalogue());
      case Fact.PoliciesPublished f ->
          out.put("kind", Names.of(f.kind())).put("policies", f.policies());
      case Fact.SnapshotTaken f ->
          out.put("blob", f.blob()).put("size", f.size()).put("state", f.state());
      case Fact.PayloadOpened f ->
          out.put("payload", f.payload().value()).put("reason", f.reason());
      case Fact.CommandRefused f -> out.put("operation", f.operation()).put("problem", f.problem());
      case Fact.StrangersRefused f ->
          out.put("count", f.count()).put("door", f.door()).put("problem", f.problem());
      case Fact.DraftMade f ->
          out.put("draft", f.draft(), FactWriter::payload)
              .put("drafter", f.drafter())
              .put("prompt", f.prompt(), FactWriter::payload);
      case Fact.DraftKept f -> out.put("draft", f.draft(), FactWriter::payload);
      case Fact.SpecSubmitted f ->
          out.put("dossier", f.dossier())
              .put("generated", f.generated())
              .put("requester", f.requester())
              .put("slice", f.slice())
              .put("spec", f.spec())
              .put("text", f.text(), FactWriter::payload);
      case Fact.EntitlementsListed f ->
          out.put("dossier", f.dossier())
              .put("entitlements", f.entitlements())
              .put("workload", f.workload());
      case Fact.AdmissionJudged f ->
          out.put("dossier", f.dossier())
              .put("outcome", Names.of(f.outcome()))
              .strings("policies", f.policies())
              .strings("requires", f.requires());
      case Fact.ApprovalGiven f ->
          out.put("approver", f.approver())
              .put("assurance", Names.of(f.assurance()))
              .put("dossier", f.dossier())
              .put("requirement", f.requirement());
      case Fact.WritIssued f ->
          out.put("dossier", f.dossier())
              .put("requester", f.requester())
              .put("scope", f.scope().toJson())
              .put("spec", f.spec())
              .put("terms", f.terms(), FactWriter::terms)
              .put("workload", f.workload())
              .put("writ", f.writ().value());
      case Fact.WritEnded f -> out.put("cause", Names.of(f.cause())).put("writ", f.writ().value());
      case Fact.EnrolmentOffered f -> offered(out, f);
      case Fact.KeyEnrolled f -> enrolled(out, f);
      case Fact.KeyEnded f -> out.put("cause", Names.of(f.cause())).put("key", f.key().value());
      case Fact.TaskOpened f ->
          out.put("initiator", Names.of(f.initiator()))
              .put("requester", f.requester())
              .put("until", time(f.until()))
              .put("workload", f.workload())
              .put("writ", f.writ().value());
      case Fact.TokenIssued f -> token(out, f);
      case Fact.TokenRevoked f ->
          out.put("cause", Names.of(f.cause())).put("token", f.token().value());
      case Fact.CallDecided f ->
          out.put("basis", f.basis(), FactWriter::basis)
              .put("call", f.call().value())
              .counts("counts", f.counts())
              .put("sendUntil", time(f.sendUntil()))
              .put("token", f.token().value())
              .put("tool", f.tool())
              .put("verdict", f.verdict(), FactWriter::verdict);
      case Fact.CallReturned f -> returned(out, f);
      case Fact.CallFailed f -> out.put("call", f.call().value()).put("cause", f.cause());
      case Fact.CallLost f -> out.put("call", f.call().value()).put("sent", Names.of(f.sent()));
      case Fact.TaskCompleted f ->
          out.put("cause", Names.of(f.cause())).put("revoked", f.revoked());
      case Fact.TaskSettled f -> out.strings("lost", f.lost().stream().map(Id::value).toList());
    }
  }

  private static void offered(JsonSink out, Fact.EnrolmentOffered f) {
    out.put("code", f.code())
        .put("enrolment", f.enrolment().value())
        .put("until", time(f.until()))
        .put("workload", f.workload())
        .put("writ", f.writ().value());
  }

  private static void enrolled(JsonSink out, Fact.KeyEnrolled f) {
    out.put("enrolment", f.enrolment().value())
        .put("jwk", f.jwk())
        .put("key", f.key().value())
        .put("thumbprint", f.thumbprint())
        .put("until", time(f.until()))
        .put("workload", f.workload())
        .put("writ", f.writ().value());
  }

  private static void token(JsonSink out, Fact.TokenIssued f) {
    out.put("audience", f.audience());
    f.narrowed().ifPresent(s -> out.put("narrowed", s.toJson()));
    f.parent().ifPresent(p -> out.put("parent", p.value()));
    f.thumbprint().ifPresent(t -> out.put("thumbprint", t));
    out.put("token", f.token().value()).put("until", time(f.until())).put("workload", f.workload());
  }

  private static void returned(JsonSink out, Fact.CallReturned f) {
    out.put("call", f.call().value())
        .put("result", f.result(), FactWriter::payload)
        .put("toolError", f.toolError())
        .counts("used", f.used());
  }

  private static void key(JsonSink out, PublicKey key) {
    out.put("id", key.id()).put("text", key.text()).put("use", Names.of(key.use()));
  }

  private static void payload(JsonSink out, PayloadRef ref) {
    out.put("commitment", ref.commitment()).put("id", ref.id().value());
  }

  private static void terms(JsonSink out, Terms terms) {
    out.strings("delegates", terms.delegates())
        .put("delegationDepth", terms.delegationDepth())
        .put("generated", terms.generated())
        .strings("owners", terms.owners())
        .put("slice", terms.slice())
        .put("taskLife", terms.taskLife().toString())
        .put("text", terms.text(), FactWriter::payload)
        .put("until", time(terms.until()));
  }

  private static void verdict(JsonSink out, Verdict verdict) {
    out.put("decision", Names.of(verdict.decision()))
        .strings("errors", verdict.errors())
        .strings("policies", verdict.policies())
        .put("reason", verdict.reason());
  }

  private static void basis(JsonSink out, Basis basis) {
    out.put("entities", basis.entities())
        .put("generated", basis.generated())
        .put("guardrails", basis.guardrails())
        .put("language", basis.language())
        .put("read", basis.read())
        .put("request", basis.request(), FactWriter::payload)
        .counts("used", basis.used());
  }

  private static String time(Instant at) {
    return at.toString();
  }
}

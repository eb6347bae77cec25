package dev.writ.fact;

import dev.writ.base.CallId;
import dev.writ.base.EnrolmentId;
import dev.writ.base.Json;
import dev.writ.base.KeyId;
import dev.writ.base.NodeId;
import dev.writ.base.PayloadId;
import dev.writ.base.TokenId;
import dev.writ.base.WritId;
import dev.writ.fact.Fact.Admission;
import dev.writ.fact.Fact.Assurance;
import dev.writ.fact.Fact.Basis;
import dev.writ.fact.Fact.Cause;
import dev.writ.fact.Fact.Decision;
import dev.writ.fact.Fact.Duty;
import dev.writ.fact.Fact.Initiator;
import dev.writ.fact.Fact.KeyUse;
import dev.writ.fact.Fact.Mode;
import dev.writ.fact.Fact.PolicyKind;
import dev.writ.fact.Fact.PublicKey;
import dev.writ.fact.Fact.Sent;
import dev.writ.fact.Fact.Terms;
import dev.writ.fact.Fact.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The {@code body} of each fact, version 1, read back: the mirror of {@link FactWriter}. */
final class FactReader {
  private FactReader() {}

  static Fact read(String type, Fields f) {
    return switch (type) {
      case "LedgerFounded" -> founded(f);
      case "EpochOpened" ->
          new Fact.EpochOpened(
              f.integer("epoch"), f.text("origin"), f.integer("lostSize"), f.digest("lostRoot"));
      case "NodeAnnounced" ->
          new Fact.NodeAnnounced(
              f.parsed("node", NodeId::parse), f.text("address"), f.small("reads"));
      case "NodeOffered" ->
          new Fact.NodeOffered(
              f.parsed("offer", EnrolmentId::parse), f.digest("code"), f.instant("until"));
      case "NodeJoined" ->
          new Fact.NodeJoined(
              f.parsed("offer", EnrolmentId::parse), f.parsed("node", NodeId::parse));
      case "DutyAppointed" -> new Fact.DutyAppointed(f.text("person"), f.one("duty", Duty.class));
      case "KeyRotated" -> new Fact.KeyRotated(key(f.object("key")));
      case "LogKeyRotated" -> new Fact.LogKeyRotated(key(f.object("key")), f.text("endorsement"));
      case "FormerKeysRevoked" -> new Fact.FormerKeysRevoked(f.one("use", KeyUse.class));
      case "MasterKeyRotated" -> new Fact.MasterKeyRotated(f.text("key"));
      case "CataloguePublished" -> new Fact.CataloguePublished(f.digest("catalogue"));
      case "PoliciesPublished" ->
          new Fact.PoliciesPublished(f.one("kind", PolicyKind.class), f.digest("policies"));
      case "SnapshotTaken" ->
          new Fact.SnapshotTaken(f.integer("size"), f.digest("state"), f.digest("blob"));
      case "PayloadOpened" ->
          new Fact.PayloadOpened(f.parsed("payload", PayloadId::parse), f.text("reason"));
      case "CommandRefused" -> new Fact.CommandRefused(f.text("operation"), f.text("problem"));
      case "StrangersRefused" ->
          new Fact.StrangersRefused(f.text("door"), f.text("problem"), f.integer("count"));
      case "DraftMade" ->
          new Fact.DraftMade(
              payload(f.object("prompt")), payload(f.object("draft")), f.text("drafter"));
      case "DraftKept" -> new Fact.DraftKept(payload(f.object("draft")));
      case "SpecSubmitted" -> submitted(f);
      case "EntitlementsListed" ->
          new Fact.EntitlementsListed(
              f.digest("dossier"), f.text("workload"), f.digest("entitlements"));
      case "AdmissionJudged" ->
          new Fact.AdmissionJudged(
              f.digest("dossier"),
              f.one("outcome", Admission.class),
              f.texts("requires"),
              f.texts("policies"));
      case "ApprovalGiven" ->
          new Fact.ApprovalGiven(
              f.digest("dossier"),
              f.text("requirement"),
              f.text("approver"),
              f.one("assurance", Assurance.class));
      case "WritIssued" -> issued(f);
      case "WritEnded" ->
          new Fact.WritEnded(f.parsed("writ", WritId::parse), f.one("cause", Cause.class));
      case "EnrolmentOffered" -> offered(f);
      case "KeyEnrolled" -> enrolled(f);
      case "KeyEnded" ->
          new Fact.KeyEnded(f.parsed("key", KeyId::parse), f.one("cause", Cause.class));
      case "TaskOpened" -> opened(f);
      case "TokenIssued" -> token(f);
      case "TokenRevoked" ->
          new Fact.TokenRevoked(f.parsed("token", TokenId::parse), f.one("cause", Cause.class));
      case "CallDecided" -> decided(f);
      case "CallReturned" ->
          new Fact.CallReturned(
              f.parsed("call", CallId::parse),
              f.flag("toolError"),
              payload(f.object("result")),
              f.counts("used"));
      case "CallFailed" -> new Fact.CallFailed(f.parsed("call", CallId::parse), f.text("cause"));
      case "CallLost" ->
          new Fact.CallLost(f.parsed("call", CallId::parse), f.one("sent", Sent.class));
      case "TaskCompleted" ->
          new Fact.TaskCompleted(f.one("cause", Cause.class), f.integer("revoked"));
      case "TaskSettled" -> settled(f);
      default -> throw new Fields.Bad("entry.type", "a type this build does not read: " + type);
    };
  }

  private static Fact founded(Fields f) {
    List<PublicKey> keys = new ArrayList<>();
    for (Json item : f.array("keys")) {
      if (!(item instanceof Json.Obj key)) {
        throw new Fields.Bad("entry.body.keys", "not an array of objects");
      }
      keys.add(key(new Fields(key, "entry.body.keys")));
    }
    return new Fact.LedgerFounded(
        f.one("mode", Mode.class), f.text("issuer"), f.text("origin"), f.text("founder"), keys);
  }

  private static Fact submitted(Fields f) {
    return new Fact.SpecSubmitted(
        f.digest("spec"),
        payload(f.object("text")),
        f.digest("dossier"),
        f.digest("generated"),
        f.digest("slice"),
        f.text("requester"));
  }

  private static Fact issued(Fields f) {
    return new Fact.WritIssued(
        f.parsed("writ", WritId::parse),
        f.digest("dossier"),
        f.digest("spec"),
        f.text("requester"),
        f.text("workload"),
        f.scope("scope"),
        terms(f.object("terms")));
  }

  private static Fact offered(Fields f) {
    return new Fact.EnrolmentOffered(
        f.parsed("enrolment", EnrolmentId::parse),
        f.parsed("writ", WritId::parse),
        f.text("workload"),
        f.digest("code"),
        f.instant("until"));
  }

  private static Fact enrolled(Fields f) {
    return new Fact.KeyEnrolled(
        f.parsed("key", KeyId::parse),
        f.parsed("enrolment", EnrolmentId::parse),
        f.parsed("writ", WritId::parse),
        f.text("workload"),
        f.text("jwk"),
        f.text("thumbprint"),
        f.instant("until"));
  }

  private static Fact opened(Fields f) {
    return new Fact.TaskOpened(
        f.parsed("writ", WritId::parse),
        f.text("workload"),
        f.text("requester"),
        f.one("initiator", Initiator.class),
        f.instant("until"));
  }

  private static Fact token(Fields f) {
    return new Fact.TokenIssued(
        f.parsed("token", TokenId::parse),
        f.maybe("parent", TokenId::parse),
        f.text("workload"),
        f.text("audience"),
        f.instant("until"),
        f.maybeScope("narrowed"),
        f.maybeText("thumbprint"));
  }

  private static Fact decided(Fields f) {
    return new Fact.CallDecided(
        f.parsed("call", CallId::parse),
        f.parsed("token", TokenId::parse),
        f.text("tool"),
        verdict(f.object("verdict")),
        basis(f.object("basis")),
        f.instant("sendUntil"),
        f.counts("counts"));
  }

  private static Fact settled(Fields f) {
    List<CallId> lost = new ArrayList<>();
    for (String id : f.texts("lost")) {
      lost.add(CallId.parse(id).orThrow());
    }
    return new Fact.TaskSettled(lost);
  }

  private static PublicKey key(Fields f) {
    PublicKey key = new PublicKey(f.one("use", KeyUse.class), f.text("id"), f.text("text"));
    f.end();
    return key;
  }

  private static PayloadRef payload(Fields f) {
    PayloadRef ref = new PayloadRef(f.parsed("id", PayloadId::parse), f.digest("commitment"));
    f.end();
    return ref;
  }

  private static Terms terms(Fields f) {
    Terms terms =
        new Terms(
            f.texts("owners"),
            f.instant("until"),
            f.duration("taskLife"),
            f.small("delegationDepth"),
            f.texts("delegates"),
            f.digest("generated"),
            f.digest("slice"),
            payload(f.object("text")));
    f.end();
    return terms;
  }

  private static Verdict verdict(Fields f) {
    Verdict verdict =
        new Verdict(
            f.one("decision", Decision.class),
            f.texts("policies"),
            f.texts("errors"),
            f.text("reason"));
    f.end();
    return verdict;
  }

  private static Basis basis(Fields f) {
    Basis basis =
        new Basis(
            payload(f.object("request")),
            f.digest("entities"),
            f.digest("generated"),
            f.digest("guardrails"),
            f.integer("read"),
            f.counts("used"),
            f.text("language"));
    f.end();
    return basis;
  }
}

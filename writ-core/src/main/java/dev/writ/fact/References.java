package dev.writ.fact;

import dev.writ.base.Digest;
import java.util.List;

/**
 * What a fact refers to outside the log: blobs by digest, sealed payloads by id. Whoever takes a
 * ledger's evidence away takes these along.
 *
 * @param blobs content-addressed bytes, in the fact's order
 * @param payloads sealed payloads, in the fact's order
 */
public record References(List<Digest> blobs, List<PayloadRef> payloads) {
  public References {
    blobs = List.copyOf(blobs);
    payloads = List.copyOf(payloads);
  }

  /** The references of one fact. */
  public static References of(Fact fact) {
    return switch (fact) {
      case Fact.CataloguePublished f -> new References(List.of(f.catalogue()), List.of());
      case Fact.PoliciesPublished f -> new References(List.of(f.policies()), List.of());
      case Fact.DraftMade f -> new References(List.of(), List.of(f.prompt(), f.draft()));
      case Fact.DraftKept f -> new References(List.of(), List.of(f.draft()));
      case Fact.SpecSubmitted f ->
          new References(List.of(f.generated(), f.slice()), List.of(f.text()));
      case Fact.EntitlementsListed f -> new References(List.of(f.entitlements()), List.of());
      case Fact.WritIssued f ->
          new References(
              List.of(f.terms().generated(), f.terms().slice()), List.of(f.terms().text()));
      case Fact.CallDecided f ->
          new References(
              List.of(f.basis().entities(), f.basis().generated(), f.basis().guardrails()),
              List.of(f.basis().request()));
      case Fact.CallReturned f -> new References(List.of(), List.of(f.result()));
      case Fact.LedgerFounded f -> none();
      case Fact.EpochOpened f -> none();
      case Fact.NodeAnnounced f -> none();
      case Fact.NodeOffered f -> none();
      case Fact.NodeJoined f -> none();
      case Fact.DutyAppointed f -> none();
      case Fact.KeyRotated f -> none();
      case Fact.LogKeyRotated f -> none();
      case Fact.FormerKeysRevoked f -> none();
      case Fact.MasterKeyRotated f -> none();
      // A snapshot is derived from the log, no evidence of its own.
      case Fact.SnapshotTaken f -> none();
      case Fact.PayloadOpened f -> none();
      case Fact.CommandRefused f -> none();
      case Fact.StrangersRefused f -> none();
      case Fact.AdmissionJudged f -> none();
      case Fact.ApprovalGiven f -> none();
      case Fact.WritEnded f -> none();
      case Fact.EnrolmentOffered f -> none();
      case Fact.KeyEnrolled f -> none();
      case Fact.KeyEnded f -> none();
      case Fact.TaskOpened f -> none();
      case Fact.TokenIssued f -> none();
      case Fact.TokenRevoked f -> none();
      case Fact.CallFailed f -> none();
      case Fact.CallLost f -> none();
      case Fact.TaskCompleted f -> none();
      case Fact.TaskSettled f -> none();
    };
  }

  private static References none() {
    return new References(List.of(), List.of());
  }
}

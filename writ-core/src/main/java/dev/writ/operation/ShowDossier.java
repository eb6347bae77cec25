package dev.writ.operation;

import dev.writ.admission.AdmissionPolicy;
import dev.writ.admission.Approvals;
import dev.writ.admission.Dossier;
import dev.writ.admission.Judgement;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.catalogue.Catalogue;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.spec.ResolvedSpec;
import dev.writ.spec.Spec;
import dev.writ.state.State;
import dev.writ.state.Submission;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A person reads a dossier before they approve it. The spec is a sealed payload, so that somebody
 * opened it is recorded first.
 */
public final class ShowDossier {
  private final Ledger ledger;
  private final Library library;
  private final Payloads payloads;
  private final InstantSource clock;

  public ShowDossier(Ledger ledger, Library library, Payloads payloads, InstantSource clock) {
    this.ledger = ledger;
    this.library = library;
    this.payloads = payloads;
    this.clock = clock;
  }

  /** The authenticated person, and what they want to read. */
  public record Request(String by, Digest dossier) {}

  public sealed interface Reply {
    /**
     * @param judgement what admission policy says with the approvals given so far
     */
    record Shown(Dossier dossier, Submission submission, Judgement judgement) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    State state = ledger.confirmed();
    Optional<Rules> rules = Rules.of(state);
    if (rules.isEmpty()) {
      return new Reply.Refused(new Refusal.NotPublished("catalogue with its policies"));
    }
    Catalogue catalogue = library.catalogue(rules.get().catalogue());
    Optional<Refusal> no =
        ledger
            .write(
                Command.<Optional<Refusal>>of(
                    (s, now) -> rule(s, request, catalogue.person(request.by()).isPresent())))
            .reply();
    return no.<Reply>map(Reply.Refused::new)
        .orElseGet(() -> show(state, request, rules.get(), catalogue));
  }

  private static Ruling<Optional<Refusal>> rule(State state, Request request, boolean known) {
    Actor by = new Actor.Person(request.by());
    Optional<Submission> found = state.submission(request.dossier());
    if (found.isEmpty()) {
      return Ruling.say(Optional.of(new Refusal.DossierUnknown()));
    }
    Submission submission = found.get();
    if (!known) {
      Refusal why = new Refusal.PersonUnknown(request.by());
      return Refusals.recorded(
          new Refusals.Who("ShowDossier", by, Refusals.about(submission)), why, Optional.of(why));
    }
    Fact opened = new Fact.PayloadOpened(submission.submitted().text().id(), "reading the dossier");
    return Ruling.of(
        List.of(FactDraft.of(by, Refusals.about(submission), opened)), Optional.empty());
  }

  private Reply show(State state, Request request, Rules rules, Catalogue catalogue) {
    Optional<Submission> found = state.submission(request.dossier());
    if (found.isEmpty()) {
      // Submitted since the state was read; the next try sees it.
      return new Reply.Refused(new Refusal.Moved());
    }
    Submission submission = found.get();
    Optional<Dossier> dossier =
        payloads
            .open(submission.submitted().text())
            .then(bytes -> Json.parse(bytes, Library.DOCUMENT))
            .then(Spec::parse)
            .then(spec -> ResolvedSpec.resolve(spec, catalogue))
            .map(resolved ->
                Dossier.of(
                    submission.workflow(),
                    resolved,
                    submission.submitted().requester(),
                    rules.ofDossier()))
            .found()
            .filter(d -> d.digest().equals(submission.dossier()));
    if (dossier.isEmpty()) {
      return new Reply.Refused(new Refusal.Moved());
    }
    Approvals given = Approvals.NONE;
    for (Fact.ApprovalGiven each : submission.approvals()) {
      given = given.plus(each.requirement(), each.approver());
    }
    AdmissionPolicy policy = library.admission(rules.admission());
    Judgement judgement = policy.judge(dossier.get(), catalogue, given, clock.instant());
    return new Reply.Shown(dossier.get(), submission, judgement);
  }
}

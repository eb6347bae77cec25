package dev.writ.operation;

import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.catalogue.Catalogue;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.policy.PolicySet;
import dev.writ.policy.Validation;
import dev.writ.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A publisher puts a catalogue in force. It is authority, so the policies in force must still
 * validate against what it says; writs keep the slice they were approved with.
 */
public final class PublishCatalogue {
  private final Ledger ledger;
  private final Library library;
  private final Validation validation;

  public PublishCatalogue(Ledger ledger, Library library, Validation validation) {
    this.ledger = ledger;
    this.library = library;
    this.validation = validation;
  }

  /** A catalogue that parsed, and the authenticated publisher. */
  public record Request(String by, Catalogue catalogue) {}

  public sealed interface Reply {
    record Published(Digest catalogue) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    Optional<Digest> guardrails = ledger.confirmed().government().guardrails();
    List<Problem> problems = problems(request.catalogue(), guardrails);
    if (!problems.isEmpty()) {
      return new Reply.Refused(new Refusal.InputInvalid(problems));
    }
    return ledger
        .write(Command.<Reply>of((state, now) -> rule(state, request, guardrails)))
        .reply();
  }

  /** The guardrails in force speak of the catalogue's actions and arguments. */
  private List<Problem> problems(Catalogue catalogue, Optional<Digest> guardrails) {
    List<Problem> problems = new ArrayList<>();
    guardrails.ifPresent(digest -> {
      Parsed<PolicySet> valid =
          validation.validate(
              library.policies(digest).policies(),
              Schemas.of(Fact.PolicyKind.GUARDRAILS, catalogue));
      valid.problems().forEach(p -> problems.add(p.within("guardrails in force")));
    });
    return problems;
  }

  private static Ruling<Reply> rule(State state, Request request, Optional<Digest> guardrails) {
    Actor by = new Actor.Person(request.by());
    Optional<Refusal> no = Publishing.refusal(state, request.by());
    if (no.isEmpty() && !state.government().guardrails().equals(guardrails)) {
      no = Optional.of(new Refusal.Moved());
    }
    if (no.isPresent()) {
      return Refusals.recorded(
          new Refusals.Who("PublishCatalogue", by, About.ledger()),
          no.get(),
          new Reply.Refused(no.get()));
    }
    byte[] stored = request.catalogue().canonicalForm().canonical();
    Digest digest = Digest.sha256(stored);
    return new Ruling<>(
        List.of(FactDraft.of(by, About.ledger(), new Fact.CataloguePublished(digest))),
        List.of(new Attachment.Blob(digest, stored)),
        new Reply.Published(digest));
  }
}

package dev.writ.operation;

import dev.writ.admission.Annotations;
import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.policy.Effect;
import dev.writ.policy.PolicySet;
import dev.writ.policy.Validation;
import dev.writ.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A publisher puts a policy set in force. It must parse, validate against the schema and carry only
 * known annotations; guardrails only forbid.
 */
public final class PublishPolicies {
  private final Ledger ledger;
  private final Library library;
  private final Validation validation;

  public PublishPolicies(Ledger ledger, Library library, Validation validation) {
    this.ledger = ledger;
    this.library = library;
    this.validation = validation;
  }

  /**
   * @param by the authenticated publisher
   * @param text Cedar policies
   */
  public record Request(String by, Fact.PolicyKind kind, String text) {}

  public sealed interface Reply {
    record Published(Fact.PolicyKind kind, Digest policies, int count) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    State state = ledger.confirmed();
    Optional<Digest> catalogue = state.government().catalogue();
    if (catalogue.isEmpty()) {
      return new Reply.Refused(new Refusal.NotPublished("catalogue"));
    }
    return switch (check(request.kind(), request.text(), catalogue.get())) {
      case Parsed.Refused<PolicySet> refused ->
          new Reply.Refused(new Refusal.InputInvalid(refused.problems()));
      case Parsed.Ok<PolicySet>(PolicySet set) ->
          ledger
              .write(Command.<Reply>of((s, now) -> rule(s, request, set, catalogue.get())))
              .reply();
    };
  }

  /** All that publishing asks of a set, without publishing it. */
  public Parsed<PolicySet> check(Fact.PolicyKind kind, String text, Digest catalogue) {
    return PolicySet.parse(text)
        .then(set -> {
          List<Problem> problems = new ArrayList<>(annotations(kind, set));
          Parsed<PolicySet> valid =
              validation.validate(set, Schemas.of(kind, library.catalogue(catalogue)));
          problems.addAll(valid.problems());
          return problems.isEmpty() ? Parsed.ok(set) : Parsed.refused(problems);
        });
  }

  private static List<Problem> annotations(Fact.PolicyKind kind, PolicySet set) {
    return switch (kind) {
      case ADMISSION -> Annotations.check(set, Annotations.Use.ADMISSION);
      case GUARDRAILS -> {
        List<Problem> problems =
            new ArrayList<>(Annotations.check(set, Annotations.Use.GUARDRAILS));
        set.policies().stream()
            .filter(p -> p.effect() == Effect.PERMIT)
            .forEach(p ->
                problems.add(
                    new Problem(
                        "policy " + p.name(),
                        "a guardrail permits nothing",
                        "write it as a forbid; what is permitted comes from specs")));
        yield problems;
      }
    };
  }

  private static Ruling<Reply> rule(State state, Request request, PolicySet set, Digest catalogue) {
    Actor by = new Actor.Person(request.by());
    Optional<Refusal> no = Publishing.refusal(state, request.by());
    if (no.isEmpty() && !state.government().catalogue().equals(Optional.of(catalogue))) {
      no = Optional.of(new Refusal.Moved());
    }
    if (no.isPresent()) {
      return Refusals.recorded(
          new Refusals.Who("PublishPolicies", by, About.ledger()),
          no.get(),
          new Reply.Refused(no.get()));
    }
    byte[] stored = set.stored().canonical();
    Fact published = new Fact.PoliciesPublished(request.kind(), set.digest());
    return new Ruling<>(
        List.of(FactDraft.of(by, About.ledger().policies(set.digest()), published)),
        List.of(new Attachment.Blob(set.digest(), stored)),
        new Reply.Published(request.kind(), set.digest(), set.policies().size()));
  }
}

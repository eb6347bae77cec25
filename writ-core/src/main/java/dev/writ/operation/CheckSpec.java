package dev.writ.operation;

import dev.writ.admission.Approvals;
import dev.writ.admission.Dossier;
import dev.writ.admission.Judgement;
import dev.writ.base.Entropy;
import dev.writ.base.Parsed;
import dev.writ.base.WorkflowId;
import dev.writ.catalogue.Catalogue;
import dev.writ.ledger.Ledger;
import dev.writ.spec.ResolvedSpec;
import dev.writ.spec.Spec;
import java.time.InstantSource;
import java.util.Optional;

/** What submitting a spec would come to, without submitting it. Nothing is written. */
public final class CheckSpec {
  private final Ledger ledger;
  private final Library library;
  private final Entropy entropy;
  private final InstantSource clock;

  public CheckSpec(Ledger ledger, Library library, Entropy entropy, InstantSource clock) {
    this.ledger = ledger;
    this.library = library;
    this.entropy = entropy;
    this.clock = clock;
  }

  /**
   * @param by the authenticated person who would be its requester
   */
  public record Request(String by, Spec spec) {}

  public sealed interface Reply {
    /**
     * @param dossier under a workflow id that nobody else will see
     */
    record Checked(Dossier dossier, Judgement judgement) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    Optional<Rules> rules = Rules.of(ledger.published());
    if (rules.isEmpty()) {
      return new Reply.Refused(new Refusal.NotPublished("catalogue with its policies"));
    }
    Catalogue catalogue = library.catalogue(rules.get().catalogue());
    WorkflowId workflow = WorkflowId.fresh(entropy);
    return switch (ResolvedSpec.resolve(request.spec(), catalogue)) {
      case Parsed.Refused<ResolvedSpec> refused ->
          new Reply.Refused(new Refusal.InputInvalid(refused.problems()));
      case Parsed.Ok<ResolvedSpec>(ResolvedSpec resolved) -> {
        Dossier dossier = Dossier.of(workflow, resolved, request.by(), rules.get().ofDossier());
        Judgement judgement =
            library
                .admission(rules.get().admission())
                .judge(dossier, catalogue, Approvals.NONE, clock.instant());
        yield new Reply.Checked(dossier, judgement);
      }
    };
  }
}

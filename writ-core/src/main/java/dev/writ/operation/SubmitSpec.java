package dev.writ.operation;

import dev.writ.admission.Admission;
import dev.writ.admission.AdmissionPolicy;
import dev.writ.admission.Approvals;
import dev.writ.admission.Dossier;
import dev.writ.admission.Judgement;
import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Parsed;
import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.catalogue.Catalogue;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.fact.RecordedFact;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.spec.ResolvedSpec;
import dev.writ.spec.Spec;
import dev.writ.state.State;
import dev.writ.state.Submission;
import dev.writ.state.Workflow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A person submits a spec: it becomes a dossier, and admission policy says what it still needs.
 * What needs nothing is in force at once.
 */
public final class SubmitSpec {
  private static final int TRIES = 4;

  private final Ledger ledger;
  private final Library library;
  private final Payloads payloads;
  private final Entropy entropy;
  private final InstantSource clock;

  public SubmitSpec(
      Ledger ledger, Library library, Payloads payloads, Entropy entropy, InstantSource clock) {
    this.ledger = ledger;
    this.library = library;
    this.payloads = payloads;
    this.entropy = entropy;
    this.clock = clock;
  }

  /**
   * @param by the authenticated requester
   * @param workflow the workflow whose spec this replaces; absent for a new one
   * @param key the caller's key: a repeat under it submits nothing again
   */
  public record Request(
      String by, Optional<WorkflowId> workflow, Spec spec, Optional<CommandKey> key) {
    public Request(String by, Optional<WorkflowId> workflow, Spec spec) {
      this(by, workflow, spec, Optional.empty());
    }
  }

  public sealed interface Reply {
    /**
     * @param dossier what approvals bind to
     * @param writ present when nothing was required
     */
    record Submitted(Dossier dossier, Judgement judgement, Optional<WritId> writ)
        implements Reply {}

    /**
     * The same was submitted under the same key before.
     *
     * @param judged what admission policy said last, while it is the workflow's latest spec
     * @param writ the workflow's writ in force
     */
    record Repeated(
        WorkflowId workflow,
        Fact.SpecSubmitted submitted,
        Optional<Fact.AdmissionJudged> judged,
        Optional<WritId> writ)
        implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  private sealed interface Ruled {
    record Say(Reply reply) implements Ruled {}

    record Stale() implements Ruled {}
  }

  /** What is computed before the pen is held, stamped with the digests it rests on. */
  private record Ready(
      Dossier dossier,
      Judgement judgement,
      Payloads.Sealed sealed,
      Digest catalogue,
      WritId writ) {}

  public Reply run(Request request) {
    WorkflowId workflow = request.workflow().orElseGet(() -> WorkflowId.fresh(entropy));
    for (int i = 0; i < TRIES; i++) {
      switch (prepare(ledger.confirmed(), request, workflow)) {
        case Parsed.Refused<Ready> refused -> {
          return new Reply.Refused(new Refusal.InputInvalid(refused.problems()));
        }
        case Parsed.Ok<Ready>(Ready ready) -> {
          Command<Ruled> command = Command.of((state, now) -> rule(state, now, request, ready));
          if (ledger.write(command).reply() instanceof Ruled.Say(Reply reply)) {
            return reply;
          }
        }
      }
    }
    return new Reply.Refused(new Refusal.Moved());
  }

  private Parsed<Ready> prepare(State state, Request request, WorkflowId workflow) {
    Optional<Rules> rules = Rules.of(state);
    if (rules.isEmpty()) {
      return Parsed.refused(
          "", "catalogue, admission policies and guardrails are not all published", "publish them");
    }
    Catalogue catalogue = library.catalogue(rules.get().catalogue());
    return ResolvedSpec.resolve(request.spec(), catalogue)
        .map(resolved -> {
          Dossier dossier = Dossier.of(workflow, resolved, request.by(), rules.get().ofDossier());
          AdmissionPolicy policy = library.admission(rules.get().admission());
          Judgement judgement = policy.judge(dossier, catalogue, Approvals.NONE, clock.instant());
          Payloads.Sealed sealed =
              payloads.seal(workflow, request.spec().canonicalForm().canonical());
          return new Ready(
              dossier, judgement, sealed, rules.get().catalogue(), WritId.fresh(entropy));
        });
  }

  private static Ruling<Ruled> rule(State state, Instant now, Request request, Ready ready) {
    Dossier dossier = ready.dossier();
    Spec spec = dossier.resolved().spec();
    Optional<RecordedFact> before = request.key().flatMap(state::answered);
    if (before.isPresent()) {
      return Ruling.say(new Ruled.Say(repeated(state, before.get(), request.key().orElseThrow())));
    }
    Rules rules = new Rules(ready.catalogue(), dossier.admission(), dossier.guardrails());
    if (!Rules.of(state).equals(Optional.of(rules))) {
      return Ruling.say(new Ruled.Stale());
    }
    Actor by = new Actor.Person(request.by());
    if (request.workflow().isPresent() && state.workflow(dossier.workflow()).isEmpty()) {
      return refuse(by, new Refusal.WorkflowUnknown());
    }
    if (state.workflows().size() >= State.MOST_WORKFLOWS) {
      return refuse(by, new Refusal.LimitReached("workflows"));
    }
    if (!now.isBefore(spec.until())) {
      return refuse(by, new Refusal.SpecOver());
    }
    String workload = dossier.resolved().spec().identity().workload().id();
    if (Issuing.taken(state, workload, dossier.workflow(), now)) {
      return refuse(by, new Refusal.WorkloadTaken());
    }
    About about =
        About.workflow(dossier.workflow()).dossier(dossier.digest()).policies(dossier.admission());
    Fact.SpecSubmitted submitted =
        new Fact.SpecSubmitted(
            spec.digest(),
            ready.sealed().ref(),
            dossier.digest(),
            dossier.generated().digest(),
            dossier.resolved().slice().digest(),
            request.by());
    List<FactDraft> facts = new ArrayList<>();
    facts.add(FactDraft.of(by, about, submitted));
    facts.add(FactDraft.of(by, about, Issuing.listed(dossier)));
    facts.add(FactDraft.of(by, about, Issuing.judged(dossier.digest(), ready.judgement())));
    Optional<WritId> writ = Optional.empty();
    if (ready.judgement().admission() instanceof Admission.Admitted) {
      facts.add(FactDraft.of(by, about, Issuing.writ(ready.writ(), dossier, submitted.text())));
      writ = Optional.of(ready.writ());
    }
    // One fact answers for the command; a key that stands twice would mean that it ran twice.
    request.key().ifPresent(key -> facts.set(0, facts.getFirst().under(key)));
    List<Attachment> attachments = new ArrayList<>(ready.sealed().attachments());
    attachments.addAll(Issuing.blobs(dossier));
    return new Ruling<>(
        facts, attachments, new Ruled.Say(new Reply.Submitted(dossier, ready.judgement(), writ)));
  }

  private static Reply repeated(State state, RecordedFact first, CommandKey key) {
    boolean same = first.draft().command().filter(key::sameRequest).isPresent();
    if (same
        && first.fact() instanceof Fact.SpecSubmitted submitted
        && first.about().workflow().isPresent()) {
      WorkflowId workflow = first.about().workflow().get();
      return new Reply.Repeated(
          workflow,
          submitted,
          state.submission(submitted.dossier()).flatMap(Submission::judged),
          state.workflow(workflow).flatMap(Workflow::writ));
    }
    return new Reply.Refused(new Refusal.KeyReused());
  }

  private static Ruling<Ruled> refuse(Actor by, Refusal why) {
    return Refusals.recorded(
        new Refusals.Who("SubmitSpec", by, About.ledger()),
        why,
        new Ruled.Say(new Reply.Refused(why)));
  }
}

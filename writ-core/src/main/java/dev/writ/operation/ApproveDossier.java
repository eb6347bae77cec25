package dev.writ.operation;

import dev.writ.admission.Admission;
import dev.writ.admission.Approvals;
import dev.writ.admission.Dossier;
import dev.writ.admission.Judgement;
import dev.writ.admission.Requirement;
import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.WritId;
import dev.writ.catalogue.Catalogue;
import dev.writ.fact.About;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A person meets one requirement of a dossier. The last one brings the writ into force, in the same
 * write. Catalogue and policies must still be those the dossier was made of: any change voids it.
 */
public final class ApproveDossier {
  private static final int TRIES = 4;

  private final Ledger ledger;
  private final Library library;
  private final Payloads payloads;
  private final Entropy entropy;
  private final InstantSource clock;

  public ApproveDossier(
      Ledger ledger, Library library, Payloads payloads, Entropy entropy, InstantSource clock) {
    this.ledger = ledger;
    this.library = library;
    this.payloads = payloads;
    this.entropy = entropy;
    this.clock = clock;
  }

  /**
   * @param by the authenticated approver
   * @param requirement which one they mean; absent for the first they can meet
   */
  public record Request(
      String by, Digest dossier, Optional<String> requirement, Fact.Assurance assurance) {}

  public sealed interface Reply {
    /**
     * @param requirement what this approval met
     * @param judgement what admission policy says with it
     * @param writ present when nothing is missing any more
     */
    record Approved(String requirement, Judgement judgement, Optional<WritId> writ)
        implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  private sealed interface Ruled {
    record Say(Reply reply) implements Ruled {}

    record Stale() implements Ruled {}
  }

  /** What is computed before the pen is held, stamped with what it rests on. */
  private sealed interface Ready {
    /** The approval counts. */
    record Approve(
        Submission submission, Rules rules, Dossier dossier, String requirement, Judgement then)
        implements Ready {}

    /** It does not; to be recorded. */
    record No(Optional<Submission> submission, Refusal why) implements Ready {}
  }

  public Reply run(Request request) {
    WritId writ = WritId.fresh(entropy);
    for (int i = 0; i < TRIES; i++) {
      Ready ready = prepare(ledger.confirmed(), request);
      Command<Ruled> command = Command.of((state, now) -> rule(state, now, request, ready, writ));
      if (ledger.write(command).reply() instanceof Ruled.Say(Reply reply)) {
        return reply;
      }
    }
    return new Reply.Refused(new Refusal.Moved());
  }

  private Ready prepare(State state, Request request) {
    Optional<Submission> found = state.submission(request.dossier());
    Optional<Rules> rules = Rules.of(state);
    if (found.isEmpty() || rules.isEmpty() || admitted(found.get())) {
      return new Ready.No(Optional.empty(), new Refusal.DossierUnknown());
    }
    Submission submission = found.get();
    if (submission.submitted().requester().equals(request.by())) {
      return new Ready.No(found, new Refusal.SelfApproval());
    }
    if (submission.approvals().stream().anyMatch(a -> a.approver().equals(request.by()))) {
      return new Ready.No(found, new Refusal.AlreadyApproved());
    }
    Catalogue catalogue = library.catalogue(rules.get().catalogue());
    Optional<Dossier> dossier = dossier(submission, catalogue, rules.get());
    if (dossier.isEmpty()) {
      return new Ready.No(found, new Refusal.Moved());
    }
    Approvals before = Approvals.NONE;
    for (Fact.ApprovalGiven given : submission.approvals()) {
      before = before.plus(given.requirement(), given.approver());
    }
    return judge(request, submission, rules.get(), dossier.get(), before);
  }

  private Ready judge(
      Request request, Submission submission, Rules rules, Dossier dossier, Approvals before) {
    Catalogue catalogue = library.catalogue(rules.catalogue());
    var policy = library.admission(rules.admission());
    Instant now = clock.instant();
    Admission open = policy.judge(dossier, catalogue, before, now).admission();
    return switch (open) {
      case Admission.Never(List<String> reasons) ->
          new Ready.No(Optional.of(submission), new Refusal.NeverAdmitted(reasons));
      case Admission.Faulty(List<String> errors) ->
          new Ready.No(Optional.of(submission), new Refusal.PolicyFaulty(errors));
      case Admission.Admitted admitted ->
          // Nothing is missing, yet no writ was issued: the policies changed. Submit it again.
          new Ready.No(Optional.of(submission), new Refusal.Moved());
      case Admission.Requires(List<Requirement> missing) -> {
        Optional<Requirement> mine =
            missing.stream()
                .filter(r -> request.requirement().map(r.name()::equals).orElse(true))
                .filter(r -> r.eligible().contains(request.by()))
                .findFirst();
        if (mine.isEmpty()) {
          List<String> names = missing.stream().map(Requirement::name).toList();
          yield new Ready.No(Optional.of(submission), new Refusal.NotEligible(names));
        }
        Approvals with = before.plus(mine.get().name(), request.by());
        Judgement then = policy.judge(dossier, catalogue, with, now);
        yield new Ready.Approve(submission, rules, dossier, mine.get().name(), then);
      }
    };
  }

  private static boolean admitted(Submission submission) {
    return submission.judged().filter(j -> j.outcome() == Fact.Admission.ADMITTED).isPresent();
  }

  /** The dossier made again; empty when it no longer comes to the bytes that were submitted. */
  private Optional<Dossier> dossier(Submission submission, Catalogue catalogue, Rules rules) {
    Parsed<ResolvedSpec> resolved =
        payloads
            .open(submission.submitted().text())
            .then(bytes -> Json.parse(bytes, Library.DOCUMENT))
            .then(Spec::parse)
            .then(spec -> ResolvedSpec.resolve(spec, catalogue));
    return resolved
        .found()
        .map(r ->
            Dossier.of(
                submission.workflow(), r, submission.submitted().requester(), rules.ofDossier()))
        .filter(d -> d.digest().equals(submission.dossier()));
  }

  private static Ruling<Ruled> rule(
      State state, Instant now, Request request, Ready ready, WritId writ) {
    return switch (ready) {
      case Ready.No(Optional<Submission> submission, Refusal why) ->
          refuse(state, request, submission, why);
      case Ready.Approve approve -> approve(state, now, request, approve, writ);
    };
  }

  private static Ruling<Ruled> approve(
      State state, Instant now, Request request, Ready.Approve ready, WritId writ) {
    boolean current =
        Rules.of(state).equals(Optional.of(ready.rules()))
            && state.submission(request.dossier()).equals(Optional.of(ready.submission()));
    if (!current) {
      return Ruling.say(new Ruled.Stale());
    }
    Dossier dossier = ready.dossier();
    Optional<Submission> submission = Optional.of(ready.submission());
    if (!now.isBefore(dossier.resolved().spec().until())) {
      return refuse(state, request, submission, new Refusal.SpecOver());
    }
    String workload = dossier.resolved().spec().identity().workload().id();
    if (Issuing.taken(state, workload, dossier.workflow(), now)) {
      return refuse(state, request, submission, new Refusal.WorkloadTaken());
    }
    Actor by = new Actor.Person(request.by());
    About about =
        About.workflow(dossier.workflow()).dossier(dossier.digest()).policies(dossier.admission());
    List<FactDraft> facts = new ArrayList<>();
    facts.add(
        FactDraft.of(
            by,
            about,
            new Fact.ApprovalGiven(
                dossier.digest(), ready.requirement(), request.by(), request.assurance())));
    facts.add(FactDraft.of(by, about, Issuing.judged(dossier.digest(), ready.then())));
    Optional<WritId> issued = Optional.empty();
    if (ready.then().admission() instanceof Admission.Admitted) {
      facts.add(
          FactDraft.of(
              by, about, Issuing.writ(writ, dossier, ready.submission().submitted().text())));
      issued = Optional.of(writ);
    }
    Reply reply = new Reply.Approved(ready.requirement(), ready.then(), issued);
    return Ruling.of(facts, new Ruled.Say(reply));
  }

  private static Ruling<Ruled> refuse(
      State state, Request request, Optional<Submission> submission, Refusal why) {
    Actor by = new Actor.Person(request.by());
    About about =
        submission
            .filter(s -> state.workflow(s.workflow()).isPresent())
            .map(Refusals::about)
            .orElseGet(About::ledger);
    return Refusals.recorded(
        new Refusals.Who("ApproveDossier", by, about), why, new Ruled.Say(new Reply.Refused(why)));
  }
}

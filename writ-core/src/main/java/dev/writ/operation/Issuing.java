package dev.writ.operation;

import dev.writ.admission.Admission;
import dev.writ.admission.Dossier;
import dev.writ.admission.Judgement;
import dev.writ.admission.Requirement;
import dev.writ.base.Digest;
import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.catalogue.Workload;
import dev.writ.fact.Fact;
import dev.writ.fact.PayloadRef;
import dev.writ.ledger.Attachment;
import dev.writ.spec.Entitlement;
import dev.writ.spec.Spec;
import dev.writ.state.State;
import dev.writ.state.WorkloadKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The facts by which a dossier is judged and a writ comes into force. */
final class Issuing {
  private Issuing() {}

  static Fact.AdmissionJudged judged(Digest dossier, Judgement judgement) {
    return switch (judgement.admission()) {
      case Admission.Admitted(List<Admission.Met> met) ->
          fact(
              dossier,
              Fact.Admission.ADMITTED,
              met.stream().map(Admission.Met::requirement).toList(),
              judgement);
      case Admission.Requires(List<Requirement> missing) ->
          fact(
              dossier,
              Fact.Admission.REQUIRES,
              missing.stream().map(Requirement::name).toList(),
              judgement);
      case Admission.Never never -> fact(dossier, Fact.Admission.NEVER, List.of(), judgement);
      case Admission.Faulty faulty -> fact(dossier, Fact.Admission.FAULTY, List.of(), judgement);
    };
  }

  private static Fact.AdmissionJudged fact(
      Digest dossier, Fact.Admission outcome, List<String> requires, Judgement judgement) {
    return new Fact.AdmissionJudged(dossier, outcome, requires, judgement.policies());
  }

  static Fact.WritIssued writ(WritId id, Dossier dossier, PayloadRef text) {
    Spec spec = dossier.resolved().spec();
    List<String> owners = new ArrayList<>();
    owners.add(spec.owners().product());
    spec.owners().identity().ifPresent(owners::add);
    spec.owners().security().ifPresent(owners::add);
    Fact.Terms terms =
        new Fact.Terms(
            owners.stream().distinct().toList(),
            spec.until(),
            spec.task().life(),
            spec.task().depth(),
            dossier.resolved().delegateWorkloads().stream().map(Workload::id).toList(),
            dossier.generated().digest(),
            dossier.resolved().slice().digest(),
            text);
    return new Fact.WritIssued(
        id,
        dossier.digest(),
        spec.digest(),
        dossier.requester(),
        spec.identity().workload().id(),
        dossier.resolved().scope(),
        terms);
  }

  /** What a dossier comes to, written down beside its spec. */
  static Fact.EntitlementsListed listed(Dossier dossier) {
    return new Fact.EntitlementsListed(
        dossier.digest(),
        dossier.resolved().spec().identity().workload().id(),
        Digest.sha256(entitlements(dossier)));
  }

  private static byte[] entitlements(Dossier dossier) {
    return Entitlement.list(Entitlement.of(dossier.resolved().spec())).canonical();
  }

  /** The documents a writ keeps, readable by whoever reads its facts. */
  static List<Attachment> blobs(Dossier dossier) {
    byte[] generated = dossier.generated().stored().canonical();
    byte[] slice = dossier.resolved().slice().canonicalForm().canonical();
    byte[] entitlements = entitlements(dossier);
    return List.of(
        new Attachment.Blob(Digest.sha256(entitlements), entitlements),
        new Attachment.Blob(Digest.sha256(generated), generated),
        new Attachment.Blob(Digest.sha256(slice), slice));
  }

  /**
   * Whether the workload identity belongs to another workflow: by a writ in force, or a live key.
   */
  static boolean taken(State state, String workload, WorkflowId workflow, Instant now) {
    boolean byKey =
        Optional.ofNullable(state.keys().get(workload)).stream()
            .flatMap(List<WorkloadKey>::stream)
            .anyMatch(k -> k.live(now) && !k.workflow().equals(workflow));
    // Writs in force are few beside calls, and specs are submitted by people: a walk is enough.
    return byKey
        || state.writs().values().stream()
            .anyMatch(w ->
                w.inForce(now)
                    && !w.workflow().equals(workflow)
                    && w.issued().workload().equals(workload));
  }
}

package dev.writ.state;

import dev.writ.base.Digest;
import dev.writ.base.WorkflowId;
import dev.writ.fact.Fact;
import java.util.List;
import java.util.Optional;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * A spec that waits for admission, or was admitted.
 *
 * @param listed for which workload, and what it comes to; absent in ledgers of before
 * @param judged the latest answer of admission policy
 * @param approvals approvals given, in order
 */
public record Submission(
    WorkflowId workflow,
    Fact.SpecSubmitted submitted,
    Optional<Fact.EntitlementsListed> listed,
    Optional<Fact.AdmissionJudged> judged,
    PVector<Fact.ApprovalGiven> approvals) {
  /** Most approvals of one dossier. */
  public static final int MOST_APPROVALS = 64;

  static Submission of(WorkflowId workflow, Fact.SpecSubmitted submitted) {
    return new Submission(
        workflow, submitted, Optional.empty(), Optional.empty(), TreePVector.empty());
  }

  Submission listed(Fact.EntitlementsListed fact) {
    return new Submission(workflow, submitted, Optional.of(fact), judged, approvals);
  }

  Submission judged(Fact.AdmissionJudged fact) {
    return new Submission(workflow, submitted, listed, Optional.of(fact), approvals);
  }

  Submission approved(Fact.ApprovalGiven fact) {
    return new Submission(workflow, submitted, listed, judged, approvals.plus(fact));
  }

  /** The workload it is for, where that was written down. */
  public Optional<String> workload() {
    return listed.map(Fact.EntitlementsListed::workload);
  }

  public Digest dossier() {
    return submitted.dossier();
  }

  /** The requirements admission named that nobody met yet, in admission's order. */
  public List<String> missing() {
    return judged.map(Fact.AdmissionJudged::requires).orElse(List.of()).stream()
        .filter(r -> approvals.stream().noneMatch(a -> a.requirement().equals(r)))
        .toList();
  }
}

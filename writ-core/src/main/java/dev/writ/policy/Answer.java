package dev.writ.policy;

import java.util.List;

/**
 * What Cedar answers: a policy that errs is skipped and reported. All lists are in the order of the
 * policy set.
 *
 * @param permits every permit that applies, also where a forbid denies
 * @param forbids every forbid that applies
 * @param errors the policies that could apply and erred
 */
public record Answer(List<Policy> permits, List<Policy> forbids, List<PolicyError> errors) {
  public Answer {
    permits = List.copyOf(permits);
    forbids = List.copyOf(forbids);
    errors = List.copyOf(errors);
  }

  /** Cedar's decision: allow when a permit and no forbid applies. */
  public Decision decision() {
    return forbids.isEmpty() && !permits.isEmpty() ? Decision.ALLOW : Decision.DENY;
  }

  /** The policies that made the decision; none when nothing applies. */
  public List<Policy> determining() {
    return forbids.isEmpty() ? permits : forbids;
  }

  /** Writ's decision: an error in a forbid denies. */
  public Verdict verdict() {
    List<PolicyError> erred =
        errors.stream().filter(e -> e.policy().effect() == Effect.FORBID).toList();
    return !forbids.isEmpty() || !erred.isEmpty()
        ? new Verdict.Forbidden(forbids, erred)
        : permits.isEmpty() ? new Verdict.NotPermitted(errors) : new Verdict.Allowed(permits);
  }
}

package dev.writ.admission;

import java.util.List;

/**
 * An answer of admission policy and what it rests on.
 *
 * @param policies names of the policies that made it, in the set's order
 * @param observed names of policies in observation that would have stood against it
 */
public record Judgement(Admission admission, List<String> policies, List<String> observed) {
  public Judgement {
    policies = List.copyOf(policies);
    observed = List.copyOf(observed);
  }
}

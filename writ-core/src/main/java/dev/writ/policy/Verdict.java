package dev.writ.policy;

import dev.writ.base.Text;
import java.util.ArrayList;
import java.util.List;

/** Writ's decision upon Cedar's answer; it fails closed. */
public sealed interface Verdict {
  /** At least one permit applies, no forbid does, and no forbid that could apply erred. */
  record Allowed(List<Policy> permits) implements Verdict {
    public Allowed {
      permits = List.copyOf(permits);
      if (permits.isEmpty()) {
        throw new IllegalArgumentException("nothing permits this");
      }
    }
  }

  /** No permit applies; those that erred are named, for one of them may have been meant. */
  record NotPermitted(List<PolicyError> errors) implements Verdict {
    public NotPermitted {
      errors = List.copyOf(errors);
    }
  }

  /** Forbids that apply, and forbids that could apply and erred; at least one in all. */
  record Forbidden(List<Policy> forbids, List<PolicyError> erred) implements Verdict {
    public Forbidden {
      forbids = List.copyOf(forbids);
      erred = List.copyOf(erred);
      if (forbids.isEmpty() && erred.isEmpty()) {
        throw new IllegalArgumentException("nothing forbids this");
      }
    }
  }

  default Decision decision() {
    return switch (this) {
      case Allowed allowed -> Decision.ALLOW;
      case NotPermitted none -> Decision.DENY;
      case Forbidden forbidden -> Decision.DENY;
    };
  }

  /** One sentence a policy or error, for the person who asks why. */
  default List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    switch (this) {
      case Allowed(List<Policy> permits) ->
          permits.forEach(p -> reasons.add("permitted by " + shown(p)));
      case NotPermitted(List<PolicyError> errors) -> {
        reasons.add("no policy permits this");
        errors.forEach(e -> reasons.add(shown(e.policy()) + " erred: " + e.message()));
      }
      case Forbidden(List<Policy> forbids, List<PolicyError> erred) -> {
        forbids.forEach(p -> reasons.add("forbidden by " + shown(p)));
        erred.forEach(
            e -> reasons.add("denied because " + shown(e.policy()) + " erred: " + e.message()));
      }
    }
    return reasons;
  }

  private static String shown(Policy policy) {
    return "`" + Text.excerpt(policy.name()) + "`";
  }
}

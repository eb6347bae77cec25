package dev.writ.admission;

import java.util.List;

/** What admission policy says of a dossier. */
public sealed interface Admission {
  /**
   * It may be in force.
   *
   * @param met what was required, and was met by these people, in the same order
   */
  record Admitted(List<Met> met) implements Admission {
    public Admitted {
      met = List.copyOf(met);
    }
  }

  /** A requirement and the person whose approval counts for it. */
  record Met(String requirement, String person) {}

  /** It may be in force when these are met as well; at least one. */
  record Requires(List<Requirement> missing) implements Admission {
    public Requires {
      missing = List.copyOf(missing);
      if (missing.isEmpty()) {
        throw new IllegalArgumentException("nothing is required");
      }
    }
  }

  /** Nobody can lift what stands against it: the spec has to change. */
  record Never(List<String> reasons) implements Admission {
    public Never {
      reasons = List.copyOf(reasons);
    }
  }

  /** The policies are at fault: one erred, or requires what nobody could give. */
  record Faulty(List<String> errors) implements Admission {
    public Faulty {
      errors = List.copyOf(errors);
    }
  }
}

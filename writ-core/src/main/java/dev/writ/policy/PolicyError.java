package dev.writ.policy;

import java.util.Objects;

/**
 * A policy whose scope matched and whose condition could not be evaluated.
 *
 * @param message what went wrong, for the author of the policy
 */
public record PolicyError(Policy policy, Kind kind, String message) {
  /** What went wrong, as Cedar tells errors apart. */
  public enum Kind {
    /** A value is of another type than the operation needs. */
    TYPE,
    /** A record or a known entity lacks the attribute. */
    ATTRIBUTE,
    /** A known entity lacks the tag. */
    TAG,
    /** The entity is unknown. */
    ENTITY,
    /** A result does not fit a signed 64-bit integer. */
    OVERFLOW,
    /** An extension function refuses its argument. */
    EXTENSION,
    /** An extension function is given another number of arguments than it takes. */
    ARGUMENTS
  }

  public PolicyError {
    Objects.requireNonNull(policy);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(message);
  }
}

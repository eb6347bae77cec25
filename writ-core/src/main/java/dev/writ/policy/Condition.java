package dev.writ.policy;

import java.util.Objects;

/**
 * A {@code when} or {@code unless} clause.
 *
 * @param when true for {@code when}, false for {@code unless}
 */
public record Condition(boolean when, Expr expr) {
  public Condition {
    Objects.requireNonNull(expr);
  }
}

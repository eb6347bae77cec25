package dev.writ.policy;

import dev.writ.base.Parsed;

/** The port that checks policies against a schema before they are published. */
public interface Validation {
  /**
   * The set itself when every policy and template keeps to the schema, else every problem; where no
   * validation is possible at all, a refusal that says so.
   */
  Parsed<PolicySet> validate(PolicySet policies, Schema schema);
}

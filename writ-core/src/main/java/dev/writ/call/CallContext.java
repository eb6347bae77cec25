package dev.writ.call;

import dev.writ.base.WorkflowId;
import dev.writ.spec.Slice;
import dev.writ.spec.Spec;
import java.time.Instant;
import java.util.Objects;

/**
 * Everything but the call itself that a decision depends on.
 *
 * @param spec the spec of the writ in force
 * @param slice the part of the catalogue that the writ was approved with
 * @param now the instant of the decision
 */
public record CallContext(WorkflowId workflow, Spec spec, Slice slice, TaskView task, Instant now) {
  public CallContext {
    Objects.requireNonNull(workflow);
    Objects.requireNonNull(spec);
    Objects.requireNonNull(slice);
    Objects.requireNonNull(task);
    Objects.requireNonNull(now);
  }
}

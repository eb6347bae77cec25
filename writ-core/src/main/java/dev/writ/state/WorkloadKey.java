package dev.writ.state;

import dev.writ.base.WorkflowId;
import dev.writ.fact.Fact;
import java.time.Instant;

/** A public key by which a workload authenticates, until its end. */
public record WorkloadKey(WorkflowId workflow, Fact.KeyEnrolled enrolled) {
  /** Most keys of one workload, so that a rotation can overlap. */
  public static final int MOST_EACH = 4;

  public boolean live(Instant now) {
    return now.isBefore(enrolled.until());
  }
}

package dev.writ.state;

import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.Fact;
import java.time.Instant;

/** An approved spec in force; one that ended is not in the state. */
public record Writ(WorkflowId workflow, Fact.WritIssued issued) {
  public WritId id() {
    return issued.writ();
  }

  /** Whether it is in force then (invariant I3: over by time, whether or not a chore has run). */
  public boolean inForce(Instant now) {
    return now.isBefore(issued.terms().until());
  }

  /** Whether the workload may act under it: its own, or one it may delegate to. */
  public boolean names(String workload) {
    return issued.workload().equals(workload) || issued.terms().delegates().contains(workload);
  }
}

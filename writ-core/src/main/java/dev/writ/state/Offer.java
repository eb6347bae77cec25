package dev.writ.state;

import dev.writ.base.WorkflowId;
import dev.writ.fact.Fact;
import java.time.Instant;

/** An enrolment that has not been used. */
public record Offer(WorkflowId workflow, Fact.EnrolmentOffered offered) {
  public boolean live(Instant now) {
    return now.isBefore(offered.until());
  }
}

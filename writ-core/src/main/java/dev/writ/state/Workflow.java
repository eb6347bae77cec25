package dev.writ.state;

import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.Link;
import java.util.Optional;

/**
 * The governed unit.
 *
 * @param last its latest fact
 * @param submission the latest spec submitted for it
 * @param writ its writ in force
 */
public record Workflow(
    WorkflowId id, Link last, Optional<Submission> submission, Optional<WritId> writ) {
  Workflow last(Link link) {
    return new Workflow(id, link, submission, writ);
  }

  Workflow submission(Submission next) {
    return new Workflow(id, last, Optional.of(next), writ);
  }

  Workflow writ(Optional<WritId> next) {
    return new Workflow(id, last, submission, next);
  }
}

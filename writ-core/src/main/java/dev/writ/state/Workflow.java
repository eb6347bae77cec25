package dev.writ.state;

import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.Fact;
import dev.writ.fact.Link;
import java.util.Optional;

/**
 * The governed unit.
 *
 * @param last its latest fact
 * @param draft where its latest draft is, answers included
 * @param submission the latest spec submitted for it
 * @param writ its writ in force
 */
public record Workflow(
    WorkflowId id,
    Link last,
    Optional<Fact.DraftKept> draft,
    Optional<Submission> submission,
    Optional<WritId> writ) {
  static Workflow begun(WorkflowId id, Link last) {
    return new Workflow(id, last, Optional.empty(), Optional.empty(), Optional.empty());
  }

  Workflow last(Link link) {
    return new Workflow(id, link, draft, submission, writ);
  }

  Workflow draft(Fact.DraftKept next) {
    return new Workflow(id, last, Optional.of(next), submission, writ);
  }

  Workflow submission(Submission next) {
    return new Workflow(id, last, draft, Optional.of(next), writ);
  }

  Workflow writ(Optional<WritId> next) {
    return new Workflow(id, last, draft, submission, next);
  }
}

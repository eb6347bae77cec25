package dev.writ.fact;

import dev.writ.base.Digest;
import dev.writ.base.TaskId;
import dev.writ.base.WorkflowId;
import java.util.Optional;

/**
 * What a fact is about, and under what it happened (invariant I6).
 *
 * @param workflow the workflow; absent for facts about the ledger itself
 * @param task the task; only with a workflow
 * @param dossier the dossier in force
 * @param policies the published policy set that was asked
 */
public record About(
    Optional<WorkflowId> workflow,
    Optional<TaskId> task,
    Optional<Digest> dossier,
    Optional<Digest> policies) {
  public About {
    if (task.isPresent() && workflow.isEmpty()) {
      throw new IllegalArgumentException("a task belongs to a workflow");
    }
  }

  /** The ledger itself. */
  public static About ledger() {
    return new About(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  public static About workflow(WorkflowId workflow) {
    return new About(Optional.of(workflow), Optional.empty(), Optional.empty(), Optional.empty());
  }

  public About task(TaskId task) {
    return new About(workflow, Optional.of(task), dossier, policies);
  }

  public About dossier(Digest dossier) {
    return new About(workflow, task, Optional.of(dossier), policies);
  }

  public About policies(Digest policies) {
    return new About(workflow, task, dossier, Optional.of(policies));
  }
}

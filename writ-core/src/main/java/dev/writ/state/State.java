package dev.writ.state;

import dev.writ.base.Digest;
import dev.writ.base.EnrolmentId;
import dev.writ.base.TaskId;
import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.About;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Previous;
import dev.writ.fact.RecordedFact;
import java.time.Instant;
import java.util.Optional;
import org.pcollections.PVector;
import org.pcollections.TreePMap;

/**
 * What is live: a pure fold over the log, immutable, with a limit on every map. History lives in
 * the ledger. Maps are sorted by key, so that iterating gives the same order on every node.
 *
 * @param log where the fold stands
 * @param government how Writ itself is set up
 * @param workflows every workflow
 * @param dossiers which workflow a waiting or admitted dossier belongs to
 * @param writs writs not ended (they may be over by time)
 * @param offers enrolments not used
 * @param keys workloads' keys, by workload
 * @param tasks tasks not settled
 * @param answered callers' keys that are remembered
 */
public record State(
    Log log,
    Government government,
    TreePMap<WorkflowId, Workflow> workflows,
    TreePMap<Digest, WorkflowId> dossiers,
    TreePMap<WritId, Writ> writs,
    TreePMap<EnrolmentId, Offer> offers,
    TreePMap<String, PVector<WorkloadKey>> keys,
    TreePMap<TaskId, Task> tasks,
    Answered answered) {
  /** Most workflows of one ledger. */
  public static final int MOST_WORKFLOWS = 1_000_000;

  /** Most tasks that are not settled. */
  public static final int MOST_TASKS = 1_000_000;

  /** Most enrolments that are not used. */
  public static final int MOST_OFFERS = 100_000;

  /** The state of an empty ledger. */
  public static State empty() {
    return new State(
        new Log(0, Instant.EPOCH, 0, ""),
        Government.none(),
        TreePMap.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        Answered.none());
  }

  /** How many entries are folded; the position of the next. */
  public long size() {
    return log.size();
  }

  public Optional<Workflow> workflow(WorkflowId id) {
    return Optional.ofNullable(workflows.get(id));
  }

  public Optional<Submission> submission(Digest dossier) {
    return Optional.ofNullable(dossiers.get(dossier))
        .flatMap(this::workflow)
        .flatMap(Workflow::submission)
        .filter(s -> s.dossier().equals(dossier));
  }

  /** A writ that is in force then. */
  public Optional<Writ> writ(WritId id, Instant now) {
    return Optional.ofNullable(writs.get(id)).filter(w -> w.inForce(now));
  }

  public Optional<Task> task(TaskId id) {
    return Optional.ofNullable(tasks.get(id));
  }

  /** The first fact written under a caller's key, while the key is remembered. */
  public Optional<RecordedFact> answered(CommandKey key) {
    return Optional.ofNullable(answered.byKey().get(key.key()));
  }

  /** The links the next fact about this carries. */
  public Previous previous(About about) {
    return new Previous(
        about.workflow().flatMap(this::workflow).map(Workflow::last),
        about.task().flatMap(this::task).map(Task::last));
  }
}

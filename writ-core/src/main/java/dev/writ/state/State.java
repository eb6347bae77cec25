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

  State log(Log next) {
    Parts parts = new Parts(this);
    parts.log = next;
    return parts.state();
  }

  State government(Government next) {
    Parts parts = new Parts(this);
    parts.government = next;
    return parts.state();
  }

  State workflows(TreePMap<WorkflowId, Workflow> next) {
    Parts parts = new Parts(this);
    parts.workflows = next;
    return parts.state();
  }

  State dossiers(TreePMap<Digest, WorkflowId> next) {
    Parts parts = new Parts(this);
    parts.dossiers = next;
    return parts.state();
  }

  State writs(TreePMap<WritId, Writ> next) {
    Parts parts = new Parts(this);
    parts.writs = next;
    return parts.state();
  }

  State offers(TreePMap<EnrolmentId, Offer> next) {
    Parts parts = new Parts(this);
    parts.offers = next;
    return parts.state();
  }

  State keys(TreePMap<String, PVector<WorkloadKey>> next) {
    Parts parts = new Parts(this);
    parts.keys = next;
    return parts.state();
  }

  State tasks(TreePMap<TaskId, Task> next) {
    Parts parts = new Parts(this);
    parts.tasks = next;
    return parts.state();
  }

  State task(Task task) {
    return tasks(tasks.plus(task.id(), task));
  }

  State answered(Answered next) {
    Parts parts = new Parts(this);
    parts.answered = next;
    return parts.state();
  }

  /** The parts of a state of which one is about to be another: the one place that lists them. */
  private static final class Parts {
    private Log log;
    private Government government;
    private TreePMap<WorkflowId, Workflow> workflows;
    private TreePMap<Digest, WorkflowId> dossiers;
    private TreePMap<WritId, Writ> writs;
    private TreePMap<EnrolmentId, Offer> offers;
    private TreePMap<String, PVector<WorkloadKey>> keys;
    private TreePMap<TaskId, Task> tasks;
    private Answered answered;

    private Parts(State s) {
      log = s.log;
      government = s.government;
      workflows = s.workflows;
      dossiers = s.dossiers;
      writs = s.writs;
      offers = s.offers;
      keys = s.keys;
      tasks = s.tasks;
      answered = s.answered;
    }

    private State state() {
      return new State(log, government, workflows, dossiers, writs, offers, keys, tasks, answered);
    }
  }
}

package dev.writ.ledger;

import dev.writ.audit.MerkleProof;
import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.TaskId;
import dev.writ.base.WorkflowId;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.fact.Link;
import dev.writ.fact.RecordedFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One workflow's facts, checked by somebody who holds them and a checkpoint: each is in the log,
 * and each names the one before it, so that none is missing from the first to the last. That the
 * last one is the last can be seen only from the workflow's own last link, which the ledger states
 * beside the checkpoint.
 */
public final class WorkflowPack {
  private final WorkflowId workflow;
  private final MerkleProof.Tree tree;
  private final List<RecordedFact> facts = new ArrayList<>();
  private final Map<TaskId, Link> tasks = new TreeMap<>();
  private Optional<Link> last = Optional.empty();

  private WorkflowPack(WorkflowId workflow, MerkleProof.Tree tree) {
    this.workflow = workflow;
    this.tree = tree;
  }

  /**
   * One fact of a pack.
   *
   * @param position where it is in the log
   * @param proof its inclusion proof in the checkpoint's tree
   */
  @SuppressWarnings("ArrayRecordComponent") // a stranger's bytes, compared by nobody
  public record Piece(long position, byte[] entry, List<Digest> proof) {
    public Piece {
      proof = List.copyOf(proof);
    }
  }

  /**
   * The facts, in order, when none is missing or foreign; else the first thing wrong.
   *
   * @param pieces by position
   * @param last the workflow's last link, where it is known
   */
  public static Parsed<List<RecordedFact>> check(
      WorkflowId workflow, List<Piece> pieces, MerkleProof.Tree tree, Optional<Link> last) {
    WorkflowPack pack = new WorkflowPack(workflow, tree);
    for (Piece piece : pieces) {
      Optional<Problem> problem = pack.take(piece);
      if (problem.isPresent()) {
        return Parsed.refused(List.of(problem.get()));
      }
    }
    if (last.isPresent() && !last.equals(pack.last)) {
      return Parsed.refused(
          "", "the pack ends before entry " + last.get().position(), "ask for the whole pack");
    }
    return Parsed.ok(List.copyOf(pack.facts));
  }

  private Optional<Problem> take(Piece piece) {
    return switch (Entry.parse(piece.entry())) {
      case Parsed.Refused<Entry>(List<Problem> problems) ->
          wrong(piece, "does not parse: " + problems.getFirst());
      case Parsed.Ok<Entry>(Entry entry) -> take(piece, entry);
    };
  }

  private Optional<Problem> take(Piece piece, Entry entry) {
    RecordedFact fact = entry.recorded();
    if (fact.position() != piece.position()
        || !MerkleProof.verifyInclusion(
            new MerkleProof.Leaf(piece.position(), entry.leaf()), tree, piece.proof())) {
      return wrong(piece, "is not in the log at this position");
    }
    if (!fact.about().workflow().equals(Optional.of(workflow))) {
      return wrong(piece, "is not about " + workflow);
    }
    if (!fact.previous().workflow().equals(last)) {
      return wrong(
          piece,
          "names "
              + fact.previous().workflow().map(l -> "entry " + l.position()).orElse("no entry")
              + " as the workflow's previous fact, and the pack holds "
              + last.map(l -> "entry " + l.position()).orElse("none"));
    }
    Optional<Link> task = fact.about().task().flatMap(id -> Optional.ofNullable(tasks.get(id)));
    if (!fact.previous().task().equals(task) && !forgotten(fact)) {
      return wrong(piece, "does not name the previous fact of its task");
    }
    last = Optional.of(entry.link());
    fact.about().task().ifPresent(id -> remember(id, entry));
    facts.add(fact);
    return Optional.empty();
  }

  /** A task's chain ends when the task is settled or an epoch ends; what follows names no fact. */
  private static boolean forgotten(RecordedFact fact) {
    return fact.previous().task().isEmpty() && !(fact.fact() instanceof Fact.TaskOpened);
  }

  private void remember(TaskId id, Entry entry) {
    if (entry.recorded().fact() instanceof Fact.TaskSettled) {
      tasks.remove(id);
    } else {
      tasks.put(id, entry.link());
    }
  }

  private static Optional<Problem> wrong(Piece piece, String what) {
    return Optional.of(
        new Problem("entry " + piece.position(), what, "ask the ledger for the whole pack"));
  }
}

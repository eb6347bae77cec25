package dev.writ.ledger;

import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.fact.Link;
import java.util.List;
import java.util.Optional;

/**
 * Reads and folds the log up to a sealed head, a chunk a call, starting at our own last entry. What
 * it has folded may be believed only when it is done, because only then does the root say that
 * these are the entries the head is about.
 */
final class CatchUp {
  private final Head.Sealed target;
  private final int chunk;
  private final Goal goal;
  private Standing at;
  private boolean found;
  private boolean proved;

  /**
   * What to look for on the way.
   *
   * @param acknowledged a checkpoint that must be a prefix
   * @param entry an entry of our own that may be there, after a commit whose answer was lost
   * @param snapshot the snapshot that was started from; a fact must name it
   */
  record Goal(
      Optional<Acknowledgement> acknowledged,
      Optional<Link> entry,
      Optional<Fact.SnapshotTaken> snapshot) {
    static Goal none() {
      return new Goal(Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Goal of(Optional<Link> entry) {
      return new Goal(Optional.empty(), entry, Optional.empty());
    }
  }

  /** Where entries are read: in a turn or outside. */
  @FunctionalInterface
  interface Source {
    List<byte[]> read(long from, int limit);
  }

  CatchUp(Standing from, Head.Sealed target, int chunk, Goal goal) {
    this.at = from;
    this.target = target;
    this.chunk = chunk;
    this.goal = goal;
  }

  Head.Sealed target() {
    return target;
  }

  Standing standing() {
    return at;
  }

  /** Whether our own entry was among those read. */
  boolean found() {
    return found;
  }

  /** Reads one chunk; whether the target is reached. Throws {@link Standing.Broken}. */
  boolean step(Source source) {
    compare();
    long before = at.size();
    long stop = target.head().size();
    if (goal.acknowledged().isPresent() && goal.acknowledged().get().size() > before) {
      stop = Math.min(stop, goal.acknowledged().get().size());
    }
    int fresh = (int) Math.min(chunk, stop - before);
    if (fresh > 0) {
      int own = before > 0 ? 1 : 0;
      at = at.read(source.read(at.readFrom(), fresh + own), this::visit);
      if (at.size() == before) {
        throw new Standing.Broken(
            Fork.Reason.MISSING_ENTRY, "entry " + before + " is not there; the head is beyond");
      }
    }
    compare();
    if (at.size() < target.head().size()) {
      return false;
    }
    finish();
    return true;
  }

  private void finish() {
    if (!at.root().equals(target.head().root())) {
      throw new Standing.Broken(
          Fork.Reason.OTHER_ROOT, "the entries do not lead to the root of the head");
    }
    if (at.size() > 0 && !at.state().log().origin().equals(target.head().origin())) {
      throw new Standing.Broken(
          Fork.Reason.OTHER_ORIGIN, "the head is of another epoch than its entries");
    }
    if (goal.snapshot().isPresent() && !proved) {
      throw new Standing.Broken(
          Fork.Reason.BROKEN_ENTRY, "no fact names the snapshot that was started from");
    }
  }

  private void compare() {
    if (goal.acknowledged().filter(a -> a.size() == at.size()).isPresent()
        && !at.root().equals(goal.acknowledged().get().root())) {
      throw new Standing.Broken(
          Fork.Reason.OTHER_ROOT,
          "the log's first " + at.size() + " entries are not those acknowledged");
    }
  }

  private void visit(Entry entry) {
    if (goal.entry().isPresent() && goal.entry().get().equals(entry.link())) {
      found = true;
    }
    if (goal.snapshot().isPresent() && goal.snapshot().get().equals(entry.recorded().fact())) {
      proved = true;
    }
  }
}

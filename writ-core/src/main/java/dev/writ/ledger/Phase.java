package dev.writ.ledger;

import dev.writ.base.Digest;
import dev.writ.fact.Link;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the pen is between two steps. */
sealed interface Phase {
  /** The node's own file has not been read. */
  record Start() implements Phase {}

  /** Nothing is open. */
  record Resting() implements Phase {}

  /** Reading entries without the lock. */
  record Reading(CatchUp catchUp) implements Phase {}

  /** A phase within a turn. */
  sealed interface Turned extends Phase {
    LedgerStore.Turn turn();
  }

  /** A turn is open; the head is not locked yet. */
  record Locking(LedgerStore.Turn turn) implements Turned {}

  /** We hold the lock and read what others appended. */
  record CatchingUp(LedgerStore.Turn turn, CatchUp catchUp) implements Turned {}

  /** We hold the lock and our state is the log's. */
  record Timing(LedgerStore.Turn turn) implements Turned {}

  /** The clock is known: run rules and append. */
  record Appending(LedgerStore.Turn turn, Instant now) implements Turned {}

  /** Everything is written but the commit. */
  record Committing(LedgerStore.Turn turn, Pending pending) implements Turned {
    /** Whatever goes wrong on the way, the only safe answer is that nothing is known. */
    LedgerStore.Commit commit() {
      try {
        return turn.commit();
      } catch (RuntimeException e) {
        return LedgerStore.Commit.UNKNOWN;
      } finally {
        end(turn);
      }
    }
  }

  /** Durable; to be signed. */
  record Signing(Settlement settlement) implements Phase {}

  /** Signed; to be remembered. */
  record Saving(Settlement settlement, Acknowledgement acknowledgement) implements Phase {}

  /** The log is not ours any more; the proof is to be kept. */
  record Keeping(Fork fork) implements Phase {}

  /** Gives back what is open. */
  default void close() {
    if (this instanceof Turned turned) {
      end(turned.turn());
    }
  }

  /** Ends a turn. One that cannot be ended cannot commit either, so nothing is left to do. */
  static void end(LedgerStore.Turn turn) {
    try {
      turn.close();
    } catch (LedgerStore.StoreFault fault) {
      // The store ends it by itself.
      return;
    }
  }

  /** The head that is being read up to. */
  default Optional<Head.Sealed> target() {
    if (this instanceof Reading(CatchUp catchUp)) {
      return Optional.of(catchUp.target());
    }
    return this instanceof CatchingUp(LedgerStore.Turn turn, CatchUp catchUp)
        ? Optional.of(catchUp.target())
        : Optional.empty();
  }

  /** A batch whose commit has not been answered. */
  record Pending(RuleRun.Outcome outcome, Head.Sealed head) {
    long size() {
      return head.head().size();
    }

    /** Its first entry: a batch is all there or not at all, so one hash is enough to know it. */
    Link first() {
      List<Digest> leaves = outcome.leaves();
      return new Link(size() - leaves.size(), leaves.getFirst());
    }

    /** Whether it is the last batch of this head. */
    boolean isLastOf(Optional<Head.Sealed> found) {
      return found.filter(f -> f.head().batch().equals(head.head().batch())).isPresent();
    }

    /**
     * The same without the commands whose patience is over. They are told that nothing is known,
     * and are not run again should the batch turn out to be lost.
     */
    Pending withoutImpatient(long nanos) {
      List<Queued<?>> ran = outcome.ran();
      if (ran.stream().noneMatch(q -> q.expired(nanos))) {
        return this;
      }
      List<Queued<?>> stay = new ArrayList<>();
      List<RuleRun.Reply<?>> replies = new ArrayList<>();
      for (int i = 0; i < ran.size(); i++) {
        if (ran.get(i).expired(nanos)) {
          ran.get(i)
              .answer()
              .failed(new LedgerFault.Unanswered("the answer to the commit is still missing"));
        } else {
          stay.add(ran.get(i));
          replies.add(outcome.replies().get(i));
        }
      }
      return new Pending(outcome.waitedFor(stay, replies), head);
    }
  }

  /** Who is to be answered once the standing is signed and remembered. */
  record Settlement(List<RuleRun.Reply<?>> replies, long size) {
    void answer() {
      replies.forEach(reply -> reply.give(size));
    }
  }
}

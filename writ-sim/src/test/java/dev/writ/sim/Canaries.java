package dev.writ.sim;

import dev.writ.ledger.Head;
import dev.writ.ledger.LedgerStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Deliberate faults of a pen, made where it meets the store. Each must be found by a run. */
final class Canaries {
  private Canaries() {}

  /** The batch ids are never compared: what is unknown is run again. */
  static LedgerStore unknownIsFailed(LedgerStore store) {
    return commits(
        store, commit -> commit == LedgerStore.Commit.UNKNOWN ? LedgerStore.Commit.FAILED : commit);
  }

  /** What is unknown is taken for done. */
  static LedgerStore unknownIsCommitted(LedgerStore store) {
    return commits(
        store,
        commit -> commit == LedgerStore.Commit.UNKNOWN ? LedgerStore.Commit.COMMITTED : commit);
  }

  /** The head read for a confirmation is the one of the call before. */
  static LedgerStore staleHeads(LedgerStore store) {
    return new Through(store) {
      private Optional<Head.Sealed> before = Optional.empty();

      @Override
      public Optional<Head.Sealed> head() {
        Optional<Head.Sealed> now = super.head();
        Optional<Head.Sealed> told = before.isPresent() ? before : now;
        before = now;
        return told;
      }
    };
  }

  private static LedgerStore commits(LedgerStore store, UnaryOperator<LedgerStore.Commit> change) {
    return new Through(store) {
      @Override
      public Turn begin() {
        Turn turn = super.begin();
        return new Turn() {
          @Override
          public Lock lock() {
            return turn.lock();
          }

          @Override
          public Instant clock() {
            return turn.clock();
          }

          @Override
          public List<byte[]> read(long from, int limit) {
            return turn.read(from, limit);
          }

          @Override
          public void append(Batch batch) {
            turn.append(batch);
          }

          @Override
          public Commit commit() {
            return change.apply(turn.commit());
          }

          @Override
          public void close() {
            turn.close();
          }
        };
      }
    };
  }

  /** The store as it is. */
  private static class Through implements LedgerStore {
    private final LedgerStore store;

    Through(LedgerStore store) {
      this.store = store;
    }

    @Override
    public Turn begin() {
      return store.begin();
    }

    @Override
    public Optional<Head.Sealed> head() {
      return store.head();
    }

    @Override
    public List<byte[]> read(long from, int limit) {
      return store.read(from, limit);
    }
  }
}

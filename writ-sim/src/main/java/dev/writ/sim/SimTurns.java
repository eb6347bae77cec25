package dev.writ.sim;

import dev.writ.ledger.Head;
import dev.writ.ledger.LedgerStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A node's way to the store, by which a crash can cut the transaction that is open. */
final class SimTurns implements LedgerStore {
  private final LedgerStore store;
  private Optional<Turn> turn = Optional.empty();

  SimTurns(LedgerStore store) {
    this.store = store;
  }

  boolean open() {
    return turn.isPresent();
  }

  void cut() {
    turn.ifPresent(Turn::close);
  }

  void forget() {
    turn = Optional.empty();
  }

  @Override
  public Turn begin() {
    Turn inner = store.begin();
    turn = Optional.of(inner);
    return new Turn() {
      @Override
      public Lock lock() {
        return inner.lock();
      }

      @Override
      public Instant clock() {
        return inner.clock();
      }

      @Override
      public List<byte[]> read(long from, int limit) {
        return inner.read(from, limit);
      }

      @Override
      public void append(Batch batch) {
        inner.append(batch);
      }

      @Override
      public Commit commit() {
        return inner.commit();
      }

      @Override
      @SuppressWarnings("ReferenceEquality") // this very turn, not one that looks like it
      public void close() {
        inner.close();
        turn = turn.filter(t -> t != inner);
      }
    };
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

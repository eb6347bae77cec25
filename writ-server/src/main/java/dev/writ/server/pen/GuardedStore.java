package dev.writ.server.pen;

import dev.writ.ledger.Head;
import dev.writ.ledger.LedgerStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The store as one writer's thread sees it: refused from the moment the thread is given up. The
 * call that is under way when that happens may still end; the lock keeps its turn in order.
 */
final class GuardedStore implements LedgerStore {
  private final LedgerStore store;
  private final BooleanSupplier abandoned;
  private final PenBoard board;

  GuardedStore(LedgerStore store, BooleanSupplier abandoned, PenBoard board) {
    this.store = store;
    this.abandoned = abandoned;
    this.board = board;
  }

  private void enter() {
    board.nothingRuns();
    if (abandoned.getAsBoolean()) {
      throw new StoreFault("this writer was given up", false, new IllegalStateException());
    }
  }

  @Override
  public Turn begin() {
    enter();
    return new GuardedTurn(store.begin());
  }

  @Override
  public Optional<Head.Sealed> head() {
    enter();
    return store.head();
  }

  @Override
  public List<byte[]> read(long from, int limit) {
    enter();
    return store.read(from, limit);
  }

  private final class GuardedTurn implements Turn {
    private final Turn turn;

    GuardedTurn(Turn turn) {
      this.turn = turn;
    }

    @Override
    public Lock lock() {
      enter();
      return turn.lock();
    }

    @Override
    public Instant clock() {
      enter();
      return turn.clock();
    }

    @Override
    public List<byte[]> read(long from, int limit) {
      enter();
      return turn.read(from, limit);
    }

    @Override
    public void append(Batch batch) {
      enter();
      turn.append(batch);
    }

    @Override
    public Commit commit() {
      return abandoned.getAsBoolean() ? Commit.FAILED : turn.commit();
    }

    @Override
    public void close() {
      board.nothingRuns();
      turn.close();
    }
  }
}

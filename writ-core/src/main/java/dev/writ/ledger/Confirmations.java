package dev.writ.ledger;

import dev.writ.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers only from a state that is current: a read of the head begun after the question came in
 * says how far the log reaches, and the answer waits until that much is published here. One read is
 * shared by all who wait. A stepper like the pen, for a thread and a connection of its own, so that
 * a question does not wait for a batch.
 */
public final class Confirmations {
  private final LedgerStore store;
  private final HeadCheck heads;
  private final MonotonicClock nanos;
  private final List<Asker> waiting = new ArrayList<>();
  private List<Asker> reading = List.of();
  private Optional<Read> read = Optional.empty();

  /** Who asked, and until when it waits. */
  private record Asker(Confirmed answer, long deadline) {}

  /** A head, and what was published before it was read. */
  private record Read(Optional<Head.Sealed> found, Published before) {}

  /** Who waits for a current state. Called once. */
  public interface Confirmed {
    void current(State state);

    void failed(LedgerFault fault);
  }

  public Confirmations(LedgerStore store, HeadSeal seal, MonotonicClock nanos) {
    this.store = store;
    this.heads = new HeadCheck(seal);
    this.nanos = nanos;
  }

  /** Asks for a state current at some moment after this call. */
  public void ask(Confirmed answer) {
    waiting.add(new Asker(answer, nanos.nanos() + Command.PATIENCE.toNanos()));
  }

  public boolean idle() {
    return waiting.isEmpty() && reading.isEmpty();
  }

  /** What a step came to. */
  public enum Progress {
    /** There is nothing to do until somebody asks. */
    IDLE,
    /** Step again. */
    MORE,
    /** The log reaches further than what is published: let the pen follow, then step again. */
    BEHIND
  }

  /**
   * One step, with what is published now; at most one call to the store. Throws what is no {@link
   * LedgerStore.StoreFault}.
   */
  public Progress step(Published published, Optional<Fork> fork) {
    if (idle()) {
      return Progress.IDLE;
    }
    if (fork.isPresent()) {
      fail(new LedgerFault.Forked(fork.get().toString()));
      return Progress.IDLE;
    }
    if (read.isEmpty()) {
      reading = List.copyOf(waiting);
      waiting.clear();
      try {
        read = Optional.of(new Read(store.head(), published));
      } catch (LedgerStore.StoreFault fault) {
        fail(new LedgerFault.Unavailable("the head cannot be read", fault));
      }
      return Progress.MORE;
    }
    if (confirmed(read.get(), published)) {
      List<Asker> answered = reading;
      forget();
      answered.forEach(asker -> asker.answer().current(published.state()));
      return Progress.MORE;
    }
    dropImpatient();
    return Progress.BEHIND;
  }

  /** A head that is not ours confirms nothing: the pen will look at it and stop. */
  private boolean confirmed(Read read, Published now) {
    if (read.found().isEmpty()) {
      return read.before().size() == 0 && now.size() == 0;
    }
    Head head = read.found().get().head();
    return heads.sealed(read.found().get())
        && head.size() >= read.before().size()
        && (head.size() < now.size()
            || (head.size() == now.size() && head.root().equals(now.standing().root())));
  }

  private void dropImpatient() {
    long now = nanos.nanos();
    List<Asker> stay = new ArrayList<>();
    for (Asker asker : reading) {
      if (now - asker.deadline() >= 0) {
        asker.answer().failed(new LedgerFault.Unavailable("no current state could be confirmed"));
      } else {
        stay.add(asker);
      }
    }
    reading = stay;
    if (reading.isEmpty()) {
      forget();
    }
  }

  /** Tells all who wait that there will be no answer. */
  public void fail(LedgerFault fault) {
    List<Asker> all = new ArrayList<>(reading);
    all.addAll(waiting);
    waiting.clear();
    forget();
    all.forEach(asker -> asker.answer().failed(fault));
  }

  private void forget() {
    reading = List.of();
    read = Optional.empty();
  }
}

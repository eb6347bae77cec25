package dev.writ.server.pen;

import dev.writ.ledger.Answer;
import dev.writ.ledger.Confirmations;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.Written;
import dev.writ.state.State;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A caller that blocks until its answer is there. Only the first answer counts. */
final class Waiting<T> {
  /** What it came to. */
  private sealed interface Outcome<T> {}

  private record Good<T>(T value) implements Outcome<T> {}

  private record Bad<T>(LedgerFault fault) implements Outcome<T> {}

  private record None<T>() implements Outcome<T> {}

  private final CountDownLatch there = new CountDownLatch(1);
  private final AtomicReference<Outcome<T>> outcome = new AtomicReference<>(new None<>());

  void good(T value) {
    settle(new Good<>(value));
  }

  void bad(LedgerFault fault) {
    settle(new Bad<>(fault));
  }

  private void settle(Outcome<T> now) {
    if (outcome.get() instanceof None<T> none && outcome.compareAndSet(none, now)) {
      there.countDown();
    }
  }

  /** The value; throws the fault. Whoever settles this must do so in bounded time. */
  T await() {
    try {
      there.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerFault.Unanswered("the caller stopped waiting; it may have been recorded");
    }
    return settled();
  }

  /** The value; throws the fault, or {@code late} when nothing came within {@code longest}. */
  T await(Duration longest, LedgerFault late) {
    boolean came;
    try {
      came = there.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw late;
    }
    if (!came) {
      bad(late);
    }
    return settled();
  }

  private T settled() {
    return switch (Objects.requireNonNull(outcome.get())) {
      case Good<T>(T value) -> value;
      case Bad<T>(LedgerFault fault) -> throw rethrown(fault);
      case None<T> none -> throw new IllegalStateException("answered without an answer");
    };
  }

  /** The stack of whoever waits says more than the pen's, and one fault may go to many. */
  private static LedgerFault rethrown(LedgerFault fault) {
    String message = String.valueOf(fault.getMessage());
    return switch (fault) {
      case LedgerFault.Unavailable f -> new LedgerFault.Unavailable(message, f);
      case LedgerFault.Busy f -> new LedgerFault.Busy(message);
      case LedgerFault.Unanswered f -> new LedgerFault.Unanswered(message);
      case LedgerFault.Poisoned f -> new LedgerFault.Poisoned(message, f);
      case LedgerFault.Forked f -> new LedgerFault.Forked(message);
    };
  }

  static <R> Answer<R> answer(Waiting<Written<R>> waiting) {
    return new Answer<>() {
      @Override
      public void written(Written<R> written) {
        waiting.good(written);
      }

      @Override
      public void failed(LedgerFault fault) {
        waiting.bad(fault);
      }
    };
  }

  static Confirmations.Confirmed confirmed(Waiting<State> waiting) {
    return new Confirmations.Confirmed() {
      @Override
      public void current(State state) {
        waiting.good(state);
      }

      @Override
      public void failed(LedgerFault fault) {
        waiting.bad(fault);
      }
    };
  }
}

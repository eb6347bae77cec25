package dev.writ.server.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Outcomes on their way to the authority. An answer does not wait for its record, and no outcome is
 * lost while this process lives: a place is reserved before the call is even decided, recording is
 * tried again until it is done, and while it fails no further call is let in.
 */
final class Outcomes implements AutoCloseable {
  /** Most calls between their decision and the record of their outcome. */
  static final int MOST = 512;

  /** Most bytes of results that wait. */
  static final long MOST_BYTES = 64L << 20;

  private static final int WRITERS = 2;

  /** How long a call waits for a place: a burst is slowed down, an outage is refused. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private final Authority authority;
  private final Semaphore places = new Semaphore(MOST);
  private final LinkedBlockingQueue<CallOutcome> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean failing = new AtomicBoolean();
  private final List<Thread> writers = new ArrayList<>();
  private volatile boolean closed;

  Outcomes(Authority authority) {
    this.authority = authority;
    for (int i = 0; i < WRITERS; i++) {
      // Threads of their own: callers that keep every processor busy must not starve the record.
      writers.add(Thread.ofPlatform().daemon().name("outcomes-" + i).start(this::write));
    }
  }

  /** A reserved place: exactly one of {@link #unused} and {@link #record} must be called. */
  final class Place {
    private Place() {}

    /** Nothing was allowed, so there is no outcome. */
    void unused() {
      places.release();
    }

    void record(CallOutcome outcome) {
      bytes.addAndGet(outcome.weight());
      waiting.add(outcome);
    }
  }

  /**
   * A place for one more call's outcome, waiting a moment for one; empty while outcomes cannot be
   * recorded, or not fast enough.
   */
  Optional<Place> reserve() {
    if (closed || failing.get() || bytes.get() > MOST_BYTES) {
      return Optional.empty();
    }
    try {
      return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          ? Optional.of(new Place())
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** How many calls have a place. */
  int reserved() {
    return MOST - places.availablePermits();
  }

  private void write() {
    try {
      while (true) {
        CallOutcome first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
          if (closed && places.availablePermits() == MOST) {
            return;
          }
          continue;
        }
        List<CallOutcome> batch = new ArrayList<>(List.of(first));
        waiting.drainTo(batch, Authority.MOST_OUTCOMES - 1);
        record(batch);
        batch.forEach(o -> bytes.addAndGet(-o.weight()));
        places.release(batch.size());
      }
    } catch (InterruptedException e) {
      // Only close() interrupts, after its patience ended; what is left is reported there.
      Thread.currentThread().interrupt();
    }
  }

  private void record(List<CallOutcome> batch) throws InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        authority.record(batch);
        failing.set(false);
        return;
      } catch (RuntimeException e) {
        // Whatever it is, a bug included: the outcome stays, and calls stop until it is recorded.
        if (failing.compareAndSet(false, true)) {
          System.getLogger(Outcomes.class.getName())
              .log(System.Logger.Level.WARNING, "outcomes cannot be recorded; calls stop", e);
        }
        long pause = Math.min(LONGEST_PAUSE.toMillis(), 20L << Math.min(attempt, 10));
        Thread.sleep(Duration.ofMillis(pause));
      }
    }
  }

  /** Lets nothing in any more and waits up to ten seconds for what is under way. */
  @Override
  public void close() {
    closed = true;
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    try {
      for (Thread writer : writers) {
        writer.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writers.forEach(Thread::interrupt);
    if (reserved() > 0) {
      System.getLogger(Outcomes.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "{0} calls end without a recorded outcome; the authority lists them as lost",
              reserved());
    }
  }
}

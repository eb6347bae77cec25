package dev.writ.server.gateway;

import dev.writ.ledger.MonotonicClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ids of workflows, writs, tasks and tokens that ended lately, in order. An allow is good for
 * two seconds, so only what ended since it was asked for can matter to it, and the memory is short
 * and bounded; where it fell short, every older allow counts as ended.
 */
public final class RevocationFeed {
  /** Most ids remembered. */
  public static final int MOST = 8_192;

  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private final MonotonicClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final ArrayDeque<Ended> order = new ArrayDeque<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private long last;
  private boolean gap;
  private long gapNanos;

  private record Ended(long number, String id, long nanos) {}

  /**
   * What ended after a cursor.
   *
   * @param next the cursor to ask with next
   * @param gap whether something between is no longer known
   */
  public record Batch(long next, List<String> ids, boolean gap) {
    public Batch {
      ids = List.copyOf(ids);
    }
  }

  public RevocationFeed(MonotonicClock clock) {
    this.clock = clock;
  }

  /** These ended. Called for each revocation as soon as it is known, before it is acknowledged. */
  public void ended(List<String> endedIds) {
    lock.lock();
    try {
      long now = clock.nanos();
      while (!order.isEmpty() && now - order.getFirst().nanos() > REMEMBERED.toNanos()) {
        forget();
      }
      for (String id : endedIds) {
        last++;
        order.addLast(new Ended(last, id, now));
        ids.merge(id, 1, Integer::sum);
      }
      while (order.size() > MOST) {
        missed(order.getFirst().nanos());
        forget();
      }
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Something may have ended up to now that we did not hear of. */
  public void missedSome() {
    lock.lock();
    try {
      missed(clock.nanos());
    } finally {
      lock.unlock();
    }
  }

  private void missed(long nanos) {
    if (!gap || nanos - gapNanos > 0) {
      gap = true;
      gapNanos = nanos;
    }
  }

  private void forget() {
    Ended oldest = order.removeFirst();
    ids.computeIfPresent(oldest.id(), (id, n) -> n > 1 ? n - 1 : null);
  }

  /** Whether one of these ended, or may have, since {@code sinceNanos} on the feed's clock. */
  public boolean mayHaveEnded(List<String> hangsOn, long sinceNanos) {
    lock.lock();
    try {
      return (gap && gapNanos - sinceNanos >= 0) || hangsOn.stream().anyMatch(ids::containsKey);
    } finally {
      lock.unlock();
    }
  }

  /** Where the feed stands: ask {@link #after} with it for what comes. */
  public long cursor() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** What ended after the cursor, waiting up to {@code wait} when nothing has yet. */
  public Batch after(long cursor, Duration wait) throws InterruptedException {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (last == cursor && left > 0) {
        left = grown.awaitNanos(left);
      }
      if (cursor > last || cursor < 0) {
        // A cursor of another feed's, from before a restart.
        return new Batch(last, List.of(), true);
      }
      List<String> newer = new ArrayList<>();
      for (Ended e : order) {
        if (e.number() > cursor) {
          newer.add(e.id());
        }
      }
      return new Batch(last, newer, newer.size() < last - cursor);
    } finally {
      lock.unlock();
    }
  }
}

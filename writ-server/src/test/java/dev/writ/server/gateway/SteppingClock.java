package dev.writ.server.gateway;

import dev.writ.ledger.MonotonicClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A monotonic clock that moves only when told. */
final class SteppingClock implements MonotonicClock {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

  @Override
  public long nanos() {
    return now.get();
  }

  void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}

package dev.writ.ledger;

import java.util.Optional;

/** How long to leave a failing port alone: doubling, bounded, forgotten at the first success. */
final class Backoff {
  private final MonotonicClock nanos;
  private final long first;
  private final long longest;
  private Optional<String> trouble = Optional.empty();
  private long wait;
  private long until;

  Backoff(MonotonicClock nanos, PenLimits limits) {
    this.nanos = nanos;
    this.first = limits.firstBackoff().toNanos();
    this.longest = limits.longestBackoff().toNanos();
    this.until = nanos.nanos();
  }

  /** Something failed: wait. */
  Next failed(String what) {
    trouble = Optional.of(what);
    wait = Math.min(longest, Math.max(first, 2 * wait));
    until = nanos.nanos() + wait;
    return new Next.After(wait);
  }

  void recovered() {
    trouble = Optional.empty();
    wait = 0;
  }

  /** What failed, since the last success. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Nanoseconds still to wait; 0 or less when over. */
  long left() {
    return until - nanos.nanos();
  }
}

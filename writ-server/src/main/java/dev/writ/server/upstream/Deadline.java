package dev.writ.server.upstream;

import java.time.Duration;

/** A moment on the monotonic clock by which something is over. */
final class Deadline {
  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Milliseconds that are left, at least 1; a fault when none are. */
  int millis() throws UpstreamFault {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw UpstreamFault.silent("timeout", "the tool server did not answer in time");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}

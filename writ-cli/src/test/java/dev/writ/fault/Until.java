package dev.writ.fault;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes do, which nobody tells us: it asks again and again. */
final class Until {
  private static final Duration PAUSE = Duration.ofMillis(25);

  private Until() {}

  /** What is waited for. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Returns as soon as it holds; how long that took. Throws when it does not in time. */
  static Duration holds(String what, Duration longest, Condition condition) throws Exception {
    long began = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - began > longest.toNanos()) {
        throw new AssertionError("not within " + longest.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }
}

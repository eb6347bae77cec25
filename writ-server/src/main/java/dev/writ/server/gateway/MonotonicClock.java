package dev.writ.server.gateway;

/** A clock that only runs forward and that nobody sets: for how long, never for when. */
@FunctionalInterface
public interface MonotonicClock {
  /** The machine's own. */
  MonotonicClock SYSTEM = System::nanoTime;

  /** Nanoseconds since some moment; differences may be compared, values may not. */
  long nanos();
}

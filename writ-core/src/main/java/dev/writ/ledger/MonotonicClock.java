package dev.writ.ledger;

/** A clock that only measures spans: never set, never steps back. */
@FunctionalInterface
public interface MonotonicClock {
  /** Nanoseconds since some fixed moment. */
  long nanos();
}

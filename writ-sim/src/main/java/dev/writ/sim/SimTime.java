package dev.writ.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The simulated world's time: one true span, and clocks that may be wrong about the date. */
public final class SimTime {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private long nanos;

  /** True nanoseconds since the start. */
  public long nanos() {
    return nanos;
  }

  public void pass(long more) {
    nanos += more;
  }

  public void pass(Duration more) {
    pass(more.toNanos());
  }

  /** A clock that shows the true time plus what it is wrong by, or stands still. */
  public final class Clock implements InstantSource {
    private Duration wrongBy = Duration.ZERO;
    private Instant frozen = Instant.MIN;

    public void wrongBy(Duration span) {
      wrongBy = span;
      frozen = Instant.MIN;
    }

    /** Stands still from now on. */
    public void freeze() {
      frozen = instant();
    }

    @Override
    public Instant instant() {
      return frozen.equals(Instant.MIN) ? START.plusNanos(nanos).plus(wrongBy) : frozen;
    }
  }

  public Clock clock() {
    return new Clock();
  }
}

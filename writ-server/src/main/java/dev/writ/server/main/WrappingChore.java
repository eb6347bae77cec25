package dev.writ.server.main;

import dev.writ.ledger.MonotonicClock;
import dev.writ.operation.WrappedKeys;
import dev.writ.server.keys.Keys;
import dev.writ.server.keys.SealedPayloads;
import java.time.Duration;

/**
 * After the master key was rotated: the key file and all workflows' keys are wrapped anew. Looks
 * again now and then, because a node that lagged behind may have wrapped one more the old way.
 */
final class WrappingChore {
  static final Duration AGAIN = Duration.ofMinutes(10);
  private static final int AT_ONCE = 100;

  private final Keys keys;
  private final SealedPayloads payloads;
  private final WrappedKeys wrapped;
  private final MonotonicClock clock;
  private String done = "";
  private long doneNanos;

  WrappingChore(Keys keys, SealedPayloads payloads, WrappedKeys wrapped, MonotonicClock clock) {
    this.keys = keys;
    this.payloads = payloads;
    this.wrapped = wrapped;
    this.clock = clock;
  }

  /** One step; whether more is due at once. */
  boolean run() {
    String master = keys.master();
    if (master.equals(done) && clock.nanos() - doneNanos < AGAIN.toNanos()) {
      return false;
    }
    keys.reseal();
    boolean more = payloads.rewrap(wrapped, AT_ONCE) == AT_ONCE;
    if (!more) {
      done = master;
      doneNanos = clock.nanos();
    }
    return more;
  }
}

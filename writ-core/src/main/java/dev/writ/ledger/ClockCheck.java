package dev.writ.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Which time a batch gets, or why none. */
sealed interface ClockCheck {
  /** The batch's {@code now}: the database's clock to the microsecond, never before the head's. */
  record Now(Instant at) implements ClockCheck {}

  /** A clock is too far off to write. */
  record Refused(String what) implements ClockCheck {}

  /**
   * @param stored the database's clock, read under the lock
   * @param own the node's clock
   * @param last the head's time; {@link Instant#MIN} before the first entry
   */
  static ClockCheck of(Instant stored, Instant own, Instant last, PenLimits limits) {
    if (stored.isBefore(last)
        && Duration.between(stored, last).compareTo(limits.behindHead()) > 0) {
      return new Refused("the database's clock is behind the ledger's last entry");
    }
    if (Duration.between(stored, own).abs().compareTo(limits.apart()) > 0) {
      return new Refused("the database's clock and this node's are too far apart");
    }
    Instant now = stored.isBefore(last) ? last : stored;
    return new Now(now.truncatedTo(ChronoUnit.MICROS));
  }
}

package dev.writ.sim;

import static dev.writ.sim.Company.expect;

import dev.writ.base.WritId;
import dev.writ.operation.IntrospectToken;
import dev.writ.token.VerifiedToken;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Expiry at a node whose clock stands still. */
class SlowClockTest {
  private final Company c = Company.founded(7);

  @Test
  void nothingIsHonouredPastTheRecordedTime() {
    WritId writ = c.writ();
    VerifiedToken token = c.token(writ);
    Instant stopped = c.now;
    IntrospectToken slow = new IntrospectToken(c.ledger, () -> stopped);
    IntrospectToken.Request asked = new IntrospectToken.Request(token);
    expect(IntrospectToken.Reply.Active.class, slow.run(asked));
    c.now = c.now.plus(Duration.ofMinutes(6));
    // Somebody writes, and with it the time is known.
    c.token(writ);
    expect(IntrospectToken.Reply.Inactive.class, slow.run(asked));
  }
}

package dev.writ.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.Ruling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules that take long: once, as on a cold machine, or every time. */
class SlowRuleTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private long nanos;
  private int runs;
  private final MemoryLedgerStore store = new MemoryLedgerStore(() -> NOW, () -> 0);
  private final SoloLedger ledger = new SoloLedger(store, () -> NOW, () -> nanos, new Chance(1));

  private String founded(boolean slow) {
    return ledger.write((state, now) -> {
      runs++;
      if (slow || runs == 1) {
        nanos += Duration.ofMillis(1_001).toNanos();
      }
      return Ruling.of(List.of(SimWorld.founding()), "founded");
    });
  }

  @Test
  void aRuleThatIsSlowOnceIsRunOnceMore() {
    assertThat(founded(false)).isEqualTo("founded");
    assertThat(runs).isEqualTo(2);
    assertThat(store.entries()).hasSize(1);
  }

  @Test
  void aRuleThatIsSlowAgainIsDropped() {
    assertThatThrownBy(() -> founded(true)).isInstanceOf(LedgerFault.Poisoned.class);
    assertThat(runs).isEqualTo(2);
    assertThat(store.entries()).isEmpty();
  }
}

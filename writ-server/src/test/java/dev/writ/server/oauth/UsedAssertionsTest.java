package dev.writ.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.ledger.LedgerFault;
import dev.writ.state.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An assertion is good once for as long as it lives, and is forgotten some time after. */
class UsedAssertionsTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private final UsedAssertions used = new UsedAssertions(3);

  private boolean first(String client, String id, long seconds) {
    Instant now = START.plusSeconds(seconds);
    return used.first(new ClientCheck.Known(client, id, now.plusSeconds(60)), State.empty(), now);
  }

  @Test
  void rememberedAtLeastForItsLife() {
    long span = UsedAssertions.SPAN.toSeconds();
    assertThat(first("a", "1", 0)).isTrue();
    assertThat(first("b", "1", 0)).isTrue();
    assertThat(first("a", "2", span - 1)).isTrue();
    for (long later : new long[] {span - 1, span, 2 * span - 1}) {
      assertThat(first("a", "2", later)).as("%d", later).isFalse();
    }
    assertThat(first("a", "1", 2 * span)).isTrue();
    assertThat(first("a", "1", 5 * span)).isTrue();
  }

  @Test
  void fullIsAFaultAndNoRefusal() {
    for (String id : new String[] {"1", "2", "3"}) {
      assertThat(first("a", id, 0)).isTrue();
    }
    assertThatThrownBy(() -> first("a", "4", 0)).isInstanceOf(LedgerFault.Busy.class);
    assertThat(first("a", "3", 0)).isFalse();
    assertThat(first("a", "4", UsedAssertions.SPAN.toSeconds())).isTrue();
  }
}

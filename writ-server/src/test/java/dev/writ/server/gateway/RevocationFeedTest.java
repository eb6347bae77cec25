package dev.writ.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevocationFeedTest {
  private final SteppingClock clock = new SteppingClock();
  private final RevocationFeed feed = new RevocationFeed(clock);

  @Test
  void knowsWhatEndedAndNothingElse() {
    long asked = clock.nanos();
    feed.ended(List.of("tok_a", "tsk_b"));
    assertThat(feed.mayHaveEnded(List.of("x", "tsk_b"), asked)).isTrue();
    assertThat(feed.mayHaveEnded(List.of("x"), asked)).isFalse();
  }

  @Test
  void forgettingMakesOlderAllowsWorthlessAndNoNewerOnes() {
    long before = clock.nanos();
    clock.pass(Duration.ofMillis(1));
    List<String> many = new ArrayList<>();
    for (int i = 0; i <= RevocationFeed.MOST; i++) {
      many.add("tok_" + i);
    }
    feed.ended(many);
    assertThat(feed.mayHaveEnded(List.of("tok_0"), before)).isTrue();
    assertThat(feed.mayHaveEnded(List.of("other"), before)).isTrue();
    clock.pass(Duration.ofNanos(1));
    assertThat(feed.mayHaveEnded(List.of("other"), clock.nanos())).isFalse();
  }

  @Test
  void missedWordsMakeOlderAllowsWorthless() {
    long before = clock.nanos();
    feed.missedSome();
    assertThat(feed.mayHaveEnded(List.of("x"), before)).isTrue();
    clock.pass(Duration.ofNanos(1));
    assertThat(feed.mayHaveEnded(List.of("x"), clock.nanos())).isFalse();
  }

  @Test
  void cursorsFollowTheOrderAndNoticeGaps() throws Exception {
    long start = feed.cursor();
    feed.ended(List.of("a", "b"));
    RevocationFeed.Batch batch = feed.after(start, Duration.ZERO);
    assertThat(batch).isEqualTo(new RevocationFeed.Batch(2, List.of("a", "b"), false));
    assertThat(feed.after(batch.next(), Duration.ZERO).ids()).isEmpty();
    assertThat(feed.after(99, Duration.ZERO).gap()).isTrue();
    clock.pass(Duration.ofSeconds(11));
    feed.ended(List.of("c"));
    assertThat(feed.after(start, Duration.ZERO))
        .isEqualTo(new RevocationFeed.Batch(3, List.of("c"), true));
    assertThat(feed.after(2, Duration.ZERO).gap()).isFalse();
  }
}

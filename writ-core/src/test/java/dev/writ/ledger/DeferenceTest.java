package dev.writ.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.NodeId;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeferenceTest {
  private static final NodeId LOW = NodeId.parse("nod_" + "0".repeat(26)).orThrow();
  private static final NodeId HIGH = NodeId.parse("nod_" + "1".repeat(26)).orThrow();
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aNodeAloneWritesForItself() {
    assertThat(Deference.none(LOW, 0).wrote(100, 0).to(0)).isEmpty();
    assertThat(Deference.none(HIGH, 0).to(SECOND)).isEmpty();
  }

  @Test
  void ofTwoThatWriteExactlyOneDefers() {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      long low = random.nextInt(1, 50);
      long high = random.nextInt(1, 50);
      Optional<NodeId> lows = Deference.none(LOW, 0).wrote(low, 0).followed(HIGH, high, 0).to(0);
      Optional<NodeId> highs = Deference.none(HIGH, 0).wrote(high, 0).followed(LOW, low, 0).to(0);
      assertThat(lows.isPresent()).as("%d and %d", low, high).isNotEqualTo(highs.isPresent());
    }
  }

  @Test
  void whoWritesNothingDefersToWhoeverWritesUntilThatOneIsSilent() {
    Deference low = Deference.none(LOW, 0).followed(HIGH, 100, 0);
    assertThat(low.to(0)).contains(HIGH);
    assertThat(low.to(SECOND / 2)).contains(HIGH);
    assertThat(low.to(SECOND)).isEmpty();
  }

  @Test
  void whoHasToWriteItselfBecauseTheHolderIsGoneStopsDeferring() {
    Deference high = Deference.none(HIGH, 0).followed(LOW, 100, 0);
    assertThat(high.to(0)).contains(LOW);
    assertThat(high.wrote(90, SECOND / 5).to(SECOND / 5)).isEmpty();
  }

  @Test
  void ofSeveralTheOneThatWritesMostIsDeferredTo() {
    NodeId third = NodeId.parse("nod_" + "2".repeat(26)).orThrow();
    Deference third1 = Deference.none(third, 0).followed(LOW, 10, 0).followed(HIGH, 30, 0);
    assertThat(third1.to(0)).contains(HIGH);
    assertThat(third1.followed(third, 1_000, 0).to(0)).contains(HIGH);
  }
}

package dev.writ.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class IdTest {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  @Test
  void drawnIdsAreWellFormed() {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      String id = Id.random("tsk_", random::nextBytes);
      assertThat(Id.wellFormed("tsk_", id)).as(id).isTrue();
      assertThat(Id.wellFormed("tok_", id)).as(id).isFalse();
    }
  }

  @Test
  void onlyTheAlphabetIsTaken() {
    String rest = "0".repeat(25);
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      assertThat(Id.wellFormed("tsk_", "tsk_" + (char) c + rest))
          .as("character %d", c)
          .isEqualTo(ALPHABET.indexOf(c) >= 0);
    }
  }

  @Test
  void lengthIsExact() {
    assertThat(Id.wellFormed("tsk_", "tsk_" + "0".repeat(25))).isFalse();
    assertThat(Id.wellFormed("tsk_", "tsk_" + "0".repeat(27))).isFalse();
    assertThat(Id.wellFormed("tsk_", "")).isFalse();
  }
}

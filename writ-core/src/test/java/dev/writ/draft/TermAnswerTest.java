package dev.writ.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.catalogue.Calendar;
import dev.writ.catalogue.Example;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermAnswerTest {
  private static final Calendar CALENDAR = Example.brightwater().calendar();
  private static final Instant WEDNESDAY = Instant.parse("2026-11-18T09:00:00Z");

  private static String read(String typed) {
    return TermAnswer.read(new Answer("until", List.of(typed), "ann"), CALENDAR, WEDNESDAY)
        .values()
        .getFirst();
  }

  @Test
  void wordsWithOneReadingBecomeATerm() {
    assertThat(read("two weeks")).isEqualTo("P14D");
    assertThat(read("for ten business days")).isEqualTo("P10D business");
    assertThat(read("until 4 December")).isEqualTo("../2026-12-04");
    assertThat(read("tomorrow")).isEqualTo("2026-11-19/2026-11-19");
  }

  @Test
  void aTermStaysAsItIs() {
    for (String term : List.of("P14D", "../2026-12-04", "2026-12-04", "2026-12-04T18:00:00Z")) {
      assertThat(read(term)).isEqualTo(term);
    }
  }

  @Test
  void wordsWithoutOneReadingStayWordsAndDoNotFit() {
    for (String typed :
        List.of("a short while", "for ever", "soon", "two or three days", "until it works", "")) {
      assertThat(read(typed)).isEqualTo(typed);
      assertThat(Term.parse(typed).found()).isEmpty();
    }
  }

  @Test
  void otherSlotsAreNotRead() {
    Answer purpose = new Answer("purpose", List.of("two weeks"), "ann");
    assertThat(TermAnswer.read(purpose, CALENDAR, WEDNESDAY)).isEqualTo(purpose);
  }
}

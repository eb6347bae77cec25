package dev.writ.duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What holds of every text: no exception, bounds, order, and the same reading however it is set.
 */
class TimeReaderTest {
  private static final Instant NOW = Instant.parse("2026-10-08T07:45:00Z");
  private static final List<String> WORDS =
      List.of(
          ("until from to between and for the next this last of in on by before after within over"
               + " up day days week weeks month months year years hour hours minute min quarter"
               + " sprint fortnight weekend working business half a an one two three ten twenty"
               + " several few couple monday tue wednesday thu friday sat sunday january feb march"
               + " may june october dec today tomorrow tonight now noon midnight christmas 1 2 3 5"
               + " 9 12 24 31 45 2026 2027 1st 3rd 22nd 31st 12/10 3/4 10-1 2026-11-02 18:00 6pm 5d"
               + " 4h 2wks Q1 Q3 H2 W44 EOM COB end start rest first access please owner audit"
               + " running always ever - / , . : ; ( ) ' \" | T+5 P3D ½ every hourly 24/7 -- .. ?")
              .split(" "));

  private final TimeReader reader =
      new TimeReader(DurationVectorsTest.calendar("UNKNOWN", "april"));

  @Test
  void readsAnyWordsInBoundsAndOrder() {
    Random random = new Random(20261008);
    for (int i = 0; i < 6_000; i++) {
      check(sentence(random, 1 + random.nextInt(12)), NOW.plusSeconds(random.nextInt(40_000_000)));
    }
  }

  @Test
  void readsAnyCharacters() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(60); j > 0; j--) {
        int kind = random.nextInt(6);
        text.append(
            switch (kind) {
              case 0 -> WORDS.get(random.nextInt(WORDS.size()));
              case 1 -> Character.toString(random.nextInt(0x80));
              case 2 -> Character.toString((char) random.nextInt(0x10000));
              case 3 -> Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
              case 4 -> Integer.toString(random.nextInt());
              default -> " ";
            });
      }
      check(text.toString(), NOW);
    }
  }

  private void check(String text, Instant now) {
    LocalDate today = LocalDateTime.ofInstant(now, ZoneOffset.UTC).toLocalDate();
    int points = text.codePointCount(0, text.length());
    int last = 0;
    List<Mention> all = reader.mentions(text, now);
    for (Mention m : all) {
      assertThat(m.start()).as(text).isGreaterThanOrEqualTo(last).isLessThan(m.end());
      assertThat(m.end()).as(text).isLessThanOrEqualTo(points);
      last = m.end();
      sound(text, m.reading(), today);
    }
    reader.whole(text, now).ifPresent(r -> sound(text, r, today));
  }

  private static void sound(String text, TimeReading reading, LocalDate today) {
    switch (reading) {
      case TimeReading.Absolute a -> {
        assertThat(a.end()).as(text).isAfterOrEqualTo(today);
        a.start().ifPresent(s -> assertThat(a.end()).as(text).isAfterOrEqualTo(s));
        assertThat(a.ends()).as(text).isSorted().doesNotHaveDuplicates();
      }
      case TimeReading.Relative r -> assertThat(r.length().iso()).as(text).startsWith("P");
      case TimeReading.Starts s -> assertThat(s.day()).as(text).isNotNull();
      case TimeReading.Ambiguous open -> assertThat(open.candidates()).as(text).isNotEmpty();
      case TimeReading.Endless _, TimeReading.Limit _ -> {}
      case TimeReading.Event(String words) -> assertThat(words).as(text).isNotBlank();
    }
  }

  @Test
  void caseAndWhiteSpaceChangeNothing() {
    Random random = new Random(11);
    for (int i = 0; i < 1_500; i++) {
      String text = sentence(random, 1 + random.nextInt(10));
      List<TimeReading> plain = readings(text.toLowerCase(Locale.ROOT));
      assertThat(readings(text.toUpperCase(Locale.ROOT))).as(text).hasSameSizeAs(plain);
      assertThat(folded(text.toUpperCase(Locale.ROOT))).as(text).isEqualTo(folded(text));
      String wide = text.replace(" ", " \t\u00a0  ");
      assertThat(folded(wide)).as(text).isEqualTo(folded(text));
    }
  }

  private List<TimeReading> readings(String text) {
    return reader.mentions(text, NOW).stream().map(Mention::reading).toList();
  }

  /** The readings, words of vague ones and events without their case and spaces. */
  private List<String> folded(String text) {
    List<String> out = new ArrayList<>();
    for (TimeReading reading : readings(text)) {
      String line = ReadingText.of(reading).toLowerCase(Locale.ROOT);
      out.add(line.replaceAll("[\\s\u00a0]+", ""));
    }
    return out;
  }

  @Test
  void timeGrowsWithTheTextAlone() {
    String sentence = "until the end of the audit for two weeks and from 3 to 9 of 12 hours, 5 ";
    String small = sentence.repeat(200);
    String large = sentence.repeat(1_200);
    reader.mentions(small, NOW);
    long one = Math.max(1, time(small));
    long six = time(large);
    assertThat(six).isLessThan(one * 6 * 6 + 400_000_000L);
  }

  private long time(String text) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long from = System.nanoTime();
      reader.mentions(text, NOW);
      best = Math.min(best, System.nanoTime() - from);
    }
    return best;
  }

  @Test
  void aTextBeyondTheBoundIsReadUpToIt() {
    String padding = "x".repeat(TimeReader.MAX_TEXT - 6);
    assertThat(reader.mentions(padding + " 5d for", NOW)).hasSize(1);
    assertThat(reader.mentions(padding + "xxxx 5d", NOW)).isEmpty();
  }

  @Test
  void placesAreCodePoints() {
    Mention only = reader.mentions("🌅🌅 read until Sunday", NOW).getFirst();
    assertThat(only.start()).isEqualTo(8);
    assertThat(only.end()).isEqualTo(20);
  }

  @Test
  void theZoneOfTheCalendarSaysWhatDayItIs() {
    var utc = DurationVectorsTest.calendar("UNKNOWN", "april");
    var east =
        new dev.writ.catalogue.Calendar(
            java.time.ZoneId.of("Pacific/Auckland"),
            LocalTime.of(9, 0),
            LocalTime.of(17, 0),
            14,
            utc.quarters(),
            utc.dateOrder());
    Instant evening = Instant.parse("2026-10-08T20:00:00Z");
    assertThat(new TimeReader(east).whole("tomorrow", evening).map(ReadingText::of))
        .contains("2026-10-10..2026-10-10");
    assertThat(new TimeReader(utc).whole("tomorrow", evening).map(ReadingText::of))
        .contains("2026-10-09..2026-10-09");
  }

  @Test
  void refusesAnInstantOutsideTheCenturiesItKnows() {
    assertThatThrownBy(() -> reader.mentions("today", Instant.MAX))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesLengthsAndWindowsThatCannotBe() {
    assertThatThrownBy(() -> new Length(0, 0, 0, 0, 0, 0, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Length.ofDays(Length.MAX_PART + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Length(0, 1, 1, 0, 0, 0, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Length.ofDays(Length.MAX_PART).iso()).isEqualTo("P9999D");
    assertThat(reader.whole("for 9999 days", NOW)).isPresent();
    assertThat(reader.whole("for 10000 days", NOW)).isEmpty();
  }

  private static String sentence(Random random, int words) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < words; i++) {
      out.append(i == 0 ? "" : random.nextInt(8) == 0 ? "" : " ");
      out.append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return out.toString();
  }
}

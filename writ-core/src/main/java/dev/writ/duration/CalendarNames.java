package dev.writ.duration;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words for months and weekdays, their short forms, and one slip in a long one. */
final class CalendarNames {
  private static final List<String> MONTHS =
      List.of(
          "january jan",
          "february feb",
          "march mar",
          "april apr",
          "may",
          "june jun",
          "july jul",
          "august aug",
          "september sep sept",
          "october oct",
          "november nov",
          "december dec");
  private static final List<String> WEEKDAYS =
      List.of(
          "monday mon",
          "tuesday tue tues",
          "wednesday wed weds",
          "thursday thu thur thurs",
          "friday fri",
          "saturday sat",
          "sunday sun");

  /** Fixed days that need no country's calendar: words, month and day. */
  static final Map<String, int[]> FEASTS =
      Map.of(
          "christmas eve", new int[] {12, 24},
          "xmas eve", new int[] {12, 24},
          "new year ' s eve", new int[] {12, 31},
          "new years eve", new int[] {12, 31},
          "new year ' s day", new int[] {1, 1},
          "new years day", new int[] {1, 1},
          "boxing day", new int[] {12, 26},
          "christmas day", new int[] {12, 25},
          "christmas", new int[] {12, 25},
          "xmas", new int[] {12, 25});

  private CalendarNames() {}

  /** A month, taken with the full stop of a short form. */
  static Optional<Integer> month(Cursor c) {
    Optional<Integer> found = number(c.now(), MONTHS, 5);
    if (found.isPresent()) {
      c.step();
      if (c.now().is(".")
          && !c.now().gap()
          && c.before().text().length() <= 4
          && !c.ahead(1).line()) {
        boolean more =
            c.ahead(1).number() || Numbers.ordinal(new Cursor(c.tokens(), c.at() + 1)).isPresent();
        if (more) {
          c.step();
        }
      }
    }
    return found;
  }

  /** A weekday in the singular. */
  static Optional<DayOfWeek> weekday(Cursor c) {
    Optional<DayOfWeek> found = number(c.now(), WEEKDAYS, 6).map(DayOfWeek::of);
    if (found.isPresent()) {
      c.step();
      if (c.now().is(".")
          && !c.now().gap()
          && c.before().text().length() <= 4
          && c.ahead(1).number()) {
        c.step();
      }
    }
    return found;
  }

  /** A weekday in the plural, which says how often: Mondays. */
  static boolean weekdays(Cursor c) {
    String word = c.now().text();
    boolean fits =
        word.length() > 4
            && word.endsWith("days")
            && WEEKDAYS.stream().anyMatch(names -> (names.split(" ")[0] + "s").equals(word));
    if (fits) {
      c.step();
    }
    return fits;
  }

  private static Optional<Integer> number(Token token, List<String> names, int longest) {
    if (!token.word()) {
      return Optional.empty();
    }
    String word = token.text();
    for (int i = 0; i < names.size(); i++) {
      for (String name : names.get(i).split(" ")) {
        if (name.equals(word)) {
          return Optional.of(i + 1);
        }
      }
    }
    if (word.length() >= longest) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i).split(" ")[0];
        boolean slip = name.length() > longest && Slips.one(name, word);
        if (slip && !word.equals(name + "s")) {
          return Optional.of(i + 1);
        }
      }
    }
    return Optional.empty();
  }
}

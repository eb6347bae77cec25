package dev.writ.duration;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

  private static final Map<String, Integer> MONTH_NUMBERS = numbers(MONTHS);
  private static final Map<String, Integer> WEEKDAY_NUMBERS = numbers(WEEKDAYS);
  private static final List<String> LONG_MONTHS =
      MONTHS.stream().map(CalendarNames::longName).toList();
  private static final List<String> LONG_WEEKDAYS =
      WEEKDAYS.stream().map(CalendarNames::longName).toList();

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

  private static String longName(String names) {
    return names.contains(" ") ? names.substring(0, names.indexOf(' ')) : names;
  }

  /** A month, taken with the full stop of a short form. */
  static Optional<Integer> month(Cursor c) {
    Optional<Integer> found = number(c.now(), MONTH_NUMBERS, LONG_MONTHS, 5);
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
    Optional<DayOfWeek> found =
        number(c.now(), WEEKDAY_NUMBERS, LONG_WEEKDAYS, 6).map(DayOfWeek::of);
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
            && LONG_WEEKDAYS.contains(word.substring(0, word.length() - 1));
    if (fits) {
      c.step();
    }
    return fits;
  }

  private static Map<String, Integer> numbers(List<String> names) {
    Map<String, Integer> out = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      for (String name : names.get(i).split(" ", -1)) {
        out.put(name, i + 1);
      }
    }
    return out;
  }

  private static Optional<Integer> number(
      Token token, Map<String, Integer> exact, List<String> names, int longest) {
    if (!token.word()) {
      return Optional.empty();
    }
    String word = token.text();
    Integer known = exact.get(word);
    if (known != null) {
      return Optional.of(known);
    }
    if (word.length() >= longest && word.length() <= 10) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        boolean slip = name.length() > longest && Slips.one(name, word);
        if (slip && !word.equals(name + "s")) {
          return Optional.of(i + 1);
        }
      }
    }
    return Optional.empty();
  }
}

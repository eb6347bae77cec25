package dev.writ.draft;

import dev.writ.catalogue.Calendar;
import dev.writ.catalogue.Span;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first form of a grammar of lengths and ends: few phrases, each with one reading. */
final class Terms {
  /** What was found in a text: an end, or words that have no one reading. */
  record Found(Optional<Instant> until, int start, int end, boolean endless) {}

  private static final List<String> NUMBERS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve");
  private static final Pattern LENGTH =
      Pattern.compile(
          "\\bfor (?:the next |exactly |up to )?(\\d{1,4}|an?|[a-z]{3,6})[ -]?"
              + "(minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|fortnights?|months?)\\b");
  private static final Pattern END =
      Pattern.compile(
          "\\b(?:until|till|through|up to and including) (?:the )?(?:end of"
              + " )?(\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9}(?:"
              + " \\d{4})?|[a-z]{3,9} \\d{1,2}(?:st|nd|rd|th)?(?:"
              + " \\d{4})?|[a-z]{6,9}day|today|tomorrow)\\b");
  private static final Pattern VAGUE =
      Pattern.compile(
          "\\b(?:for (?:a|some) (?:short |little |long )?(?:while|time|bit)|briefly|temporarily"
              + "|for (?:a few|several|some|a couple of) (?:minutes|hours|days|weeks|months))\\b");
  private static final Pattern ENDLESS =
      Pattern.compile(
          "\\b(?:for ?ever|permanent(?:ly)?|indefinite(?:ly)?|(?:with no|without(?: an)?) end)\\b");
  private static final Pattern DATE =
      Pattern.compile(
          "(?:(\\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})|([a-z]{3,9})"
              + " (\\d{1,2})(?:st|nd|rd|th)?)(?: (\\d{4}))?");

  private final Calendar calendar;
  private final Instant now;

  Terms(Calendar calendar, Instant now) {
    this.calendar = calendar;
    this.now = now;
  }

  /**
   * Every term in a text; places are in UTF-16 units. The text is folded unit for unit, so that
   * places stay right.
   */
  List<Found> in(String text) {
    String plain = fold(text);
    List<Found> out = new java.util.ArrayList<>();
    find(VAGUE, plain, out, m -> Optional.empty(), false);
    find(ENDLESS, plain, out, m -> Optional.empty(), true);
    find(LENGTH, plain, out, this::length, false);
    find(END, plain, out, this::end, false);
    return out;
  }

  private static String fold(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(Character.isWhitespace(c) ? ' ' : Character.toLowerCase(c));
    }
    return out.toString();
  }

  private static void find(
      Pattern pattern,
      String text,
      List<Found> out,
      java.util.function.Function<Matcher, Optional<Instant>> read,
      boolean endless) {
    Matcher m = pattern.matcher(text);
    while (m.find()) {
      boolean known = out.stream().anyMatch(f -> f.start() < m.end() && m.start() < f.end());
      if (!known) {
        out.add(new Found(read.apply(m), m.start(), m.end(), endless));
      }
    }
  }

  private Optional<Instant> length(Matcher m) {
    String word = m.group(1);
    int n =
        word.equals("a") || word.equals("an")
            ? 1
            : Character.isDigit(word.charAt(0)) ? Integer.parseInt(word) : NUMBERS.indexOf(word);
    if (n < 1) {
      return Optional.empty();
    }
    String iso =
        switch (m.group(2).substring(0, 2)) {
          case "mi" -> "PT" + n + "M";
          case "ho", "hr" -> "PT" + n + "H";
          case "da" -> "P" + n + "D";
          case "we", "wk" -> "P" + n + "W";
          case "fo" -> n > 500 ? "" : "P" + (2 * n) + "W";
          case "mo" -> "P" + n + "M";
          default -> "";
        };
    return Span.parse(iso)
        .found()
        .map(s -> s.after(now, calendar.timezone()).truncatedTo(ChronoUnit.SECONDS));
  }

  /** The end of the last day, in the organisation's zone. */
  private Optional<Instant> end(Matcher m) {
    LocalDate today = now.atZone(calendar.timezone()).toLocalDate();
    return date(m.group(1), today)
        .filter(d -> !d.isBefore(today))
        .map(d -> d.plusDays(1).atStartOfDay(calendar.timezone()).toInstant());
  }

  private static Optional<LocalDate> date(String text, LocalDate today) {
    try {
      if (text.equals("today") || text.equals("tomorrow")) {
        return Optional.of(text.equals("today") ? today : today.plusDays(1));
      }
      if (Character.isDigit(text.charAt(0)) && text.length() == 10 && text.charAt(4) == '-') {
        return Optional.of(LocalDate.parse(text));
      }
      for (DayOfWeek day : DayOfWeek.values()) {
        if (text.equals(day.name().toLowerCase(Locale.ROOT))) {
          return Optional.of(today.with(TemporalAdjusters.nextOrSame(day)));
        }
      }
      return monthAndDay(text, today);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> monthAndDay(String text, LocalDate today) {
    Matcher m = DATE.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    String name = m.group(2) == null ? m.group(3) : m.group(2);
    int day = Integer.parseInt(m.group(2) == null ? m.group(4) : m.group(1));
    for (Month month : Month.values()) {
      String full = month.name().toLowerCase(Locale.ROOT);
      if (full.equals(name) || full.substring(0, 3).equals(name)) {
        if (m.group(5) != null) {
          return Optional.of(LocalDate.of(Integer.parseInt(m.group(5)), month, day));
        }
        LocalDate thisYear = LocalDate.of(today.getYear(), month, day);
        return Optional.of(
            thisYear.isBefore(today) ? LocalDate.of(today.getYear() + 1, month, day) : thisYear);
      }
    }
    return Optional.empty();
  }
}

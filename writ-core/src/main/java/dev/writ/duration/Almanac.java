package dev.writ.duration;

import dev.writ.catalogue.Calendar;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The organisation's calendar seen from the day on which a text was written. Weeks begin on Monday.
 *
 * @param quarterNames the names of the quarters as tokens, longest first
 * @param today the day of writing, in the organisation's zone
 * @param time the time of writing
 */
record Almanac(
    Calendar calendar, Map<String, Tokens> quarterNames, LocalDate today, LocalTime time) {
  /** Years about the present in which a date without a year is looked for. */
  private static final int REACH = 9;

  LocalDate monday(LocalDate of) {
    return of.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  /** A week that begins on a Monday; people end it on Friday or on Sunday. */
  When.Fixed week(LocalDate monday) {
    return new When.Fixed(monday, List.of(monday.plusDays(4), monday.plusDays(6)), true);
  }

  When.Fixed month(YearMonth month) {
    return When.Fixed.period(month.atDay(1), month.atEndOfMonth());
  }

  When.Fixed year(int year) {
    return When.Fixed.period(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
  }

  /** The weekend now or to come. */
  When.Fixed weekend() {
    LocalDate saturday = monday(today).plusDays(5);
    return When.Fixed.period(saturday, saturday.plusDays(1));
  }

  /** A week of the ISO calendar (ISO 8601, 5.7); empty when the year has no such week. */
  Optional<When.Fixed> isoWeek(int year, int week) {
    LocalDate thursday =
        LocalDate.of(year, 1, 4).with(TemporalAdjusters.nextOrSame(DayOfWeek.THURSDAY));
    LocalDate first = monday(LocalDate.of(year, 1, 4));
    LocalDate wanted = first.plusWeeks(week - 1L);
    boolean fits =
        week >= 1
            && thursday.getYear() == year
            && wanted.plusDays(3).get(IsoFields.WEEK_BASED_YEAR) == year;
    return fits ? Optional.of(week(wanted)) : Optional.empty();
  }

  /** The quarter of that name that begins in a year. */
  Optional<When.Fixed> quarter(String name, int year) {
    return Optional.ofNullable(calendar.quarters().get(name)).flatMap(q -> span(q, year));
  }

  /** The quarter that holds a day. */
  Optional<When.Fixed> quarterOf(LocalDate day) {
    return quarters(day.getYear() - 1, day.getYear()).stream()
        .filter(q -> !q.first().isAfter(day) && !q.last().isBefore(day))
        .findFirst();
  }

  /** All quarters that begin in a span of years, in order of time. */
  List<When.Fixed> quarters(int from, int to) {
    List<When.Fixed> out = new ArrayList<>();
    for (int year = from; year <= to; year++) {
      for (Map.Entry<String, Calendar.Quarter> entry : calendar.quarters().entrySet()) {
        span(entry.getValue(), year).ifPresent(out::add);
      }
    }
    out.sort((a, b) -> a.first().compareTo(b.first()));
    return out;
  }

  /** Whether the quarters are those of the civil year. */
  boolean civilQuarters() {
    return calendar.quarters().values().stream().allMatch(q -> !q.last().isBefore(q.first()))
        && calendar.quarters().values().stream()
            .findFirst()
            .filter(q -> q.first().equals(MonthDay.of(1, 1)))
            .isPresent();
  }

  /** The last day of the business year: the day before its first quarter begins again. */
  Optional<LocalDate> businessYearEnd() {
    return calendar.quarters().values().stream()
        .findFirst()
        .map(q -> {
          LocalDate begin = q.first().atYear(today.getYear());
          LocalDate next = begin.isAfter(today) ? begin : q.first().atYear(today.getYear() + 1);
          return next.minusDays(1);
        });
  }

  private static Optional<When.Fixed> span(Calendar.Quarter quarter, int year) {
    LocalDate first = quarter.first().atYear(year);
    LocalDate last = quarter.last().atYear(year);
    return Optional.of(
        When.Fixed.period(first, last.isBefore(first) ? quarter.last().atYear(year + 1) : last));
  }

  /** Every year's instance of a date or month without a year; the one year when it was said. */
  List<When.Fixed> instances(When when) {
    return switch (when) {
      case When.Fixed fixed -> List.of(fixed);
      case When.Month month -> months(month);
      case When.Date date -> dates(date);
      case When.Weekday weekday -> weekdays(weekday.day());
      case When.Edge edge ->
          instances(edge.of()).stream()
              .map(f ->
                  edge.end()
                      ? new When.Fixed(f.lasts().getFirst(), f.lasts(), false)
                      : When.Fixed.day(f.first()))
              .toList();
      case When.Open open -> List.of();
    };
  }

  private List<When.Fixed> months(When.Month month) {
    List<When.Fixed> out = new ArrayList<>();
    for (int year = from(month.year()); year <= to(month.year()); year++) {
      out.add(month(YearMonth.of(year, month.month())));
    }
    return out;
  }

  private List<When.Fixed> dates(When.Date date) {
    List<When.Fixed> out = new ArrayList<>();
    if (date.month() == 0) {
      for (YearMonth m = YearMonth.from(today).minusMonths(13);
          out.size() < 40;
          m = m.plusMonths(1)) {
        valid(m.getYear(), m.getMonthValue(), date.day()).ifPresent(out::add);
      }
      return out;
    }
    for (int year = from(date.year()); year <= to(date.year()); year++) {
      valid(year, date.month(), date.day()).ifPresent(out::add);
    }
    return out;
  }

  private List<When.Fixed> weekdays(DayOfWeek day) {
    List<When.Fixed> out = new ArrayList<>();
    LocalDate first = today.with(TemporalAdjusters.previous(day)).minusWeeks(3);
    for (int i = 0; i < 60; i++) {
      out.add(When.Fixed.day(first.plusWeeks(i)));
    }
    return out;
  }

  private int from(int year) {
    return year == 0 ? today.getYear() - REACH : year;
  }

  private int to(int year) {
    return year == 0 ? today.getYear() + REACH : year;
  }

  private static Optional<When.Fixed> valid(int year, int month, int day) {
    try {
      return Optional.of(When.Fixed.day(LocalDate.of(year, month, day)));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }
}

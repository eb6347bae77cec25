package dev.writ.duration;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A length of time as it was said: months stay months and hours hours, since what they come to is
 * known only with a start. Longer than nothing, each part at most 9,999.
 *
 * @param businessDays whether the days are business days; then there is nothing but days
 */
public record Length(
    int years, int months, int days, int hours, int minutes, int seconds, boolean businessDays) {
  /** The largest number of one unit. */
  public static final int MAX_PART = 9_999;

  public Length {
    int most =
        Math.max(
            Math.max(Math.max(years, months), Math.max(days, hours)), Math.max(minutes, seconds));
    int least =
        Math.min(
            Math.min(Math.min(years, months), Math.min(days, hours)), Math.min(minutes, seconds));
    if (least < 0 || most > MAX_PART || most == 0) {
      throw new IllegalArgumentException("parts of a length from 0 to 9,999, one of them above 0");
    }
    if (businessDays && years + months + hours + minutes + seconds > 0) {
      throw new IllegalArgumentException("business days come alone");
    }
  }

  /** A length of days. */
  public static Length ofDays(int days) {
    return new Length(0, 0, days, 0, 0, 0, false);
  }

  /** A length of hours. */
  public static Length ofHours(int hours) {
    return new Length(0, 0, 0, hours, 0, 0, false);
  }

  /** ISO 8601, 4.4.3.2, such as {@code PT90M}, {@code P21D}, {@code P1Y6M}. */
  public String iso() {
    StringBuilder out = new StringBuilder("P");
    part(out, years, 'Y');
    part(out, months, 'M');
    part(out, days, 'D');
    if (hours + minutes + seconds > 0) {
      out.append('T');
      part(out, hours, 'H');
      part(out, minutes, 'M');
      part(out, seconds, 'S');
    }
    return out.toString();
  }

  /** How long it is on average, in seconds: a month is 730 hours, a year twelve of them. */
  public long seconds730() {
    return ((years * 12L + months) * 730 + days * 24L + hours) * 3600 + minutes * 60L + seconds;
  }

  /** Where it ends when it begins at a civil time; business days skip Saturday and Sunday. */
  public LocalDateTime from(LocalDateTime start) {
    if (businessDays) {
      return businessDay(start.toLocalDate()).atTime(start.toLocalTime());
    }
    return start
        .plusYears(years)
        .plusMonths(months)
        .plusDays(days)
        .plusHours(hours)
        .plusMinutes(minutes)
        .plusSeconds(seconds);
  }

  /** Whether it holds whole days and nothing smaller. */
  public boolean wholeDays() {
    return hours + minutes + seconds == 0;
  }

  private LocalDate businessDay(LocalDate start) {
    int weekend = Math.max(0, start.getDayOfWeek().getValue() - 5);
    LocalDate day = start.minusDays(weekend).plusWeeks(days / 5);
    for (int left = days % 5; left > 0; ) {
      day = day.plusDays(1);
      if (day.getDayOfWeek().getValue() < 6) {
        left--;
      }
    }
    return day;
  }

  /** Both together, unless that is longer than a length can be. */
  Optional<Length> plus(Length other) {
    return of(
        years + other.years,
        months + other.months,
        days + other.days,
        hours + other.hours,
        minutes + other.minutes,
        seconds + other.seconds);
  }

  /** A number of units; empty when it is none, too long, or does not come out in whole parts. */
  static Optional<Length> of(Amount n, Unit unit, int sprintDays) {
    return switch (unit) {
      case SECOND -> whole(n, 1).flatMap(s -> of(0, 0, 0, 0, 0, s));
      case MINUTE -> down(n, 60).flatMap(p -> of(0, 0, 0, 0, p[0], p[1]));
      case HOUR ->
          down(n, 60)
              .flatMap(p -> of(0, 0, 0, p[0], p[1], 0))
              .or(() -> whole(n, 3600).flatMap(s -> of(0, 0, 0, s / 3600, s / 60 % 60, s % 60)));
      case DAY, NIGHT -> daysOf(n, 1);
      case WEEK -> daysOf(n, 7);
      case FORTNIGHT -> daysOf(n, 14);
      case SPRINT -> daysOf(n, sprintDays);
      case MONTH -> down(n, 30).flatMap(p -> of(0, p[0], p[1], 0, 0, 0));
      case QUARTER -> whole(n, 3).flatMap(m -> of(0, m, 0, 0, 0, 0));
      case YEAR -> down(n, 12).flatMap(p -> of(p[0], p[1], 0, 0, 0, 0));
      case DECADE -> whole(n, 10).flatMap(y -> of(y, 0, 0, 0, 0, 0));
    };
  }

  private static Optional<Length> daysOf(Amount n, int each) {
    return whole(n, each * 24).flatMap(h -> of(0, 0, h / 24, h % 24, 0, 0));
  }

  private static Optional<Integer> whole(Amount n, int times) {
    long top = n.top() * times;
    return top % n.under() == 0 && top / n.under() <= 24L * MAX_PART * 14
        ? Optional.of((int) (top / n.under()))
        : Optional.empty();
  }

  /** Whole units and the rest in the next smaller unit. */
  private static Optional<int[]> down(Amount n, int next) {
    return whole(n, next).map(all -> new int[] {all / next, all % next});
  }

  private static Optional<Length> of(int y, int mo, int d, int h, int mi, int s) {
    int most = Math.max(Math.max(Math.max(y, mo), Math.max(d, h)), Math.max(mi, s));
    return most > MAX_PART || y + mo + d + h + mi + s == 0
        ? Optional.empty()
        : Optional.of(new Length(y, mo, d, h, mi, s, false));
  }

  private static void part(StringBuilder out, int n, char unit) {
    if (n > 0) {
      out.append(n).append(unit);
    }
  }
}

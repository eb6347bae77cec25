package dev.writ.draft;

import dev.writ.base.Parsed;
import dev.writ.base.Text;
import dev.writ.catalogue.Calendar;
import dev.writ.catalogue.Span;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How long access is asked for, as it was said; {@link #text} and {@link #parse} are each other's
 * inverse.
 */
public sealed interface Term {
  /**
   * A length, counted from when it is given.
   *
   * @param businessDays whether its days are those from Monday to Friday
   */
  record Length(Span span, boolean businessDays) implements Term {}

  /**
   * Days by the organisation's calendar.
   *
   * @param start the first day, when one was said
   * @param end the last day of access, not the first without
   */
  record Window(Optional<LocalDate> start, LocalDate end) implements Term {
    public Window {
      if (start.isPresent() && start.get().isAfter(end)) {
        throw new IllegalArgumentException("a window that ends before it starts");
      }
    }
  }

  /** An instant; only people's answers name one. */
  record Moment(Instant end) implements Term {}

  /** {@code P5D}, {@code P10D business}, {@code 2026-10-12/2026-10-23}, {@code ../2026-10-23}. */
  default String text() {
    return switch (this) {
      case Length(Span span, boolean business) -> business ? span + " business" : span.iso();
      case Window(Optional<LocalDate> start, LocalDate end) ->
          start.map(LocalDate::toString).orElse("..") + "/" + end;
      case Moment(Instant end) -> end.toString();
    };
  }

  /** Reads what {@link #text} writes; also a date alone, which is a last day. */
  static Parsed<Term> parse(String text) {
    try {
      if (text.startsWith("P")) {
        boolean business = text.endsWith(" business");
        String iso = business ? text.substring(0, text.length() - " business".length()) : text;
        return Span.parse(iso).map(span -> new Length(span, business));
      }
      int slash = text.indexOf('/');
      if (slash > 0) {
        String start = text.substring(0, slash);
        Optional<LocalDate> first =
            start.equals("..") ? Optional.empty() : Optional.of(LocalDate.parse(start));
        LocalDate last = LocalDate.parse(text.substring(slash + 1));
        if (first.isEmpty() || !first.get().isAfter(last)) {
          return Parsed.ok(new Window(first, last));
        }
      } else {
        return Parsed.ok(
            text.indexOf('T') > 0
                ? new Moment(Instant.parse(text).truncatedTo(ChronoUnit.SECONDS))
                : new Window(Optional.empty(), LocalDate.parse(text)));
      }
    } catch (DateTimeException e) {
      // Falls through to the one message that says what a term looks like.
    }
    return Parsed.refused(
        "",
        "`" + Text.excerpt(text) + "` is no term",
        "write a length such as P5D, a last day such as 2026-10-23, or an instant");
  }

  /** The last instant of access when it is given at {@code from}; whole seconds. */
  default Instant end(Instant from, Calendar calendar) {
    return switch (this) {
      case Length(Span span, boolean business) ->
          (business
                  ? workdays(span.after(from, calendar.timezone()), from, calendar)
                  : span.after(from, calendar.timezone()))
              .truncatedTo(ChronoUnit.SECONDS);
      case Window(Optional<LocalDate> start, LocalDate end) ->
          end.plusDays(1).atStartOfDay(calendar.timezone()).toInstant();
      case Moment(Instant end) -> end;
    };
  }

  /** Moves an end counted in days to one counted in days from Monday to Friday. */
  private static Instant workdays(Instant plain, Instant from, Calendar calendar) {
    LocalDate day = from.atZone(calendar.timezone()).toLocalDate();
    long left =
        Math.min(
            3_660, ChronoUnit.DAYS.between(day, plain.atZone(calendar.timezone()).toLocalDate()));
    while (left > 0) {
      day = day.plusDays(1);
      left -= day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0 ? 1 : 0;
    }
    return day.atTime(from.atZone(calendar.timezone()).toLocalTime())
        .atZone(calendar.timezone())
        .toInstant();
  }
}

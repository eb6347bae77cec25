package dev.writ.duration;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two ends: from 12 to 23 October, Mon-Wed, between 3 and 9 May, 2026-10-19/2026-10-23. */
final class RangeGrammar {
  private final Almanac almanac;
  private final LengthGrammar lengths;
  private final DayGrammar days;
  private final DayGrammar loose;
  private final Windows windows;

  RangeGrammar(Almanac almanac, LengthGrammar lengths) {
    this.almanac = almanac;
    this.lengths = lengths;
    this.days = new DayGrammar(almanac, lengths, true);
    this.loose = new DayGrammar(almanac, lengths, false);
    this.windows = new Windows(almanac);
  }

  Optional<Framed> read(Cursor c) {
    boolean led = c.take(Leads.RANGE) || c.take(Leads.FOR);
    boolean between = led && c.before().is("between");
    if (led) {
      c.take(":", "=", "|", "is", "on");
    }
    return c.first(
        d -> weekThenDays(d),
        d -> between ? Optional.empty() : pairOfDays(d),
        d -> numbers(d, between),
        d -> ends(d, led, between));
  }

  /** Next week from Monday to Wednesday. */
  private Optional<Framed> weekThenDays(Cursor c) {
    int week = c.take("next week", "the following week") ? 1 : c.take("this week") ? 0 : -1;
    if (week < 0 || !c.take("from", "between", ",", "(")) {
      return Optional.empty();
    }
    boolean between = c.before().is("between");
    Optional<java.time.DayOfWeek> first = CalendarNames.weekday(c);
    if (first.isEmpty() || !join(c, between)) {
      return Optional.empty();
    }
    LocalDate monday = almanac.monday(almanac.today()).plusWeeks(week);
    return CalendarNames.weekday(c)
        .filter(d -> !d.equals(first.orElseThrow()))
        .map(d ->
            withNoTime(
                When.Fixed.day(monday.plusDays(first.orElseThrow().getValue() - 1L)),
                When.Fixed.day(monday.plusDays(d.getValue() - 1L))));
  }

  private static boolean join(Cursor c, boolean between) {
    int back = c.at();
    c.take(",", ";", "|", ".", "/");
    c.take("|", "and");
    if (c.take(Leads.JOIN)) {
      c.take(":", "=", "|", "is", "on");
      return true;
    }
    c.to(back);
    if (c.take(". . .", ". .", "- -", "-", "/", "~")) {
      return true;
    }
    return between && c.take("and");
  }

  /** Two numbers whose month comes after the second: from 4 to 22 this month, 3-9 May. */
  private Optional<Framed> numbers(Cursor c, boolean between) {
    c.take("the");
    Optional<Integer> first = dayNumber(c);
    if (first.isEmpty() || !join(c, between)) {
      return Optional.empty();
    }
    c.take("the");
    int back = c.at();
    Optional<Integer> second = dayNumber(c);
    if (second.isEmpty()) {
      return Optional.empty();
    }
    c.take("of", "in");
    int ahead =
        c.take("this month", "the month", "the current month")
            ? 0
            : c.take("next month", "the next month", "the coming month", "the following month")
                ? 1
                : -1;
    if (ahead >= 0) {
      YearMonth month = YearMonth.from(almanac.today()).plusMonths(ahead);
      return Optional.of(
          withNoTime(date(month, first.orElseThrow()), date(month, second.orElseThrow())));
    }
    c.to(back);
    Optional<When.Date> last = c.maybe(new DateGrammar(true)::read).filter(d -> d.month() != 0);
    boolean named =
        last.filter(d -> d.order() == When.Order.NAMED || d.order() == When.Order.DMY).isPresent();
    return named
        ? Optional.of(windows.between(date(0, first.orElseThrow()), last.orElseThrow(), clock(c)))
        : Optional.empty();
  }

  /** Two days of one month: on 3 and 4 May, the 12th or 13th of June. */
  private Optional<Framed> pairOfDays(Cursor c) {
    c.take("the");
    Optional<Integer> first = dayNumber(c);
    boolean or = c.sees("or");
    if (first.isEmpty() || !c.take("and", "or", "&")) {
      return Optional.empty();
    }
    Optional<When.Date> last =
        new DateGrammar(true).read(c).filter(d -> d.month() != 0 && d.order() == When.Order.NAMED);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    When.Date end = last.orElseThrow();
    When.Date begin = date(end.month(), first.orElseThrow()).in(end.year(), end.month());
    boolean run = !or && begin.day() + 1 == end.day();
    return Optional.of(
        run ? withNoTime(begin, end) : windows.either(Frame.ON, List.of(begin, end), false));
  }

  private Framed withNoTime(When from, When to) {
    return windows.between(from, to, Optional.empty());
  }

  private static When.Date date(YearMonth month, int day) {
    return new When.Date(
        month.getYear(), month.getMonthValue(), day, Optional.empty(), When.Order.NAMED);
  }

  private static When.Date date(int month, int day) {
    return new When.Date(0, month, day, Optional.empty(), When.Order.NAMED);
  }

  private static Optional<Integer> dayNumber(Cursor c) {
    Optional<Integer> ordinal = c.maybe(Numbers::ordinal);
    if (ordinal.isPresent()) {
      return ordinal.filter(d -> d <= 31);
    }
    Token n = c.now();
    boolean open = Numbers.loose(c) || c.before().is("-");
    if (!n.number() || n.text().length() > 2 || !open) {
      return Optional.empty();
    }
    c.step();
    return Optional.of(Integer.parseInt(n.text())).filter(d -> d >= 1 && d <= 31);
  }

  private Optional<LocalTime> clock(Cursor c) {
    return c.maybe(WindowGrammar::timeAfter);
  }

  private Optional<Framed> ends(Cursor c, boolean led, boolean between) {
    DayGrammar first = led ? days : loose;
    c.maybe(WindowGrammar::clockOn);
    Optional<When> from =
        c.maybe(RangeGrammar::now)
            .map(w -> (When) When.Fixed.day(almanac.today()))
            .or(() -> c.maybe(first::read));
    if (from.isEmpty()) {
      return Optional.empty();
    }
    c.maybe(WindowGrammar::timeAfter);
    if (!join(c, between)) {
      return Optional.empty();
    }
    Optional<LocalTime> early = c.maybe(WindowGrammar::clockOn);
    Optional<When> to = c.maybe(days::read).or(() -> c.maybe(d -> dayOnly(d, from.orElseThrow())));
    if (to.isEmpty()) {
      return c.before().is("/")
          ? lengths.exact(c).map(l -> windows.lasting(l, from.orElseThrow()))
          : Optional.empty();
    }
    Optional<LocalTime> late = c.maybe(WindowGrammar::timeAfter);
    c.take(
        "inclusive",
        "included",
        "incl .",
        "incl",
        "( inclusive )",
        "( incl . )",
        "both days included",
        "both included",
        ", inclusive");
    return Optional.of(
        windows.between(
            inherit(from.orElseThrow(), to.orElseThrow()), to.orElseThrow(), early.or(() -> late)));
  }

  private static Optional<Boolean> now(Cursor c) {
    return c.take("now", "right now", "immediately", "today")
        ? Optional.of(true)
        : Optional.empty();
  }

  /** November 19-20. */
  private static Optional<When> dayOnly(Cursor c, When from) {
    if (!(from instanceof When.Date d) || d.month() == 0 || d.order() != When.Order.NAMED) {
      return Optional.empty();
    }
    c.take("the");
    Optional<Integer> day = dayNumber(c);
    if ((c.now().word() && Unit.named(c.now().text()).isPresent()) || c.now().is(":")) {
      return Optional.empty();
    }
    int year = day.isPresent() ? c.maybe(e -> DateGrammar.year(e, false)).orElse(d.year()) : 0;
    return day.map(n ->
        new When.Date(
            year,
            n >= d.day() ? d.month() : year == 0 ? 0 : d.month(),
            n,
            Optional.empty(),
            When.Order.NAMED));
  }

  /** A first end takes the year that only the second has. */
  private static When inherit(When from, When to) {
    return from instanceof When.Month m
            && m.year() == 0
            && to instanceof When.Month t
            && t.year() != 0
        ? new When.Month(m.month() <= t.month() ? t.year() : t.year() - 1, m.month())
        : from;
  }

  /** More days after a first: on 3 and 4 May, on Monday and Tuesday, on Monday or Tuesday. */
  Optional<Framed> severalDays(Cursor c, When first) {
    List<When> all = new ArrayList<>(List.of(first));
    boolean or = false;
    while (all.size() < 8) {
      int back = c.at();
      boolean joined = c.take(", and", ", or", "and on", "or on", "and", "or", "&", ",", "/");
      or |=
          joined
              && (c.before().is("or") || c.tokens().at(c.at() - 2).is("or") || c.before().is("/"));
      Optional<When> more =
          joined ? c.maybe(days::day).filter(w -> !(w instanceof When.Fixed)) : Optional.empty();
      if (more.isEmpty()) {
        c.to(back);
        break;
      }
      all.add(more.orElseThrow());
    }
    if (all.size() == 1) {
      return Optional.empty();
    }
    Resolver resolver = new Resolver(almanac);
    List<LocalDate> found =
        all.stream()
            .flatMap(w -> resolver.one(w).stream())
            .map(When.Fixed::first)
            .sorted()
            .toList();
    boolean run =
        !or
            && found.size() == all.size()
            && ChronoUnit.DAYS.between(found.getFirst(), found.getLast()) == found.size() - 1L;
    return Optional.of(
        run
            ? withNoTime(When.Fixed.day(found.getFirst()), When.Fixed.day(found.getLast()))
            : windows.either(Frame.ON, all, false));
  }
}

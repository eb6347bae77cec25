package dev.writ.duration;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Optional;

/** Dates with a day of the month: 2026-10-19, 19/10, 19 October, Oct 19th 2026, Friday the 9th. */
final class DateGrammar {
  private final boolean framed;

  /**
   * @param framed whether a word before says that a date follows; only then are two numbers with a
   *     full stop or hyphen, or a number after {@code the}, a date
   */
  DateGrammar(boolean framed) {
    this.framed = framed;
  }

  Optional<When.Date> read(Cursor c) {
    return c.first(this::withWeekday, this::plain);
  }

  private Optional<When.Date> withWeekday(Cursor c) {
    c.take("this", "this coming", "next");
    Optional<DayOfWeek> weekday = CalendarNames.weekday(c);
    if (weekday.isEmpty()) {
      return Optional.empty();
    }
    boolean bracket = false;
    if (!c.take(",", "-")) {
      bracket = c.take("(");
    }
    Optional<When.Date> date = c.first(this::plain, this::bareDay);
    if (bracket && !c.take(")")) {
      return Optional.empty();
    }
    return date.map(d -> new When.Date(d.year(), d.month(), d.day(), weekday, d.order()));
  }

  /** A number alone after a weekday: Friday 9. */
  private Optional<When.Date> bareDay(Cursor c) {
    c.take("the");
    Token n = c.now();
    boolean fits =
        n.number()
            && n.text().length() <= 2
            && n.gap()
            && !c.ahead(1).is(":")
            && !c.ahead(1).word()
            && !c.ahead(1).is("-");
    return fits ? day(c).map(d -> date(0, 0, d)) : Optional.empty();
  }

  private Optional<When.Date> plain(Cursor c) {
    return c.first(
        this::yearFirst,
        this::basic,
        this::numeric,
        this::dayThenMonth,
        this::monthThenDay,
        this::feast,
        this::dayAlone);
  }

  private static When.Date date(int year, int month, int day) {
    return new When.Date(year, month, day, Optional.empty(), When.Order.NAMED);
  }

  /** 2026-10-19, 2026/10/19, 2026.10.19, 2026-oct-19, with a time of day or none. */
  private Optional<When.Date> yearFirst(Cursor c) {
    Token year = c.now();
    Token mark = c.ahead(1);
    boolean fits =
        year.number()
            && year.text().length() == 4
            && Numbers.loose(c, framed)
            && !mark.gap()
            && (mark.is("-") || mark.is("/") || mark.is("."));
    if (!fits || !c.ahead(3).is(mark.text()) || c.ahead(3).gap()) {
      return Optional.empty();
    }
    c.to(c.at() + 2);
    Optional<Integer> month = c.now().number() ? small(c, 12) : CalendarNames.month(c);
    c.step();
    Optional<Integer> day = small(c, 31);
    if (month.isEmpty()
        || day.isEmpty()
        || (c.now().is("-") && !c.now().gap() && c.ahead(1).number() && !c.ahead(2).is("-"))) {
      return Optional.empty();
    }
    isoTime(c);
    return Optional.of(date(Integer.parseInt(year.text()), month.orElseThrow(), day.orElseThrow()));
  }

  private static void isoTime(Cursor c) {
    if (!c.now().is("t") || c.now().gap() || !c.ahead(1).number()) {
      return;
    }
    c.to(c.at() + 2);
    while (c.now().is(":") && c.ahead(1).number()) {
      c.to(c.at() + 2);
    }
    if (!c.now().gap()
        && !c.take("z")
        && (c.now().is("+") || c.now().is("-"))
        && c.ahead(1).number()) {
      c.to(c.at() + 2);
      if (c.now().is(":") && c.ahead(1).number()) {
        c.to(c.at() + 2);
      }
    }
  }

  /** 20261019. */
  private Optional<When.Date> basic(Cursor c) {
    Token n = c.now();
    if (!framed
        || !n.number()
        || n.text().length() != 8
        || !n.text().startsWith("20")
        || !Numbers.loose(c, framed)) {
      return Optional.empty();
    }
    int month = Integer.parseInt(n.text().substring(4, 6));
    int day = Integer.parseInt(n.text().substring(6));
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return Optional.empty();
    }
    c.step();
    return Optional.of(date(Integer.parseInt(n.text().substring(0, 4)), month, day));
  }

  /** Two numbers, with a year or none: the month is decided later. */
  private Optional<When.Date> numeric(Cursor c) {
    Token first = c.now();
    Token mark = c.ahead(1);
    Token second = c.ahead(2);
    boolean shaped =
        first.number()
            && second.number()
            && first.text().length() <= 2
            && second.text().length() <= 2
            && !mark.gap()
            && !second.gap()
            && Numbers.loose(c, framed)
            && (mark.is("/") || mark.is("-") || mark.is("."));
    if (!shaped) {
      return Optional.empty();
    }
    int a = Integer.parseInt(first.text());
    int b = Integer.parseInt(second.text());
    c.to(c.at() + 3);
    Optional<Integer> year = c.maybe(d -> writtenYear(d, mark.text()));
    boolean clear =
        year.isPresent() || mark.is("/") || (framed && !(mark.is("-") && c.now().word()));
    if (mark.is(".") && c.now().is(".") && !c.now().gap() && !c.ahead(1).number()) {
      c.step();
      clear = true;
    }
    if (!clear
        || a < 1
        || b < 1
        || a > 31
        || b > 31
        || (a > 12 && b > 12)
        || (a == 24 && b == 7 && year.isEmpty())) {
      return Optional.empty();
    }
    if (mark.is("/")
        && a < 10
        && b < 10
        && first.text().length() + second.text().length() == 2
        && year.isEmpty()
        && Unit.named(c.now().text()).isPresent()) {
      return Optional.empty();
    }
    int y = year.orElse(0);
    When.Order order =
        a > 12
            ? When.Order.DMY
            : b > 12 ? When.Order.MDY : a == b ? When.Order.NAMED : When.Order.EITHER;
    boolean monthFirst = order == When.Order.MDY;
    return Optional.of(
        new When.Date(y, monthFirst ? a : b, monthFirst ? b : a, Optional.empty(), order));
  }

  private static Optional<Integer> writtenYear(Cursor c, String mark) {
    boolean comma = c.now().is(",") && c.ahead(1).text().length() == 4;
    if (!comma && !(c.now().is(mark) && !c.now().gap())) {
      return Optional.empty();
    }
    c.step();
    Token year = c.now();
    if (!year.number()
        || (year.gap() && !comma)
        || (year.text().length() != 4 && year.text().length() != 2)) {
      return Optional.empty();
    }
    c.step();
    return Optional.of(century(Integer.parseInt(year.text())));
  }

  static int century(int year) {
    return year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year;
  }

  /** 19 October, the 19th of Oct. 2026, 05-Aug-2026, second of August. */
  private Optional<When.Date> dayThenMonth(Cursor c) {
    c.take("the");
    Optional<Integer> day = c.first(Numbers::ordinal, DateGrammar::dayNumber);
    if (day.isEmpty() || day.orElseThrow() > 31) {
      return Optional.empty();
    }
    c.take("day");
    boolean mark = !c.take("of", "in") && (c.now().gap() ? false : c.take(".", "-", "/", ","));
    Optional<Integer> month = CalendarNames.month(c);
    if (month.isEmpty()) {
      return Optional.empty();
    }
    int year = c.maybe(d -> year(d, mark)).orElse(0);
    return Optional.of(date(year, month.orElseThrow(), day.orElseThrow()));
  }

  private static Optional<Integer> dayNumber(Cursor c) {
    Optional<Integer> figures = c.maybe(DateGrammar::day);
    if (figures.isPresent()) {
      return figures;
    }
    return c.now().word() ? Numbers.count(c).filter(n -> n <= 31) : Optional.empty();
  }

  private static Optional<Integer> day(Cursor c) {
    Token n = c.now();
    boolean open = Numbers.loose(c) || c.before().is("-") || c.before().is("/");
    if (!n.number() || n.text().length() > 2 || !open) {
      return Optional.empty();
    }
    return small(c, 31);
  }

  private static Optional<Integer> small(Cursor c, int most) {
    Token n = c.now();
    if (!n.number() || n.text().length() > 2) {
      return Optional.empty();
    }
    int value = Integer.parseInt(n.text());
    c.step();
    return value >= 1 && value <= most ? Optional.of(value) : Optional.empty();
  }

  /** October 19, Oct 19th 2026, Oct-19, oct19, September the twenty-first. */
  private Optional<When.Date> monthThenDay(Cursor c) {
    Optional<Integer> month = CalendarNames.month(c);
    if (month.isEmpty()) {
      return Optional.empty();
    }
    c.take("the", ", the", ",", "-", "/");
    Optional<Integer> day = c.first(Numbers::ordinal, DateGrammar::dayAfterMonth);
    if (day.isEmpty() || day.orElseThrow() > 31) {
      return Optional.empty();
    }
    int year = c.maybe(d -> year(d, true)).orElse(0);
    return Optional.of(date(year, month.orElseThrow(), day.orElseThrow()));
  }

  private static Optional<Integer> dayAfterMonth(Cursor c) {
    Token n = c.now();
    if (n.word()) {
      return Numbers.count(c).filter(d -> d <= 31);
    }
    boolean clock = c.ahead(1).is(":") && c.ahead(2).number();
    return clock ? Optional.empty() : small(c, 31).filter(d -> !c.now().number() || c.now().gap());
  }

  private Optional<When.Date> feast(Cursor c) {
    for (String words : FEASTS) {
      if (c.take(words)) {
        int[] monthDay = CalendarNames.FEASTS.getOrDefault(words, new int[] {12, 25});
        int year = c.maybe(d -> year(d, false)).orElse(0);
        return Optional.of(date(year, monthDay[0], monthDay[1]));
      }
    }
    return Optional.empty();
  }

  private static final List<String> FEASTS =
      CalendarNames.FEASTS.keySet().stream()
          .sorted((a, b) -> b.length() == a.length() ? a.compareTo(b) : b.length() - a.length())
          .toList();

  /** The 19th; after a word that says so also: the 19. */
  private Optional<When.Date> dayAlone(Cursor c) {
    boolean the = c.take("the");
    boolean figures = c.now().number();
    Optional<Integer> ordinal = Numbers.ordinal(c).filter(d -> d <= 31);
    if (ordinal.isPresent()) {
      c.take("day");
      boolean noun = c.now().word() && !Followers.MAY_FOLLOW.contains(c.now().text());
      return noun || (!the && !framed) || (!figures && !framed)
          ? Optional.empty()
          : ordinal.map(d -> date(0, 0, d));
    }
    if (!the || !framed) {
      return Optional.empty();
    }
    boolean ends = !c.ahead(1).word() && !c.ahead(1).is("%") && !c.ahead(1).is("-");
    return ends ? day(c).map(d -> date(0, 0, d)) : Optional.empty();
  }

  /** A year after a date or month: 2026, of 2026, in figures or words. */
  static Optional<Integer> year(Cursor c, boolean mark) {
    if (mark && (c.now().is("-") || c.now().is("/") || c.now().is("."))) {
      c.step();
    } else if (!c.take(", of", "of the year", "of", "in the year", "in")) {
      c.take(",");
    }
    Token n = c.now();
    if (n.number()) {
      boolean full =
          n.text().length() == 4
              && (n.text().startsWith("19")
                  || n.text().startsWith("20")
                  || n.text().startsWith("21"));
      boolean time = c.ahead(1).is(":") && c.ahead(2).number();
      if (!full || time) {
        return Optional.empty();
      }
      c.step();
      return Optional.of(Integer.parseInt(n.text()));
    }
    if (c.take("'") && c.now().number() && c.now().text().length() == 2) {
      int short2 = Integer.parseInt(c.now().text());
      c.step();
      return Optional.of(century(short2));
    }
    if (c.sees("two thousand")) {
      return Numbers.count(c).filter(y -> y >= 2000 && y < 2200);
    }
    if (c.take("twenty")) {
      return Numbers.count(c).filter(y -> y >= 10 && y < 100).map(y -> 2000 + y);
    }
    return Optional.empty();
  }
}

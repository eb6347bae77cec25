package dev.writ.duration;

import dev.writ.duration.TimeReading.Why;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Single days and, through its neighbours, periods: whatever may stand after until, on or for. */
final class DayGrammar {
  private static final Set<String> TOMORROW =
      Set.of(
          "tomorrow", "tmrw", "tmr", "tomo", "tmw", "tomorow", "tommorow", "tommorrow", "tomorro");
  private static final Set<String> NIGHT = Set.of("morning", "afternoon", "evening", "night");

  private final Almanac almanac;
  private final LengthGrammar lengths;
  private final boolean framed;
  private final DateGrammar dates;
  private final PeriodGrammar periods;

  DayGrammar(Almanac almanac, LengthGrammar lengths, boolean framed) {
    this.almanac = almanac;
    this.lengths = lengths;
    this.framed = framed;
    this.dates = new DateGrammar(framed);
    this.periods = new PeriodGrammar(almanac, lengths, framed);
  }

  /** A day or a period. */
  Optional<When> read(Cursor c) {
    return c.first(this::edge, this::day, periods::read);
  }

  /** A day. */
  Optional<When> day(Cursor c) {
    return c.first(
        this::neighbour,
        this::offset,
        this::nthWeekday,
        this::dayOfMonth,
        this::date,
        this::named,
        this::weekday);
  }

  private Optional<When> date(Cursor c) {
    return dates.read(c).map(d -> d);
  }

  /** Today, tomorrow, tonight, this evening. */
  private Optional<When> named(Cursor c) {
    LocalDate today = almanac.today();
    if (framed && c.sees("the day") && !c.ahead(2).word()) {
      c.to(c.at() + 2);
      return Optional.of(When.Fixed.day(today));
    }
    if (c.take("the day after")) {
      return c.word(TOMORROW).map(w -> When.Fixed.day(today.plusDays(2)));
    }
    if (c.take(
        "today", "tonight", "this day", "this very day", "the same day", "same day", "tonite")) {
      return Optional.of(When.Fixed.day(today));
    }
    if (c.now().is("this") && NIGHT.contains(c.ahead(1).text())) {
      c.to(c.at() + 2);
      return Optional.of(When.Fixed.day(today));
    }
    if (c.word(TOMORROW).isPresent()) {
      partOfDay(c);
      return Optional.of(When.Fixed.day(today.plusDays(1)));
    }
    return c.take("the next day", "next day")
        ? Optional.of(When.Fixed.day(today.plusDays(1)))
        : Optional.empty();
  }

  private static void partOfDay(Cursor c) {
    c.word(NIGHT);
  }

  /** The last or first day of a period; close of business. */
  private Optional<When> edge(Cursor c) {
    return c.first(
        this::closeOfBusiness, this::shortEnd, this::workingEdge, this::longEnd, this::begin);
  }

  private Optional<When> closeOfBusiness(Cursor c) {
    c.take("the");
    boolean close =
        c.take(
            "close of business",
            "close of play",
            "end of business",
            "end of the business day",
            "end of business day",
            "end of the working day",
            "end of working day",
            "end of the day",
            "end of day",
            "end of play",
            "eod",
            "cob",
            "eob",
            "cop");
    if (!close) {
      return Optional.empty();
    }
    c.take("on", "of", ",");
    return c.maybe(this::day).or(() -> Optional.of(When.Fixed.day(almanac.today())));
  }

  private Optional<When> shortEnd(Cursor c) {
    return shortEndOf(c).filter(w -> !c.now().number());
  }

  private Optional<When> shortEndOf(Cursor c) {
    c.take("the");
    LocalDate today = almanac.today();
    YearMonth month = YearMonth.from(today);
    if (c.take("month end", "month - end", "eom", "end of month", "month ' s end")) {
      return Optional.of(When.Fixed.day(month.atEndOfMonth()));
    }
    if (c.take("year end", "year - end", "eoy", "end of year", "year ' s end")) {
      return Optional.of(When.Fixed.day(LocalDate.of(today.getYear(), 12, 31)));
    }
    if (c.take("eow", "end of week", "week ' s end")) {
      return Optional.of(ends(almanac.week(almanac.monday(today))));
    }
    if (c.take("quarter end", "quarter - end", "eoq", "end of quarter", "quarter ' s end")) {
      return almanac.quarterOf(today).map(q -> ends(q));
    }
    boolean business =
        c.take(
            "end of the fiscal year",
            "end of fiscal year",
            "end of the financial year",
            "end of financial year",
            "end of the business year",
            "end of this financial year",
            "end of this fiscal year",
            "fiscal year end",
            "financial year end",
            "end of fy");
    return business ? almanac.businessYearEnd().map(When.Fixed::day) : Optional.empty();
  }

  private static When ends(When.Fixed period) {
    return new When.Fixed(period.lasts().getFirst(), period.lasts(), false);
  }

  /** The first or last working day of a period. */
  private Optional<When> workingEdge(Cursor c) {
    c.take("the");
    boolean last = c.take("last", "final");
    if (!last && !c.take("first")) {
      return Optional.empty();
    }
    if (!c.take("working day", "business day", "weekday", "workday")) {
      return Optional.empty();
    }
    c.take("of", "in");
    return c.maybe(periods::whole)
        .flatMap(w ->
            almanac.instances(w).stream()
                .map(p -> working(last ? p.last() : p.first(), last ? -1 : 1))
                .filter(d -> !d.isBefore(almanac.today()))
                .findFirst())
        .map(When.Fixed::day);
  }

  private static LocalDate working(LocalDate day, int step) {
    LocalDate out = day;
    while (out.getDayOfWeek().getValue() > 5) {
      out = out.plusDays(step);
    }
    return out;
  }

  /** End of May, the last day of the quarter, end of next week. */
  private Optional<When> longEnd(Cursor c) {
    c.take("the very", "the");
    boolean of =
        c.take(
            "end of",
            "close of",
            "last day of",
            "final day of",
            "last of",
            "ending of",
            "end -",
            "very end of");
    if (!of && !c.take("end")) {
      return Optional.empty();
    }
    Optional<When> what = c.first(new PeriodGrammar(almanac, lengths, true)::read, periods::whole);
    if (!of) {
      what = what.filter(w -> w instanceof When.Month);
    }
    return what.map(w -> w instanceof When.Open ? w : new When.Edge(w, true));
  }

  private Optional<When> begin(Cursor c) {
    c.take("the");
    if (!c.take("start of", "beginning of", "first day of", "first of", "begin of")) {
      return Optional.empty();
    }
    return c.first(new PeriodGrammar(almanac, lengths, true)::read, periods::whole)
        .map(w -> w instanceof When.Open ? w : new When.Edge(w, false));
  }

  /** The day before or after another day. */
  private Optional<When> neighbour(Cursor c) {
    c.take("the");
    int step = c.take("day after") ? 1 : c.take("day before") ? -1 : 0;
    if (step == 0) {
      return Optional.empty();
    }
    return c.first(this::date, this::weekday)
        .flatMap(w -> new Resolver(almanac).one(w))
        .map(f -> When.Fixed.day(f.first().plusDays(step)));
  }

  /** Three days from Monday, in two weeks, a week on Friday, tomorrow week. */
  private Optional<When> offset(Cursor c) {
    boolean in = c.take("in");
    Optional<Length> length = lengths.exact(c);
    if (length.isEmpty()) {
      return Optional.empty();
    }
    LocalDate today = almanac.today();
    if (in) {
      c.take("' time", "' s time", "time", "from now", "from today");
      return Optional.of(reach(today, length.orElseThrow()));
    }
    if (c.take("hence", "later", "from now", "in the future")) {
      return Optional.of(reach(today, length.orElseThrow()));
    }
    boolean week = length.orElseThrow().days() % 7 == 0;
    boolean bare = week && c.sees("today", "tomorrow");
    boolean joined = c.take("from", "after", "following") || (week && c.take("on"));
    if (!bare && !joined) {
      return Optional.empty();
    }
    return c.first(this::date, this::named, this::weekday)
        .flatMap(w -> new Resolver(almanac).one(w))
        .map(f -> reach(f.first(), length.orElseThrow()));
  }

  private When reach(LocalDate from, Length length) {
    return When.Fixed.day(length.from(from.atTime(almanac.time())).toLocalDate());
  }

  /** The first Friday of July, the last Friday of this month. */
  private Optional<When> nthWeekday(Cursor c) {
    c.take("the");
    boolean last = c.take("last", "final");
    Optional<Integer> n = last ? Optional.of(-1) : Numbers.ordinal(c).filter(i -> i <= 5);
    Optional<DayOfWeek> day = n.isPresent() ? CalendarNames.weekday(c) : Optional.empty();
    if (day.isEmpty() || !c.take("of", "in")) {
      return Optional.empty();
    }
    return periods
        .whole(c)
        .filter(w ->
            w instanceof When.Month || (w instanceof When.Fixed f && f.last().getDayOfMonth() > 27))
        .flatMap(w ->
            almanac.instances(w).stream()
                .map(m ->
                    m.first()
                        .with(
                            TemporalAdjusters.dayOfWeekInMonth(n.orElseThrow(), day.orElseThrow())))
                .filter(d -> !d.isBefore(almanac.today()))
                .findFirst())
        .map(When.Fixed::day);
  }

  /** The 20th of next month, the 15th day of this month. */
  private Optional<When> dayOfMonth(Cursor c) {
    c.take("the");
    Optional<Integer> day = Numbers.ordinal(c);
    if (day.isEmpty()) {
      return Optional.empty();
    }
    c.take("day");
    c.take("of", "in");
    int ahead =
        c.take("next month", "the next month", "the following month", "the coming month")
            ? 1
            : c.take("this month", "the month", "the current month") ? 0 : -1;
    if (ahead < 0) {
      return Optional.empty();
    }
    YearMonth month = YearMonth.from(almanac.today()).plusMonths(ahead);
    return Optional.of(
        new When.Date(
            month.getYear(),
            month.getMonthValue(),
            Math.min(day.orElseThrow(), 99),
            Optional.empty(),
            When.Order.NAMED));
  }

  /** Friday, next Friday, Friday next week, next week on Friday, Friday week. */
  private Optional<When> weekday(Cursor c) {
    Optional<Integer> week = c.maybe(this::inWeek);
    if (week.isPresent()) {
      c.take("on", "' s", ",", "-");
      return CalendarNames.weekday(c).map(d -> in(week.orElseThrow(), d));
    }
    c.take("the", "on");
    boolean soon = c.take("this coming", "this upcoming", "coming", "this", "upcoming");
    boolean next = !soon && c.take("next", "following");
    Optional<DayOfWeek> day = CalendarNames.weekday(c);
    if (day.isEmpty()) {
      return Optional.empty();
    }
    DayOfWeek d = day.orElseThrow();
    partOfDay(c);
    LocalDate coming = almanac.today().with(TemporalAdjusters.next(d));
    if (c.take("week") && !c.now().number()) {
      return Optional.of(When.Fixed.day(coming.plusWeeks(1)));
    }
    if (c.take("after next")) {
      return Optional.of(
          new When.Open(
              Why.WHICH_WEEK,
              List.of(When.Fixed.day(coming.plusWeeks(1)), When.Fixed.day(coming.plusWeeks(2)))));
    }
    Optional<When.Fixed> far = c.maybe(this::fromNow);
    if (far.isPresent()) {
      return far.map(f -> When.Fixed.day(almanac.monday(f.first()).plusDays(d.getValue() - 1L)));
    }
    Optional<Integer> later = c.maybe(this::ofWeek);
    return Optional.of(later.isPresent() ? in(later.orElseThrow(), d) : new When.Weekday(d, next));
  }

  /** Monday two weeks from now. */
  private Optional<When.Fixed> fromNow(Cursor c) {
    c.take(",");
    c.take("in");
    Optional<Length> length = lengths.exact(c).filter(Length::wholeDays);
    return length.isPresent() && c.take("from now", "from today", "hence")
        ? length.map(l -> When.Fixed.day(l.from(almanac.today().atStartOfDay()).toLocalDate()))
        : Optional.empty();
  }

  private Optional<Integer> ofWeek(Cursor c) {
    c.take("of", "in");
    return inWeek(c);
  }

  private Optional<Integer> inWeek(Cursor c) {
    return c.take(
            "next week",
            "the next week",
            "the following week",
            "following week",
            "the coming week",
            "coming week")
        ? Optional.of(1)
        : c.take("this week", "the current week")
            ? Optional.of(0)
            : c.take("the week after next", "week after next") ? Optional.of(2) : Optional.empty();
  }

  private When in(int week, DayOfWeek day) {
    return When.Fixed.day(
        almanac.monday(almanac.today()).plusWeeks(week).plusDays(day.getValue() - 1L));
  }

  /** Whether a word before said that a day follows. */
  boolean framed() {
    return framed;
  }
}

package dev.writ.duration;

import dev.writ.duration.TimeReading.Why;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Weeks, weekends, months, quarters, halves and years by name or by place. */
final class PeriodGrammar {
  private static final Set<String> THIS = Set.of("this", "current");
  private static final Set<String> NEXT = Set.of("next", "coming", "upcoming", "following");
  private static final Set<String> SEASONS = Set.of("spring", "summer", "autumn", "fall", "winter");

  private final Almanac almanac;
  private final LengthGrammar lengths;
  private final boolean framed;

  PeriodGrammar(Almanac almanac, LengthGrammar lengths, boolean framed) {
    this.almanac = almanac;
    this.lengths = lengths;
    this.framed = framed;
  }

  Optional<When> read(Cursor c) {
    return c.first(
        this::vaguePart,
        this::weekOf,
        this::nthWeek,
        this::firstUnits,
        this::numberedWeek,
        this::afterNext,
        this::relative,
        this::quarter,
        this::half,
        this::month,
        this::numericMonth,
        this::season,
        this::year);
  }

  /** Early, mid, late: no one reading. */
  private Optional<When> vaguePart(Cursor c) {
    boolean part =
        c.take(
            "the first half of",
            "first half of",
            "the second half of",
            "second half of",
            "the latter half of",
            "early in",
            "early",
            "mid -",
            "mid",
            "the middle of",
            "late in",
            "late",
            "later in",
            "later",
            "earlier in",
            "earlier",
            "sometime in",
            "some time in");
    return part ? read(c).map(w -> new When.Open(Why.VAGUE, List.of(w))) : Optional.empty();
  }

  /** The week of the 18th, w/c 4 February. */
  private Optional<When> weekOf(Cursor c) {
    c.take("the");
    boolean said =
        c.take(
            "week of",
            "week commencing on",
            "week commencing",
            "week beginning on",
            "week beginning",
            "week starting on",
            "week starting",
            "w / c",
            "w / b",
            "wc",
            "wk commencing",
            "week from");
    if (!said) {
      return Optional.empty();
    }
    Optional<When> day =
        new DateGrammar(true)
            .read(c)
            .map(d -> (When) d)
            .or(() -> CalendarNames.weekday(c).map(d -> new When.Weekday(d, false)));
    return day.flatMap(d ->
        almanac.instances(d).stream()
            .filter(f -> !almanac.monday(f.first()).plusDays(6).isBefore(almanac.today()))
            .findFirst()
            .map(f -> almanac.week(almanac.monday(f.first()))));
  }

  /** The first week of October: the one that holds its first Thursday, as ISO 8601 counts. */
  private Optional<When> nthWeek(Cursor c) {
    c.take("the");
    boolean last = c.take("last", "final");
    Optional<Integer> n = last ? Optional.of(0) : Numbers.ordinal(c);
    if (n.isEmpty() || !c.take("week", "full week", "wk")) {
      return Optional.empty();
    }
    c.take("of", "in");
    boolean end = last || n.orElse(1) > 5;
    return c.maybe(this::whole)
        .flatMap(w -> upcoming(w))
        .flatMap(p -> weekIn(p, last ? 0 : n.orElse(1), end));
  }

  private Optional<When> weekIn(When.Fixed period, int n, boolean end) {
    LocalDate monday;
    if (n == 0) {
      monday = almanac.monday(period.last());
      monday = monday.plusDays(3).isAfter(period.last()) ? monday.minusWeeks(1) : monday;
    } else {
      monday = almanac.monday(period.first());
      monday = monday.plusDays(3).isBefore(period.first()) ? monday.plusWeeks(1) : monday;
      monday = monday.plusWeeks(n - 1L);
    }
    return monday.plusDays(3).isAfter(period.last()) && !end
        ? Optional.empty()
        : Optional.of(almanac.week(monday));
  }

  private Optional<When.Fixed> upcoming(When when) {
    return almanac.instances(when).stream()
        .filter(f -> !f.last().isBefore(almanac.today()))
        .findFirst();
  }

  /** The first ten days of next month, the last two weeks of the year. */
  private Optional<When> firstUnits(Cursor c) {
    c.take("the");
    boolean last = c.take("last", "final");
    if (!last && !c.take("first")) {
      return Optional.empty();
    }
    Optional<Length> length = lengths.exact(c).filter(l -> l.wholeDays() && !l.businessDays());
    if (length.isEmpty() || !c.take("of", "in")) {
      return Optional.empty();
    }
    return c.maybe(this::whole)
        .flatMap(this::upcoming)
        .map(p -> piece(p, length.orElseThrow(), last));
  }

  private When piece(When.Fixed period, Length length, boolean last) {
    LocalDate from = period.first();
    LocalDate to = period.last();
    boolean weeks =
        length.days() > 0 && length.days() % 7 == 0 && period.last().isAfter(from.plusDays(40));
    if (weeks) {
      int n = length.days() / 7;
      LocalDate monday = almanac.monday(last ? to.minusDays(3) : from.plusDays(3));
      return last
          ? When.Fixed.period(monday.minusWeeks(n - 1L), monday.plusDays(6))
          : When.Fixed.period(monday, monday.plusWeeks(n).minusDays(1));
    }
    return last
        ? When.Fixed.period(
            to.plusDays(1)
                .minusYears(length.years())
                .minusMonths(length.months())
                .minusDays(length.days()),
            to)
        : When.Fixed.period(from, length.from(from.atStartOfDay()).toLocalDate().minusDays(1));
  }

  /** Week 31, calendar week 43 of 2027, 2026-W43. */
  private Optional<When> numberedWeek(Cursor c) {
    c.take("the");
    int year = 0;
    if (c.now().number()
        && c.now().text().length() == 4
        && c.ahead(1).is("-")
        && c.ahead(2).is("w")
        && !c.ahead(2).gap()) {
      year = Integer.parseInt(c.now().text());
      c.to(c.at() + 2);
    }
    boolean tight = year != 0 || framed;
    if (!c.take("calendar week", "week number", "week no .", "week", "wk", "kw", "cw")
        && !(tight && c.take("w"))) {
      return Optional.empty();
    }
    Token n = c.now();
    if (!n.number()
        || n.text().length() > 2
        || (Unit.named(c.ahead(1).text()).isPresent() && c.ahead(1).word())) {
      return Optional.empty();
    }
    c.step();
    int week = Integer.parseInt(n.text());
    int said = year != 0 ? year : c.maybe(d -> DateGrammar.year(d, false)).orElse(0);
    if (said != 0) {
      return almanac.isoWeek(said, week).map(f -> f);
    }
    int now = almanac.today().getYear();
    return almanac
        .isoWeek(now, week)
        .filter(f -> !f.last().isBefore(almanac.today()))
        .or(() -> almanac.isoWeek(now + 1, week))
        .map(f -> f);
  }

  private Optional<When> afterNext(Cursor c) {
    c.take("the");
    String unit = c.now().text();
    c.step();
    if (!c.take("after the next", "after next")) {
      return Optional.empty();
    }
    return step(unit, 2);
  }

  /** This week, next month, the coming quarter, the weekend. */
  private Optional<When> relative(Cursor c) {
    boolean the = c.take("the", "my", "our");
    Optional<String> now = c.word(THIS);
    Optional<String> next = now.isPresent() ? Optional.empty() : c.word(NEXT);
    if (now.isPresent()) {
      c.take("coming", "upcoming", "next");
    }
    boolean coming = now.isPresent() && !THIS.contains(c.before().text());
    c.take("calendar", "working", "business", "work");
    Token unit = c.now();
    c.step();
    boolean bareWeekend = unit.is("weekend") || unit.is("wkend") || unit.is("wknd");
    boolean named = !c.before().is("year") && !c.before().is("weekend") && c.sees("of");
    if (named || (now.isEmpty() && next.isEmpty() && !bareWeekend && !(framed && the))) {
      return Optional.empty();
    }
    if (bareWeekend && next.isPresent() && next.orElseThrow().equals("next") && !the) {
      When.Fixed soon = almanac.weekend();
      boolean here = almanac.today().getDayOfWeek().getValue() < 6;
      When.Fixed later = When.Fixed.period(soon.first().plusWeeks(1), soon.last().plusWeeks(1));
      return Optional.of(here ? new When.Open(Why.WHICH_WEEK, List.of(soon, later)) : later);
    }
    return step(
        unit.text(), coming ? (bareWeekend ? 0 : 1) : next.isPresent() ? (bareWeekend ? 0 : 1) : 0);
  }

  private Optional<When> step(String unit, int n) {
    LocalDate today = almanac.today();
    LocalDate monday = almanac.monday(today);
    return switch (unit) {
      case "week", "wk", "workweek" -> Optional.of(almanac.week(monday.plusWeeks(n)));
      case "weekend", "wkend", "wknd" -> {
        When.Fixed soon = almanac.weekend();
        yield Optional.of(When.Fixed.period(soon.first().plusWeeks(n), soon.last().plusWeeks(n)));
      }
      case "month" -> Optional.of(almanac.month(YearMonth.from(today).plusMonths(n)));
      case "quarter" -> quarterAfter(n);
      case "year" -> Optional.of(almanac.year(today.getYear() + n));
      default -> Optional.empty();
    };
  }

  private Optional<When> quarterAfter(int n) {
    LocalDate today = almanac.today();
    return almanac.quarters(today.getYear() - 1, today.getYear() + 2).stream()
        .filter(q -> !q.last().isBefore(today))
        .skip(n)
        .findFirst()
        .map(q -> q);
  }

  /** Q2, 2027 Q2, the second quarter of the year. */
  private Optional<When> quarter(Cursor c) {
    c.take("the");
    int year = c.maybe(PeriodGrammar::leadingYear).orElse(0);
    c.take("the", "-");
    Optional<String> name = c.maybe(this::quarterName);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    int said = year != 0 ? year : c.maybe(this::quarterYear).orElse(0);
    c.take("of the year", "of this year");
    return quarterIn(name.orElseThrow(), said);
  }

  private Optional<Integer> quarterYear(Cursor c) {
    c.take("/", "-");
    int now = almanac.today().getYear();
    return c.take("this year", "of this year", "in this year")
        ? Optional.of(now)
        : c.take("next year", "of next year") ? Optional.of(now + 1) : DateGrammar.year(c, false);
  }

  private static Optional<Integer> leadingYear(Cursor c) {
    Token n = c.now();
    boolean fits =
        n.number() && n.text().length() == 4 && n.text().startsWith("20") && Numbers.loose(c);
    if (!fits) {
      return Optional.empty();
    }
    c.step();
    return Optional.of(Integer.parseInt(n.text()));
  }

  private Optional<String> quarterName(Cursor c) {
    for (Map.Entry<String, Tokens> name : almanac.quarterNames().entrySet()) {
      if (spelt(c, name.getValue())) {
        return Optional.of(name.getKey());
      }
    }
    List<String> inOrder = List.copyOf(almanac.calendar().quarters().keySet());
    Optional<Integer> n =
        c.take("last", "final") ? Optional.of(inOrder.size()) : Numbers.ordinal(c);
    return n.isPresent()
            && n.orElseThrow() >= 1
            && n.orElseThrow() <= inOrder.size()
            && c.take("quarter", "qtr")
        ? Optional.of(inOrder.get(n.orElseThrow() - 1))
        : Optional.empty();
  }

  private static boolean spelt(Cursor c, Tokens name) {
    int i = 0;
    while (i < name.size()
        && c.ahead(i).is(name.at(i).text())
        && (i == 0 || c.ahead(i).gap() == name.at(i).gap())) {
      i++;
    }
    Token after = c.ahead(i);
    boolean fits = i == name.size() && i > 0 && (after.gap() || after.kind() == Token.Kind.MARK);
    if (fits) {
      c.to(c.at() + i);
    }
    return fits;
  }

  private Optional<When> quarterIn(String name, int year) {
    if (year == 0) {
      int now = almanac.today().getYear();
      List<When.Fixed> all = new ArrayList<>();
      for (int y = now - 1; y <= now + 1; y++) {
        almanac.quarter(name, y).ifPresent(all::add);
      }
      return all.stream().filter(q -> !q.last().isBefore(almanac.today())).findFirst().map(q -> q);
    }
    Optional<When.Fixed> plain = almanac.quarter(name, year);
    if (plain.isEmpty() || almanac.civilQuarters()) {
      return plain.map(q -> q);
    }
    List<When> both = new ArrayList<>();
    for (int y = year - 1; y <= year + 1; y++) {
      almanac
          .quarter(name, y)
          .filter(q -> !q.last().isBefore(almanac.today()))
          .ifPresent(both::add);
    }
    return both.isEmpty() ? plain.map(q -> q) : Optional.of(new When.Open(Why.ALTERNATIVES, both));
  }

  /** H1 2027. */
  private Optional<When> half(Cursor c) {
    int year = c.maybe(PeriodGrammar::leadingYear).orElse(0);
    c.take("-");
    boolean first = c.sees("h 1");
    if ((!first && !c.sees("h 2")) || c.ahead(1).gap()) {
      return Optional.empty();
    }
    c.to(c.at() + 2);
    int said = year != 0 ? year : c.maybe(this::quarterYear).orElse(0);
    int now = almanac.today().getYear();
    int y = said != 0 ? said : first && almanac.today().getMonthValue() > 6 ? now + 1 : now;
    return Optional.of(
        When.Fixed.period(
            LocalDate.of(y, first ? 1 : 7, 1),
            first ? LocalDate.of(y, 6, 30) : LocalDate.of(y, 12, 31)));
  }

  /** March, March 2027, next June, June next year, 2027 June. */
  private Optional<When> month(Cursor c) {
    int lead = c.maybe(PeriodGrammar::leadingYear).orElse(0);
    if (lead != 0) {
      c.take(",", "-");
    }
    boolean words = c.take("the month of", "month of", "all of", "the whole of");
    boolean now = c.take("this");
    boolean next = !now && c.take("next", "the coming", "coming", "the following", "upcoming");
    Token token = c.now();
    Optional<Integer> month = CalendarNames.month(c);
    if (month.isEmpty() || (c.now().number() && !c.now().gap())) {
      return Optional.empty();
    }
    int year = lead != 0 ? lead : c.maybe(d -> monthYear(d)).orElse(0);
    boolean word =
        token.text().length() > 3
            && !token.is("march")
            && !token.is("june")
            && !token.is("april")
            && !token.is("august");
    if (!framed && !words && !now && !next && year == 0 && !word) {
      return Optional.empty();
    }
    if (now && year == 0) {
      return Optional.of(
          almanac.month(YearMonth.of(almanac.today().getYear(), month.orElseThrow())));
    }
    return Optional.of(new When.Month(year, month.orElseThrow()));
  }

  private Optional<Integer> monthYear(Cursor c) {
    int now = almanac.today().getYear();
    if (c.take("next year", "of next year")) {
      return Optional.of(now + 1);
    }
    if (c.take("this year", "of this year")) {
      return Optional.of(now);
    }
    return DateGrammar.year(c, true);
  }

  /** 11/2026, 2026/11, 2026-11: after a word that says a date follows. */
  private Optional<When> numericMonth(Cursor c) {
    Token a = c.now();
    Token mark = c.ahead(1);
    Token b = c.ahead(2);
    boolean marked = mark.is("/") || mark.is("-") || mark.is(".");
    boolean fits = framed && a.number() && b.number() && marked && Numbers.loose(c, framed);
    if (!fits
        || a.text().length() + b.text().length() > 6
        || a.text().length() + b.text().length() < 5) {
      return Optional.empty();
    }
    boolean yearFirst = a.text().length() == 4;
    int year = Integer.parseInt(yearFirst ? a.text() : b.text());
    int month = Integer.parseInt(yearFirst ? b.text() : a.text());
    if (year < 1900 || year > 2199 || month < 1 || month > 12) {
      return Optional.empty();
    }
    c.to(c.at() + 3);
    boolean more =
        !c.now().gap()
            && (c.now().is("-") || c.now().is("/") || c.now().is("."))
            && c.ahead(1).number();
    return more ? Optional.empty() : Optional.of(new When.Month(year, month));
  }

  private Optional<When> season(Cursor c) {
    boolean led = c.take("this", "next", "the", "early", "late");
    if ((!led && !framed) || c.word(SEASONS).isEmpty()) {
      return Optional.empty();
    }
    c.maybe(d -> DateGrammar.year(d, false));
    return Optional.of(new When.Open(Why.VAGUE, List.of()));
  }

  private Optional<When> year(Cursor c) {
    boolean said = c.take("the year", "year", "calendar year", "the calendar year", "all of");
    Token n = c.now();
    if ((framed || said) && c.sees("two thousand", "twenty")) {
      return DateGrammar.year(c, false).map(almanac::year);
    }
    boolean fits =
        (framed || said)
            && n.number()
            && n.text().length() == 4
            && n.text().startsWith("20")
            && (n.gap() || c.before().is("-"))
            && (!c.ahead(1).word() || Followers.MAY_FOLLOW.contains(c.ahead(1).text()));
    if (!fits || (c.ahead(1).is("-") && c.ahead(2).number() && !c.ahead(1).gap())) {
      return Optional.empty();
    }
    c.step();
    return Optional.of(almanac.year(Integer.parseInt(n.text())));
  }

  /** A month, quarter or year, also with a bare article. */
  Optional<When> whole(Cursor c) {
    PeriodGrammar any = new PeriodGrammar(almanac, lengths, true);
    return c.first(
        any::relative,
        any::quarter,
        any::half,
        any::month,
        any::year,
        any::numericMonth,
        PeriodGrammar.this::bareUnit);
  }

  /** Month, quarter, year without an article: end of month. */
  private Optional<When> bareUnit(Cursor c) {
    c.take("calendar");
    String unit = c.now().text();
    c.step();
    return unit.equals("weekend") ? Optional.empty() : step(unit, 0);
  }
}

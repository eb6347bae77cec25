package dev.writ.duration;

import dev.writ.catalogue.Calendar.DateOrder;
import dev.writ.duration.TimeReading.Why;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks named days up on the calendar: the next that comes, both when two come into question. */
final class Resolver {
  /**
   * What days a name stands for.
   *
   * @param options one when it has one reading; none when it lies in the past
   * @param why present when it has no one reading
   */
  record Days(List<When.Fixed> options, Optional<Why> why) {
    Days {
      options = List.copyOf(options);
    }

    boolean past() {
      return options.isEmpty() && why.isEmpty();
    }
  }

  private final Almanac almanac;

  Resolver(Almanac almanac) {
    this.almanac = almanac;
  }

  /** The one day or period meant; empty when there is not exactly one. */
  Optional<When.Fixed> one(When when) {
    Days days = next(when, false);
    return days.why().isEmpty() ? days.options().stream().findFirst() : Optional.empty();
  }

  /**
   * The next that comes.
   *
   * @param end whether access is to end then: then a weekday is never today
   */
  Days next(When when, boolean end) {
    return switch (when) {
      case When.Open open -> open(open);
      case When.Weekday weekday -> weekday(weekday, end);
      case When.Date date -> date(date);
      case When.Edge(When.Open of, boolean _) -> open(of);
      case When.Fixed fixed -> upcoming(List.of(fixed));
      case When.Month month -> upcoming(almanac.instances(month));
      case When.Edge edge -> upcoming(almanac.instances(edge));
    };
  }

  private Days open(When.Open open) {
    List<When.Fixed> options = new ArrayList<>();
    for (When candidate : open.candidates()) {
      options.addAll(next(candidate, false).options());
    }
    return new Days(options, Optional.of(open.why()));
  }

  private Days upcoming(List<When.Fixed> instances) {
    return new Days(
        instances.stream().filter(f -> !f.last().isBefore(almanac.today())).limit(1).toList(),
        Optional.empty());
  }

  private Days weekday(When.Weekday weekday, boolean end) {
    LocalDate today = almanac.today();
    LocalDate here = almanac.monday(today).plusDays(weekday.day().getValue() - 1L);
    When.Fixed later = When.Fixed.day(here.plusWeeks(1));
    if (weekday.next()) {
      return here.isAfter(today)
          ? new Days(List.of(When.Fixed.day(here), later), Optional.of(Why.WHICH_WEEK))
          : new Days(List.of(later), Optional.empty());
    }
    boolean over = here.isBefore(today) || (end && here.equals(today));
    return new Days(List.of(over ? later : When.Fixed.day(here)), Optional.empty());
  }

  private Days date(When.Date date) {
    List<When.Fixed> options = new ArrayList<>();
    boolean any = false;
    boolean matches = false;
    for (When.Date reading : orders(List.of(date)).getFirst()) {
      List<When.Fixed> all = almanac.instances(reading);
      List<When.Fixed> fit = all.stream().filter(f -> fits(f, reading)).toList();
      any |= !all.isEmpty();
      matches |= !fit.isEmpty();
      boolean near = reading.month() == 0 || reading.weekday().isEmpty();
      List<When.Fixed> ahead =
          (near ? fit : all)
              .stream().filter(f -> !f.last().isBefore(almanac.today())).limit(1).toList();
      ahead.stream().filter(f -> fits(f, reading)).forEach(options::add);
      matches &= near || ahead.isEmpty() || fits(ahead.getFirst(), reading);
    }
    if (!any || !matches) {
      return new Days(options, Optional.of(Why.CONTRADICTION));
    }
    List<When.Fixed> distinct = options.stream().distinct().toList();
    return new Days(
        distinct, distinct.size() > 1 ? Optional.of(Why.DAY_OR_MONTH) : Optional.empty());
  }

  private static boolean fits(When.Fixed day, When.Date date) {
    return date.weekday().filter(d -> d != day.first().getDayOfWeek()).isEmpty();
  }

  /**
   * The readings of dates that stand together, each list in the same order of day and month: a
   * number above 12 in one decides for all.
   */
  private List<List<When.Date>> orders(List<When.Date> dates) {
    Set<When.Order> said = new TreeSet<>();
    dates.forEach(d -> said.add(d.order()));
    boolean dmy = said.contains(When.Order.DMY);
    boolean mdy = said.contains(When.Order.MDY);
    DateOrder house = almanac.calendar().dateOrder();
    boolean dayFirst = dmy || (!mdy && house != DateOrder.MDY);
    boolean monthFirst = (mdy && !dmy) || (!dmy && house != DateOrder.DMY);
    List<List<When.Date>> out = new ArrayList<>();
    for (When.Date date : dates) {
      List<When.Date> readings = new ArrayList<>();
      boolean either = date.order() == When.Order.EITHER;
      if (!either || dayFirst) {
        readings.add(date);
      }
      if (either && monthFirst) {
        readings.add(date.swapped());
      }
      out.add(readings);
    }
    return out;
  }

  /** The windows that two named ends span; several when an end has several readings. */
  Days between(When from, When to) {
    List<When> firsts = new ArrayList<>();
    List<When> lasts = new ArrayList<>();
    pair(from, to, firsts, lasts);
    List<When.Fixed> windows = new ArrayList<>();
    Optional<Why> why = Optional.empty();
    boolean tried = false;
    for (int i = 0; i < firsts.size(); i++) {
      Days span = span(firsts.get(i), lasts.get(i));
      tried |= !span.options().isEmpty();
      windows.addAll(span.options());
      why = why.or(span::why);
    }
    List<When.Fixed> ahead =
        windows.stream().filter(w -> !w.last().isBefore(almanac.today())).distinct().toList();
    if (ahead.isEmpty()) {
      boolean none = !tried && why.isEmpty();
      return new Days(List.of(), none ? Optional.of(Why.CONTRADICTION) : why);
    }
    return new Days(ahead, ahead.size() > 1 ? why.or(() -> Optional.of(Why.DAY_OR_MONTH)) : why);
  }

  private void pair(When from, When to, List<When> firsts, List<When> lasts) {
    List<When.Date> dates = new ArrayList<>();
    if (from instanceof When.Date d) {
      dates.add(d);
    }
    if (to instanceof When.Date d) {
      dates.add(d);
    }
    List<List<When.Date>> readings = dates.isEmpty() ? List.of() : orders(dates);
    int most = readings.stream().mapToInt(List::size).max().orElse(1);
    for (int i = 0; i < most; i++) {
      int at = 0;
      When first = from;
      When last = to;
      if (from instanceof When.Date) {
        List<When.Date> own = readings.get(at++);
        first = own.get(Math.min(i, own.size() - 1));
      }
      if (to instanceof When.Date) {
        List<When.Date> own = readings.get(at);
        last = own.get(Math.min(i, own.size() - 1));
      }
      firsts.add(first);
      lasts.add(last);
    }
  }

  private Days span(When from, When to) {
    Optional<Why> why = Optional.empty();
    List<When.Fixed> starts = new ArrayList<>();
    List<When.Fixed> windows = new ArrayList<>();
    if (from instanceof When.Open || from instanceof When.Weekday || from instanceof When.Edge) {
      Days days = next(from, false);
      why = days.why();
      starts.addAll(days.options());
    } else if (from instanceof When.Fixed fixed) {
      starts.add(fixed);
    } else if (said(from)) {
      starts.addAll(almanac.instances(from));
    }
    if (!starts.isEmpty()) {
      for (When.Fixed start : starts) {
        after(to, start.first()).forEach(end -> windows.add(window(start, end)));
      }
      return new Days(
          windows,
          why.or(() -> to instanceof When.Open o ? Optional.of(o.why()) : Optional.empty()));
    }
    if (why.isPresent() || to instanceof When.Open) {
      return new Days(List.of(), why.or(() -> Optional.of(Why.VAGUE)));
    }
    return backwards(from, to);
  }

  /** The end is looked for first, then the last beginning before it. */
  private Days backwards(When from, When to) {
    if (to instanceof When.Weekday || (to instanceof When.Date d && d.month() == 0)) {
      Days start = next(from, false);
      List<When.Fixed> windows = new ArrayList<>();
      for (When.Fixed first : start.options()) {
        after(to, first.first()).forEach(end -> windows.add(window(first, end)));
      }
      return new Days(windows, start.why());
    }
    List<When.Fixed> ends = to instanceof When.Fixed f ? List.of(f) : almanac.instances(to);
    Optional<When.Fixed> end =
        said(to) || to instanceof When.Fixed
            ? ends.stream().findFirst()
            : ends.stream().filter(f -> !f.last().isBefore(almanac.today())).findFirst();
    if (end.isEmpty()) {
      return new Days(List.of(), Optional.empty());
    }
    LocalDate last = end.orElseThrow().last();
    Optional<When.Fixed> start = Optional.empty();
    When begin = from instanceof When.Date d && d.month() == 0 ? sameMonth(d, last) : from;
    for (When.Fixed candidate : about(begin, last.getYear())) {
      if (!candidate.first().isAfter(last)) {
        start = Optional.of(candidate);
      }
    }
    return new Days(
        start.map(s -> List.of(window(s, end.orElseThrow()))).orElse(List.of()), Optional.empty());
  }

  private static When.Date sameMonth(When.Date day, LocalDate end) {
    LocalDate month = day.day() <= end.getDayOfMonth() ? end : end.withDayOfMonth(1).minusMonths(1);
    return day.in(month.getYear(), month.getMonthValue());
  }

  /** The instances in a year and the one before. */
  private List<When.Fixed> about(When when, int year) {
    List<When.Fixed> out = new ArrayList<>();
    for (int y = year - 1; y <= year; y++) {
      out.addAll(
          switch (when) {
            case When.Date d when d.year() == 0 -> almanac.instances(d.in(y, d.month()));
            case When.Month m when m.year() == 0 -> almanac.instances(new When.Month(y, m.month()));
            case When other -> y == year ? almanac.instances(other) : List.of();
          });
    }
    return out;
  }

  private List<When.Fixed> after(When to, LocalDate start) {
    if (to instanceof When.Weekday w) {
      int ahead = Math.floorMod(w.day().getValue() - start.getDayOfWeek().getValue(), 7);
      return List.of(When.Fixed.day(start.plusDays(ahead)));
    }
    if (to instanceof When.Open open) {
      return open.candidates().stream().flatMap(w -> after(w, start).stream()).toList();
    }
    if (to instanceof When.Date d && d.month() == 0) {
      LocalDate month =
          d.day() >= start.getDayOfMonth() ? start : start.withDayOfMonth(1).plusMonths(1);
      return almanac.instances(d.in(month.getYear(), month.getMonthValue()));
    }
    List<When.Fixed> all =
        to instanceof When.Date || to instanceof When.Month
            ? later(to, start.getYear())
            : almanac.instances(to);
    return all.stream().filter(f -> !f.last().isBefore(start)).limit(1).toList();
  }

  private List<When.Fixed> later(When to, int year) {
    return said(to) ? almanac.instances(to) : about(to, year + 1).stream().toList();
  }

  private static boolean said(When when) {
    return (when instanceof When.Date d && d.year() != 0 && d.month() != 0)
        || (when instanceof When.Month m && m.year() != 0);
  }

  private static When.Fixed window(When.Fixed first, When.Fixed last) {
    List<LocalDate> lasts = last.lasts().stream().filter(d -> !d.isBefore(first.first())).toList();
    return new When.Fixed(first.first(), lasts.isEmpty() ? List.of(first.first()) : lasts, true);
  }
}

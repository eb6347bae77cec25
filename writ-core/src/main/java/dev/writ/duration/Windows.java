package dev.writ.duration;

import dev.writ.duration.TimeReading.Absolute;
import dev.writ.duration.TimeReading.Ambiguous;
import dev.writ.duration.TimeReading.Relative;
import dev.writ.duration.TimeReading.Why;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes readings of days that were looked up. */
final class Windows {
  private final Almanac almanac;
  private final Resolver resolver;

  Windows(Almanac almanac) {
    this.almanac = almanac;
    this.resolver = new Resolver(almanac);
  }

  LocalDate today() {
    return almanac.today();
  }

  /** A period or day that access fills. */
  Framed filled(Frame frame, When when, Optional<LocalTime> time) {
    if (when instanceof When.Edge edge) {
      return edge.end()
          ? until(frame, when, time, false)
          : Framed.of(
              frame, new Ambiguous(Why.VAGUE, texts(resolver.next(when, false).options(), false)));
    }
    Resolver.Days days = resolver.next(when, false);
    return made(frame, days, time, true);
  }

  /** A day or period with which access ends; {@code through} says that its last day is in. */
  Framed until(Frame frame, When when, Optional<LocalTime> time, boolean through) {
    boolean period = when instanceof When.Month || (when instanceof When.Fixed f && f.period());
    Resolver.Days days = resolver.next(when, true);
    if (period && !through && days.why().isEmpty() && !days.options().isEmpty()) {
      When.Fixed only = days.options().getFirst();
      LocalDate before = only.first().minusDays(1);
      List<String> candidates = new ArrayList<>();
      if (!before.isBefore(almanac.today())) {
        candidates.add(before.toString());
      }
      only.lasts().forEach(d -> candidates.add(d.toString()));
      return Framed.of(frame, new Ambiguous(Why.INCLUDED_OR_NOT, candidates));
    }
    return made(frame, days, time, false);
  }

  /** The day before a day: access ends before it. */
  Framed before(Frame frame, When when) {
    Resolver.Days days = resolver.next(when, true);
    List<When.Fixed> earlier =
        days.options().stream()
            .map(f -> When.Fixed.day(f.first().minusDays(1)))
            .filter(f -> !f.first().isBefore(almanac.today()))
            .toList();
    return made(frame, new Resolver.Days(earlier, days.why()), Optional.empty(), false);
  }

  /** From one to another. */
  Framed between(When from, When to, Optional<LocalTime> time) {
    return made(Frame.RANGE, resolver.between(from, to), time, true);
  }

  /** A first day alone. */
  Framed starts(When from) {
    Resolver.Days days = resolver.next(from, false);
    if (days.past()) {
      return Framed.nothing(Frame.FROM);
    }
    return days.why().isPresent()
        ? Framed.of(
            Frame.FROM, new Ambiguous(days.why().orElseThrow(), texts(days.options(), false)))
        : Framed.of(Frame.FROM, new TimeReading.Starts(days.options().getFirst().first()));
  }

  /** A length that begins on a day. */
  Framed lasting(Length length, When from) {
    Resolver.Days days = resolver.next(from, false);
    if (days.past()) {
      return Framed.nothing(Frame.RANGE);
    }
    if (days.why().isPresent()) {
      List<String> candidates =
          days.options().stream().map(f -> f.first() + "/" + length.iso()).toList();
      return Framed.of(Frame.RANGE, new Ambiguous(days.why().orElseThrow(), candidates));
    }
    LocalDate first = days.options().getFirst().first();
    boolean now = first.equals(almanac.today()) && !length.wholeDays();
    LocalDateTime end = length.from(first.atTime(now ? almanac.time() : LocalTime.MIDNIGHT));
    List<LocalDate> ends = new ArrayList<>();
    if (length.businessDays()) {
      ends.add(length.from(first.minusDays(1).atStartOfDay()).toLocalDate());
    } else {
      boolean midnight =
          end.toLocalTime().equals(LocalTime.MIDNIGHT) && end.toLocalDate().isAfter(first);
      if (midnight) {
        ends.add(end.toLocalDate().minusDays(1));
      }
    }
    if (length.wholeDays() || ends.isEmpty()) {
      ends.add(end.toLocalDate());
    }
    List<LocalDate> ahead = ends.stream().filter(d -> !d.isBefore(almanac.today())).toList();
    return ahead.isEmpty()
        ? Framed.nothing(Frame.RANGE)
        : Framed.of(
            Frame.RANGE,
            new Absolute(Optional.of(first), ahead, Optional.empty(), Optional.of(length)));
  }

  /** A few hours of one day. */
  Framed within(Length length, When day) {
    Framed on = filled(Frame.RANGE, day, Optional.empty());
    return on.reading().orElse(new TimeReading.Endless()) instanceof Absolute a
            && !length.wholeDays()
        ? Framed.of(
            Frame.RANGE, new Absolute(a.start(), a.ends(), Optional.empty(), Optional.of(length)))
        : on;
  }

  /** A time of day at which access ends; the next that comes. */
  Framed untilClock(LocalTime time) {
    LocalDate today = almanac.today();
    boolean midnight = time.equals(LocalTime.MIDNIGHT);
    List<LocalDate> ends =
        midnight
            ? List.of(today, today.plusDays(1))
            : List.of(time.isAfter(almanac.time()) ? today : today.plusDays(1));
    return Framed.of(
        Frame.UNTIL,
        new Absolute(
            Optional.empty(),
            ends,
            midnight ? Optional.empty() : Optional.of(time),
            Optional.empty()));
  }

  /** A plain length. */
  static Framed lasting(Frame frame, Length length) {
    return Framed.of(frame, new Relative(length, List.of()));
  }

  /** Several days to choose from. */
  Framed either(Frame frame, List<When> choices, boolean end) {
    List<When.Fixed> options = new ArrayList<>();
    choices.forEach(w -> options.addAll(resolver.next(w, end).options()));
    return Framed.of(frame, new Ambiguous(Why.ALTERNATIVES, texts(options, !end)));
  }

  private Framed made(Frame frame, Resolver.Days days, Optional<LocalTime> time, boolean filled) {
    if (days.past()) {
      return Framed.nothing(frame);
    }
    if (days.why().isPresent()) {
      return Framed.of(
          frame, new Ambiguous(days.why().orElseThrow(), texts(days.options(), filled)));
    }
    When.Fixed only = days.options().getFirst();
    LocalDate today = almanac.today();
    boolean begun = only.first().isBefore(today);
    boolean start = filled && !(begun && frame != Frame.RANGE);
    List<LocalDate> ends = only.lasts().stream().filter(d -> !d.isBefore(today)).toList();
    if (ends.isEmpty()) {
      return Framed.nothing(frame);
    }
    return Framed.of(
        frame,
        new Absolute(
            start ? Optional.of(only.first()) : Optional.empty(), ends, time, Optional.empty()));
  }

  private static List<String> texts(List<When.Fixed> options, boolean filled) {
    return options.stream()
        .map(f ->
            filled && !f.first().equals(f.last())
                ? f.first() + "/" + f.last()
                : f.last().toString())
        .distinct()
        .toList();
  }
}

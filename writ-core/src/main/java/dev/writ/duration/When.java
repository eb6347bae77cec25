package dev.writ.duration;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A day or period as it was named, before it is looked up on the calendar. */
sealed interface When {
  /**
   * A date.
   *
   * @param year 0 when it was not said
   * @param month 0 when it was not said
   * @param order how two numbers are to be read; where they may be {@code EITHER}, the month is the
   *     second
   */
  record Date(int year, int month, int day, Optional<DayOfWeek> weekday, Order order)
      implements When {
    Date in(int otherYear, int otherMonth) {
      return new Date(otherYear, otherMonth, day, weekday, order);
    }

    /** The same two numbers with the month first. */
    Date swapped() {
      return new Date(year, day, month, weekday, Order.MDY);
    }
  }

  /** What the numbers of a date say about their own order. */
  enum Order {
    NAMED,
    DMY,
    MDY,
    EITHER
  }

  /** A weekday; {@code next} when that word stood before it. */
  record Weekday(DayOfWeek day, boolean next) implements When {}

  /** A month; the year 0 when it was not said. */
  record Month(int year, int month) implements When {}

  /**
   * Days that are known.
   *
   * @param lasts every accepted last day, ascending
   * @param period whether it is longer than the day it names
   */
  record Fixed(LocalDate first, List<LocalDate> lasts, boolean period) implements When {
    public Fixed {
      lasts = List.copyOf(lasts);
    }

    static Fixed day(LocalDate day) {
      return new Fixed(day, List.of(day), false);
    }

    static Fixed period(LocalDate first, LocalDate last) {
      return new Fixed(first, List.of(last), true);
    }

    LocalDate last() {
      return lasts.getLast();
    }
  }

  /** The first or the last day of something: {@code end of May}. */
  record Edge(When of, boolean end) implements When {}

  /** Words that have no one reading. */
  record Open(TimeReading.Why why, List<When> candidates) implements When {
    public Open {
      candidates = List.copyOf(candidates);
    }
  }
}

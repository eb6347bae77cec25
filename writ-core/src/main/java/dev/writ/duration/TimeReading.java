package dev.writ.duration;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** What words about time say in a request for access. */
public sealed interface TimeReading {
  /**
   * A length: {@code for two weeks}.
   *
   * @param accept further lengths that the same words may mean, as {@code half a day} does
   */
  record Relative(Length length, List<Length> accept) implements TimeReading {
    public Relative {
      accept = List.copyOf(accept);
    }
  }

  /**
   * A window of civil days in the organisation's zone: {@code until Friday}, {@code from 3 to 9
   * May}.
   *
   * @param start first day, when it was said
   * @param ends the last day of access; where usage differs ({@code this week}) every accepted one,
   *     ascending, at least one
   * @param time when it ends on its last day, when that was said
   * @param length the length, where a start and a length were said
   */
  record Absolute(
      Optional<LocalDate> start,
      List<LocalDate> ends,
      Optional<LocalTime> time,
      Optional<Length> length)
      implements TimeReading {
    public Absolute {
      ends = ends.stream().distinct().sorted().toList();
      if (ends.isEmpty() || start.filter(ends.getFirst()::isBefore).isPresent()) {
        throw new IllegalArgumentException("a window ends on or after its first day");
      }
    }

    /** The earliest accepted last day. */
    public LocalDate end() {
      return ends.getFirst();
    }
  }

  /** A first day with no end said: {@code from Monday}. */
  record Starts(LocalDate day) implements TimeReading {}

  /**
   * Words about time that have no one reading.
   *
   * @param candidates what they may mean: ISO dates, {@code start/end} windows or ISO periods; the
   *     words themselves where they are vague
   */
  record Ambiguous(Why why, List<String> candidates) implements TimeReading {
    public Ambiguous {
      candidates = List.copyOf(candidates);
    }
  }

  /** No end at all: {@code for ever}, {@code permanently}. */
  record Endless() implements TimeReading {}

  /**
   * An end that an event brings and no date: {@code until the analyser is calibrated}.
   *
   * @param text the words, at most 200 code points
   */
  record Event(String text) implements TimeReading {}

  /** When or how often within the access, which is a limit and no length. */
  record Limit(Kind kind) implements TimeReading {
    /** What is limited. */
    public enum Kind {
      TIME_OF_DAY,
      FREQUENCY
    }
  }

  /** Why words have no one reading. */
  enum Why {
    /** {@code a short while}, {@code several days}, {@code about a week}. */
    VAGUE,
    /** {@code 4/5} where nothing decides which is the month. */
    DAY_OR_MONTH,
    /** {@code next Friday} while this week's is still to come. */
    WHICH_WEEK,
    /** Whether the named day or period is itself within: {@code until May}. */
    INCLUDED_OR_NOT,
    /** {@code two or three days}. */
    ALTERNATIVES,
    /** {@code 5m}. */
    UNIT,
    /** A weekday and a date that do not go together, or a date that there is not. */
    CONTRADICTION
  }
}

package dev.writ.draft;

import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Span;
import dev.writ.duration.Frame;
import dev.writ.duration.Length;
import dev.writ.duration.Mention;
import dev.writ.duration.TimeReader;
import dev.writ.duration.TimeReading;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a text says of time, in the drafter's words. */
final class Times {
  private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2199-12-30T00:00:00Z");

  /** What some words say of time. */
  sealed interface Said {}

  /** How long, or until when. */
  record Fixed(Term term) implements Said {}

  /** A first day without an end. */
  record Starts(LocalDate day) implements Said {}

  /** No one reading. */
  record Vague(List<String> candidates) implements Said {
    Vague {
      candidates = List.copyOf(candidates);
    }
  }

  /** No end at all. */
  record Endless() implements Said {}

  /** An end that something brings. */
  record Event(String text) implements Said {}

  /** When or how often within the access. */
  record Limit() implements Said {}

  /**
   * Words about time.
   *
   * @param start first code point
   * @param end after the last
   * @param sure whether the words themselves say that something lasts so long or ends then
   */
  record Found(int start, int end, Said said, boolean sure) {}

  private Times() {}

  /**
   * @param text with the same code points as the prompt, where what does not count is blank
   */
  static List<Found> in(String text, Catalogue catalogue, Instant now) {
    List<Found> out = new ArrayList<>();
    if (now.isBefore(FIRST) || now.isAfter(LAST)) {
      return out;
    }
    for (Mention m : new TimeReader(catalogue.calendar()).mentions(text, now)) {
      boolean sure =
          switch (m.frame()) {
            case RANGE, UNTIL, FOR, WITHIN -> true;
            case ON, IN, WHILE, BY, FROM, LIMIT, BARE -> false;
          };
      out.add(new Found(m.start(), m.end(), said(m.reading()), sure || m.frame() == Frame.FOR));
    }
    return out;
  }

  private static Said said(TimeReading reading) {
    return switch (reading) {
      case TimeReading.Relative(Length length, List<Length> accept) ->
          new Fixed(new Term.Length(new Span(length.iso()), length.businessDays()));
      case TimeReading.Absolute a -> new Fixed(new Term.Window(a.start(), a.end()));
      case TimeReading.Starts(LocalDate day) -> new Starts(day);
      case TimeReading.Ambiguous(TimeReading.Why why, List<String> candidates) ->
          new Vague(candidates);
      case TimeReading.Endless e -> new Endless();
      case TimeReading.Event(String text) -> new Event(text);
      case TimeReading.Limit l -> new Limit();
    };
  }

  /** A start and a length together are a window that ends on the last of its days. */
  static Optional<Term> from(LocalDate start, Term.Length length, Catalogue catalogue) {
    java.time.ZoneId zone = catalogue.calendar().timezone();
    Instant end = length.end(start.atStartOfDay(zone).toInstant(), catalogue.calendar());
    LocalDate last = end.minusSeconds(1).atZone(zone).toLocalDate();
    return last.isBefore(start)
        ? Optional.empty()
        : Optional.of(new Term.Window(Optional.of(start), last));
  }

  /** What the value of a form's field says of time, as a whole. */
  static Optional<Said> whole(String text, Catalogue catalogue, Instant now) {
    return now.isBefore(FIRST) || now.isAfter(LAST)
        ? Optional.empty()
        : new TimeReader(catalogue.calendar()).whole(text, now).map(Times::said);
  }
}

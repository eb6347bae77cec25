package dev.writ.draft;

import dev.writ.base.Parsed;
import dev.writ.catalogue.Calendar;
import dev.writ.catalogue.Span;
import dev.writ.duration.TimeReader;
import dev.writ.duration.TimeReading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The end of access as a person answers it: in the form of {@link Term}, or in words that have one
 * reading. Words that have several, or none, stay as they were typed, and do not fit the slot.
 */
public final class TermAnswer {
  private TermAnswer() {}

  /**
   * The answer with its end in the form of a term, where it is one.
   *
   * @param calendar what {@code the end of the quarter} and {@code Friday} mean
   * @param answered when it was typed, from which {@code tomorrow} counts
   */
  public static Answer read(Answer answer, Calendar calendar, Instant answered) {
    boolean end = SlotKind.of(answer.slot()).equals(Optional.of(SlotKind.UNTIL));
    if (!end || answer.values().size() != 1) {
      return answer;
    }
    String typed = answer.values().getFirst();
    if (Term.parse(typed) instanceof Parsed.Ok<Term>) {
      return answer;
    }
    return new TimeReader(calendar)
        .whole(typed, answered)
        .flatMap(TermAnswer::term)
        .map(t -> new Answer(answer.slot(), List.of(t.text()), answer.person()))
        .orElse(answer);
  }

  private static Optional<Term> term(TimeReading reading) {
    return switch (reading) {
      case TimeReading.Relative r ->
          r.accept().isEmpty()
              ? Optional.of(new Term.Length(new Span(r.length().iso()), r.length().businessDays()))
              : Optional.empty();
      case TimeReading.Absolute a ->
          a.ends().size() == 1 && a.time().isEmpty()
              ? Optional.of(new Term.Window(a.start(), a.end()))
              : Optional.empty();
      case TimeReading.Starts s -> Optional.empty();
      case TimeReading.Ambiguous s -> Optional.empty();
      case TimeReading.Endless s -> Optional.empty();
      case TimeReading.Event s -> Optional.empty();
      case TimeReading.Limit s -> Optional.empty();
    };
  }
}

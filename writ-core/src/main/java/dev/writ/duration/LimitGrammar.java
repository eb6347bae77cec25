package dev.writ.duration;

import dev.writ.duration.TimeReading.Limit;
import java.util.Optional;
import java.util.Set;

/** How often and when within the day: every night, hourly, 9 to 5, twice a week, on Mondays. */
final class LimitGrammar {
  private static final Set<String> OFTEN =
      Set.of(
          "hourly",
          "daily",
          "nightly",
          "weekly",
          "fortnightly",
          "monthly",
          "quarterly",
          "yearly",
          "annually",
          "biweekly",
          "weekdays",
          "weeknights",
          "mornings",
          "evenings",
          "nights",
          "afternoons",
          "weekends");
  private static final Set<String> PARTS =
      Set.of("morning", "afternoon", "evening", "night", "noon", "midnight", "weekday", "weekend");

  private LimitGrammar() {}

  static Optional<TimeReading> read(Cursor c, LengthGrammar lengths) {
    Optional<Limit.Kind> kind =
        c.first(
            LimitGrammar::always,
            LimitGrammar::hours,
            d -> every(d, lengths),
            LimitGrammar::times,
            LimitGrammar::often,
            LimitGrammar::clockRange,
            LimitGrammar::atClock);
    if (kind.isPresent()) {
      tail(c);
    }
    return kind.map(Limit::new);
  }

  private static Optional<Limit.Kind> of(boolean fits, Limit.Kind kind) {
    return fits ? Optional.of(kind) : Optional.empty();
  }

  private static Optional<Limit.Kind> always(Cursor c) {
    return of(
        c.take(
            "24 / 7",
            "24 x 7",
            "24 by 7",
            "24 / 365",
            "24 / 7 / 365",
            "round the clock",
            "around the clock",
            "day and night"),
        Limit.Kind.TIME_OF_DAY);
  }

  private static Optional<Limit.Kind> hours(Cursor c) {
    c.take("only", "just");
    c.take("during", "in", "within", "outside of", "outside", "out of", "after");
    c.take("normal", "regular", "core", "our", "the", "usual", "standard");
    boolean hours =
        c.take(
            "business hours",
            "office hours",
            "working hours",
            "work hours",
            "opening hours",
            "hours of business",
            "the working day");
    if (hours) {
      return Optional.of(Limit.Kind.TIME_OF_DAY);
    }
    boolean of = c.before().is("out") || c.before().is("of") || c.before().is("after");
    if (of && c.take("hours")) {
      return Optional.of(Limit.Kind.TIME_OF_DAY);
    }
    c.take("at");
    return of(
        c.take("night", "overnight", "night time", "nighttime")
            && (c.before().is("overnight") || c.tokens().at(c.at() - 2).is("at")),
        Limit.Kind.TIME_OF_DAY);
  }

  /** Every two hours, each Monday, every evening. */
  private static Optional<Limit.Kind> every(Cursor c, LengthGrammar lengths) {
    c.take("once");
    if (!c.take("every", "each", "per", "any given")) {
      return Optional.empty();
    }
    c.take("other", "single", "second", "third", "few");
    boolean fits =
        c.maybe(CalendarNames::weekday).isPresent()
            || c.word(PARTS).isPresent()
            || c.maybe(lengths::exact).isPresent()
            || unit(c);
    return of(fits, Limit.Kind.FREQUENCY);
  }

  private static boolean unit(Cursor c) {
    c.take("working", "business", "calendar");
    boolean fits =
        c.now().word() && c.now().text().length() > 1 && Unit.named(c.now().text()).isPresent();
    if (fits) {
      c.step();
    }
    return fits;
  }

  /** Twice a day, three times per week, 200 a day. */
  private static Optional<Limit.Kind> times(Cursor c) {
    boolean counted = c.take("once", "twice", "thrice");
    if (!counted) {
      boolean number = Numbers.amount(c).isPresent();
      boolean times =
          c.take("times", "x", "time", "calls", "requests", "rows", "runs", "records", "messages");
      counted = number || times;
    }
    boolean rate =
        counted && (c.take("per", "each", "every", "a", "an", "/") && unit(c) && !c.sees("and a"));
    return of(rate, Limit.Kind.FREQUENCY);
  }

  private static Optional<Limit.Kind> often(Cursor c) {
    boolean on = c.take("on", "at", "in the", "during the", "in");
    if (CalendarNames.weekdays(c)) {
      while (c.take(", and", "and", ",", "or", "to", "-", "through")) {
        if (!CalendarNames.weekdays(c)) {
          c.to(c.at() - 1);
          break;
        }
      }
      return Optional.of(Limit.Kind.FREQUENCY);
    }
    Optional<String> word = c.word(OFTEN);
    boolean noun =
        word.isPresent() && c.now().word() && !Followers.MAY_FOLLOW.contains(c.now().text());
    return of(word.isPresent() && (on || !noun), Limit.Kind.FREQUENCY);
  }

  /** From 9 to 5, 22:00-06:00, between 8am and 6pm. */
  private static Optional<Limit.Kind> clockRange(Cursor c) {
    c.take("only");
    boolean between = c.take("between");
    boolean lead = between || c.take("from", "after", "before", "as of");
    boolean open = lead && !between && !c.before().is("from");
    int from = c.at();
    boolean first = c.maybe(ClockGrammar::read).isPresent();
    if (open && first) {
      return Optional.of(Limit.Kind.TIME_OF_DAY);
    }
    if (!first && !hour(c)) {
      return Optional.empty();
    }
    if (!c.take("to", "-", "until", "till", "til", "and", "through")
        || (c.before().is("and") && !between)) {
      return Optional.empty();
    }
    boolean second = c.maybe(ClockGrammar::read).isPresent();
    boolean fits =
        second || (hour(c) && (first || lead || (from >= 0 && c.before().text().length() <= 2)));
    boolean unit =
        (c.now().word() && Unit.named(c.now().text()).isPresent())
            || (c.sees("%", "/", ".", "-") && c.ahead(1).number());
    boolean noun =
        !first && !second && c.now().word() && !Followers.MAY_FOLLOW.contains(c.now().text());
    return of(fits && !unit && !noun && (first || second || lead), Limit.Kind.TIME_OF_DAY);
  }

  private static boolean hour(Cursor c) {
    Token n = c.now();
    boolean fits =
        n.number()
            && n.text().length() <= 2
            && Integer.parseInt(n.text()) <= 24
            && (Numbers.loose(c) || c.before().is("-"));
    if (fits) {
      c.step();
    }
    return fits;
  }

  private static Optional<Limit.Kind> atClock(Cursor c) {
    c.take("at", "around", "@");
    return ClockGrammar.read(c).map(t -> Limit.Kind.TIME_OF_DAY);
  }

  /** What belongs to the limit still: every day from 9 to 5, weekdays until 18:00, only. */
  private static void tail(Cursor c) {
    for (int i = 0; i < 3; i++) {
      c.maybe(LimitGrammar::clockRange);
      c.maybe(d ->
          d.take("until", "till", "up to", "at", ", at", "from", "by", "before")
              ? ClockGrammar.read(d)
              : Optional.empty());
      c.maybe(LimitGrammar::oftenAgain);
    }
  }

  private static Optional<Limit.Kind> oftenAgain(Cursor c) {
    c.take("and", ",");
    return often(c);
  }
}

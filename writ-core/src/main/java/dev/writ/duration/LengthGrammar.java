package dev.writ.duration;

import dev.writ.duration.TimeReading.Ambiguous;
import dev.writ.duration.TimeReading.Relative;
import dev.writ.duration.TimeReading.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lengths of time: two and a half weeks, 90 min, 1h30, P3D, T+5, half a day, a few days. */
final class LengthGrammar {
  private static final Amount HALF = new Amount(1, 2);
  private static final Amount QUARTER = new Amount(1, 4);
  private static final Set<String> FILLERS =
      Set.of(
          "full",
          "whole",
          "entire",
          "complete",
          "calendar",
          "consecutive",
          "straight",
          "solid",
          "more",
          "extra",
          "additional",
          "further",
          "clear",
          "next",
          "coming",
          "upcoming",
          "following",
          "long",
          "single",
          "fewer",
          "less");
  private static final Set<String> BEFORE =
      Set.of(
          "another",
          "exactly",
          "precisely",
          "just",
          "only",
          "merely",
          "full",
          "whole",
          "entire",
          "all",
          "additional",
          "further",
          "extra",
          "single",
          "complete",
          "calendar",
          "maximum");
  private static final Set<String> SHORT = Set.of("s", "m", "h", "d", "w", "y");
  private static final Set<String> VAGUE_NUMBERS =
      Set.of("several", "some", "few", "many", "numerous", "multiple", "various", "couple");
  private static final Set<String> AFTER_HOURS = Set.of("min", "mins", "minute", "minutes", "m");

  private final int sprintDays;

  LengthGrammar(int sprintDays) {
    this.sprintDays = sprintDays;
  }

  /** A length, exact or open. */
  Optional<TimeReading> read(Cursor c) {
    return c.first(
        this::loosely, this::either, this::vagueNumber, this::halfDay, this::unclear, this::one);
  }

  /** One of a unit. */
  Optional<Length> one(Unit unit) {
    return Length.of(Amount.ONE, unit, sprintDays);
  }

  /** A length with one reading. */
  Optional<Length> exact(Cursor c) {
    return c.first(this::isoPeriod, this::afterStart, this::parts);
  }

  private Optional<TimeReading> one(Cursor c) {
    Optional<Length> length = exact(c);
    return length.map(l ->
        c.take("or so", "or thereabouts", "- ish", "ish", "give or take", "or more", "or longer")
            ? open(Why.VAGUE, List.of(l.iso()))
            : new Relative(l, List.of()));
  }

  private static TimeReading open(Why why, List<String> candidates) {
    return new Ambiguous(why, candidates);
  }

  /** About, at least, nearly: no one length. */
  private Optional<TimeReading> loosely(Cursor c) {
    boolean loose =
        c.take(
            "about",
            "approximately",
            "approx .",
            "approx",
            "roughly",
            "around",
            "circa",
            "ca .",
            "ca",
            "~",
            "at least",
            "a minimum of",
            "nearly",
            "almost",
            "say",
            "maybe",
            "perhaps",
            "some time like",
            "something like");
    return loose ? exact(c).map(l -> open(Why.VAGUE, List.of(l.iso()))) : Optional.empty();
  }

  /** Two numbers of one unit: 2-3 days, two or three weeks, between 2 and 3 hours. */
  private Optional<TimeReading> either(Cursor c) {
    boolean between = c.take("between");
    Optional<Amount> low = Numbers.amount(c);
    c.maybe(this::unit);
    boolean joined = between ? c.take("and") : c.take("-", "to", "or", "/");
    if (low.isEmpty() || !joined || (!c.now().number() && !c.now().word())) {
      return Optional.empty();
    }
    Optional<Amount> high = c.now().number() ? figure(c) : Numbers.amount(c);
    c.skip(FILLERS);
    Optional<Unit> unit = high.isPresent() ? unit(c) : Optional.empty();
    if (unit.isEmpty()) {
      return Optional.empty();
    }
    List<String> candidates = new ArrayList<>();
    for (Amount n : List.of(low.orElseThrow(), high.orElseThrow())) {
      Length.of(n, unit.orElseThrow(), sprintDays).ifPresent(l -> candidates.add(l.iso()));
    }
    return Optional.of(open(Why.ALTERNATIVES, candidates));
  }

  private static Optional<Amount> figure(Cursor c) {
    String digits = c.now().text();
    if (digits.length() > 4) {
      return Optional.empty();
    }
    c.step();
    return Optional.of(Amount.of(Long.parseLong(digits)));
  }

  private Optional<TimeReading> vagueNumber(Cursor c) {
    int from = c.at();
    c.take("just", "only");
    c.take("a good", "a", "an", "the next", "the");
    boolean vague =
        c.take("handful of", "number of", "bunch of", "matter of", "couple of", "couple");
    if (!vague && c.word(VAGUE_NUMBERS).isEmpty()) {
      return Optional.empty();
    }
    c.take("of");
    c.take("more");
    c.skip(FILLERS);
    Token word = c.now();
    boolean business = c.take("working", "business");
    if (unit(c).isEmpty() || !word.word() || (SHORT.contains(word.text()) && !business)) {
      return Optional.empty();
    }
    return Optional.of(open(Why.VAGUE, List.of(c.tokens().written(from, c.at()))));
  }

  /** Half a day: twelve hours, or half of the hours people work. */
  private Optional<TimeReading> halfDay(Cursor c) {
    boolean half =
        c.take("half a day", "half day", "half - day", "a half day", "a half - day", "1 / 2 day");
    return half
        ? Optional.of(
            new Relative(
                Length.ofHours(12),
                List.of(Length.ofHours(4), Length.ofHours(5), Length.ofHours(6))))
        : Optional.empty();
  }

  /** A number with a bare m: minutes or months. */
  private Optional<TimeReading> unclear(Cursor c) {
    Optional<Amount> n = Numbers.amount(c);
    if (n.isEmpty() || !c.take("m") || (c.now().number() && !c.now().gap())) {
      return Optional.empty();
    }
    List<String> candidates = new ArrayList<>();
    Length.of(n.orElseThrow(), Unit.MINUTE, sprintDays).ifPresent(l -> candidates.add(l.iso()));
    Length.of(n.orElseThrow(), Unit.MONTH, sprintDays).ifPresent(l -> candidates.add(l.iso()));
    return candidates.isEmpty() ? Optional.empty() : Optional.of(open(Why.UNIT, candidates));
  }

  /** ISO 8601: P3D, PT4H30M, P1Y6M. */
  private Optional<Length> isoPeriod(Cursor c) {
    Token p = c.now();
    if ((!p.is("p") && !p.is("pt")) || c.ahead(1).gap() || !c.ahead(1).number()) {
      return Optional.empty();
    }
    boolean clock = p.is("pt");
    c.step();
    Optional<Length> sum = Optional.empty();
    while (c.now().number()
        && !c.now().gap()
        && c.now().text().length() <= 4
        && !c.ahead(1).gap()) {
      String letter = c.ahead(1).text();
      boolean last = letter.endsWith("t") && letter.length() == 2;
      Optional<Unit> unit = isoUnit(last ? letter.substring(0, 1) : letter, clock);
      Amount n = Amount.of(Long.parseLong(c.now().text()));
      Optional<Length> part = unit.flatMap(u -> Length.of(n, u, sprintDays));
      if (part.isEmpty()) {
        return Optional.empty();
      }
      Optional<Length> before = sum;
      sum = before.isEmpty() ? part : part.flatMap(l -> before.orElseThrow().plus(l));
      clock |= last;
      c.to(c.at() + 2);
    }
    return sum;
  }

  private static Optional<Unit> isoUnit(String letter, boolean clock) {
    return switch (letter) {
      case "y" -> clock ? Optional.empty() : Optional.of(Unit.YEAR);
      case "m" -> Optional.of(clock ? Unit.MINUTE : Unit.MONTH);
      case "w" -> clock ? Optional.empty() : Optional.of(Unit.WEEK);
      case "d" -> clock ? Optional.empty() : Optional.of(Unit.DAY);
      case "h" -> clock ? Optional.of(Unit.HOUR) : Optional.empty();
      case "s" -> clock ? Optional.of(Unit.SECOND) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** T+5: five days. */
  private Optional<Length> afterStart(Cursor c) {
    if (!c.take("t +", "d +", "day +") || !c.now().number() || c.now().text().length() > 4) {
      return Optional.empty();
    }
    Amount n = Amount.of(Long.parseLong(c.now().text()));
    c.step();
    Unit unit = c.maybe(this::unit).orElse(Unit.DAY);
    return Length.of(n, unit, sprintDays);
  }

  /** One part or several: 2 years, 3 months and 4 days. */
  private Optional<Length> parts(Cursor c) {
    Optional<Part> first = part(c);
    if (first.isEmpty() || first.orElseThrow().business()) {
      return first.map(Part::length);
    }
    Part last = first.orElseThrow();
    Length sum = last.length();
    for (int i = 0; i < 6; i++) {
      int back = c.at();
      boolean comma = c.take(",");
      boolean and = c.take("and", "&");
      Optional<Part> next = c.maybe(this::part);
      if (next.isEmpty()) {
        c.to(back);
        return Optional.of(minutesAfter(c, last.unit(), sum));
      }
      boolean downward = next.orElseThrow().unit().compareTo(last.unit()) < 0;
      Optional<Length> more = sum.plus(next.orElseThrow().length());
      if (next.orElseThrow().business() || ((comma || and) && !downward) || more.isEmpty()) {
        c.to(back);
        return Optional.of(sum);
      }
      sum = more.orElseThrow();
      last = next.orElseThrow();
    }
    return Optional.of(sum);
  }

  /** A bare number after hours: 1 hour thirty, 1h30. */
  private Length minutesAfter(Cursor c, Unit unit, Length sum) {
    int back = c.at();
    boolean tight = c.now().number() && !c.now().gap() && !c.before().gap();
    c.take("and");
    Optional<Amount> n = tight ? figure(c) : Numbers.amount(c);
    boolean ends =
        (!c.now().word() && !c.now().number() && !c.sees("%", "/", "-", "$", "€"))
            || AFTER_HOURS.contains(c.now().text());
    boolean fits =
        unit == Unit.HOUR
            && ends
            && n.filter(x -> x.whole() && x.top() < 60 && x.top() > 0).isPresent();
    Optional<Length> more =
        fits
            ? Length.of(n.orElseThrow(), Unit.MINUTE, sprintDays).flatMap(sum::plus)
            : Optional.empty();
    if (more.isEmpty()) {
      c.to(back);
      return sum;
    }
    if (AFTER_HOURS.contains(c.now().text())) {
      c.step();
    }
    return more.orElseThrow();
  }

  private record Part(Length length, Unit unit, boolean business) {}

  private Optional<Part> part(Cursor c) {
    c.take("a total of", "a period of", "a maximum of", "a max of");
    boolean led = c.skip(BEFORE) && !c.before().is("just") && !c.before().is("only");
    if (led) {
      c.take("-");
    }
    return c.first(this::halfOf, this::quartersOf, d -> counted(d, led));
  }

  private Optional<Part> halfOf(Cursor c) {
    if (!c.take("half a", "half an", "a half", "half", "one half", "1 / 2 a", "1 / 2 an")) {
      return Optional.empty();
    }
    c.take("-");
    boolean plural = c.now().text().endsWith("s");
    return unit(c).filter(u -> !plural).flatMap(u -> made(HALF, u));
  }

  /** A mistyped number word right before a unit: fuor days. */
  private static Optional<Amount> slipped(Cursor c) {
    return Numbers.slipped(c).filter(n -> Unit.near(c.now().text()).isPresent());
  }

  private Optional<Part> quartersOf(Cursor c) {
    Amount n =
        c.take(
                "three quarters of an",
                "three quarters of a",
                "3 quarters of an",
                "three - quarters of an")
            ? new Amount(3, 4)
            : c.take("a quarter of an", "quarter of an", "a quarter - ", "a quarter", "quarter")
                ? QUARTER
                : Amount.of(0);
    return n.top() == 0
        ? Optional.empty()
        : unit(c).filter(u -> u == Unit.HOUR).flatMap(u -> made(n, u));
  }

  private Optional<Part> counted(Cursor c, boolean led) {
    boolean article = c.sees("a", "an");
    Optional<Amount> n =
        article && !c.sees("a hundred", "a thousand", "a dozen")
            ? article(c)
            : Numbers.amount(c).or(() -> c.maybe(LengthGrammar::slipped));
    boolean plural = c.now().text().endsWith("s") && !c.sees("business day", "business week");
    if (n.isEmpty() && (!led || plural)) {
      return Optional.empty();
    }
    Amount number = n.orElse(Amount.ONE).plus(c.maybe(LengthGrammar::andPart).orElse(Amount.of(0)));
    c.take("-");
    c.skip(FILLERS);
    boolean figures = n.isPresent() && !article;
    if (c.take(
        "working days",
        "working day",
        "business days",
        "business day",
        "working - days",
        "business - days",
        "workdays",
        "workday",
        "weekdays",
        "week days",
        "bd",
        "bdays")) {
      return number.whole() ? business(number) : Optional.empty();
    }
    c.take("working", "business", "office");
    c.take("of");
    Token word = c.now();
    Optional<Unit> unit =
        figures ? unit(c) : Unit.named(word.text()).filter(u -> !SHORT.contains(word.text()));
    if (unit.isEmpty()) {
      return Optional.empty();
    }
    if (!figures) {
      c.step();
    }
    if (c.sees("( s )")) {
      c.to(c.at() + 3);
    }
    Amount all = number.plus(c.maybe(LengthGrammar::andPart).orElse(Amount.of(0)));
    return made(all, unit.orElseThrow());
  }

  private Optional<Part> business(Amount number) {
    return number.top() < 1 || number.top() > Length.MAX_PART
        ? Optional.empty()
        : Optional.of(
            new Part(new Length(0, 0, (int) number.top(), 0, 0, 0, true), Unit.DAY, true));
  }

  private static Optional<Amount> article(Cursor c) {
    return c.take("a", "an") ? Optional.of(Amount.ONE) : Optional.empty();
  }

  /** And a half, and a quarter, and three quarters. */
  private static Optional<Amount> andPart(Cursor c) {
    if (!c.take("and")) {
      return Optional.empty();
    }
    if (c.take("a half", "an half", "half", "1 / 2", "1/2")) {
      return c.sees("an", "a", "the", "of the") ? Optional.empty() : Optional.of(HALF);
    }
    Amount n =
        c.take("three quarters", "three quarter")
            ? new Amount(3, 4)
            : c.take("two quarters", "two quarter")
                ? HALF
                : c.take("a quarter", "one quarter", "quarter") ? QUARTER : Amount.of(0);
    return n.top() == 0 ? Optional.empty() : Optional.of(n);
  }

  private Optional<Part> made(Amount n, Unit unit) {
    return Length.of(n, unit, sprintDays).map(l -> new Part(l, unit, false));
  }

  private Optional<Unit> unit(Cursor c) {
    Token word = c.now();
    if (!word.word()) {
      return Optional.empty();
    }
    Optional<Unit> unit = Unit.near(word.text());
    if (unit.isPresent()) {
      c.step();
    }
    return unit;
  }
}

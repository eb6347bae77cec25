package dev.writ.duration;

import dev.writ.duration.TimeReading.Absolute;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Whole phrases: until Friday, from 3 to 9 May, for two weeks from Monday, the rest of the week.
 */
final class WindowGrammar {
  private static final Set<Unit> UNPLACED =
      EnumSet.of(Unit.MINUTE, Unit.HOUR, Unit.DAY, Unit.FORTNIGHT, Unit.SPRINT);
  private static final String[] LIST = {":", "=", "|", "- >", "→", "is", "of"};

  private final DayGrammar days;
  private final LengthGrammar lengths;
  private final Windows windows;
  private final RangeGrammar ranges;
  private final EventGrammar events;
  private final PeriodGrammar periods;

  WindowGrammar(Almanac almanac) {
    this.lengths = new LengthGrammar(almanac.calendar().sprintDays());
    this.days = new DayGrammar(almanac, lengths, true);
    this.periods = new PeriodGrammar(almanac, lengths, true);
    this.windows = new Windows(almanac);
    this.ranges = new RangeGrammar(almanac, lengths);
    this.events = new EventGrammar(days, windows);
  }

  LengthGrammar lengths() {
    return lengths;
  }

  /** The phrases that a word before announces, and bare lengths. */
  List<Function<Cursor, Optional<Framed>>> rules() {
    return List.of(
        this::rest,
        ranges::read,
        this::endAfter,
        this::until,
        this::through,
        this::before,
        this::lasting,
        this::filled,
        this::starting,
        this::within,
        this::about,
        this::on,
        this::in,
        this::by);
  }

  /** An end that an event brings. */
  Optional<Framed> event(Cursor c) {
    return events.read(c);
  }

  private static boolean lead(Cursor c, PhraseSet words) {
    if (!c.take(words)) {
      return false;
    }
    c.take(LIST);
    return true;
  }

  /** For the rest of the week. */
  private Optional<Framed> rest(Cursor c) {
    boolean led = c.take("for", "over", "during", "until");
    led = c.take("the") || led;
    boolean rest =
        c.take(
            "rest of the",
            "rest of this",
            "rest of my",
            "rest of current",
            "rest of",
            "rest the",
            "rest this",
            "remainder of the",
            "remainder of this",
            "remainder of",
            "remaining of the",
            "remaining",
            "balance of the",
            "what is left of the",
            "what ' s left of the",
            "entire remaining");
    if (!rest || (c.before().is("remaining") && !led)) {
      return Optional.empty();
    }
    if (c.take("day", "afternoon", "today", "business day", "working day", "evening", "morning")) {
      return Optional.of(
          windows.until(Frame.UNTIL, When.Fixed.day(windows.today()), Optional.empty(), true));
    }
    return c.maybe(periods::whole)
        .or(() -> c.maybe(periods::read))
        .map(w -> windows.until(Frame.UNTIL, new When.Edge(w, true), Optional.empty(), true));
  }

  /** Until Friday, until 18:00 tomorrow, until Friday or Monday. */
  private Optional<Framed> until(Cursor c) {
    if (!lead(c, Leads.UNTIL)) {
      return Optional.empty();
    }
    c.take("about", "around", "approximately");
    return target(c, Frame.UNTIL, false);
  }

  private Optional<Framed> through(Cursor c) {
    return lead(c, Leads.THROUGH) ? target(c, Frame.UNTIL, true) : Optional.empty();
  }

  /** By Friday, by the end of May; a bare month or name after it is none. */
  private Optional<Framed> by(Cursor c) {
    if (!c.take("by")) {
      return Optional.empty();
    }
    Token name = c.now();
    Optional<Framed> found = target(c, Frame.BY, false);
    boolean person =
        name.word()
            && c.tokens().at(c.at() - 1).equals(name)
            && CalendarNames.month(new Cursor(c.tokens(), c.at() - 1)).isPresent();
    return person ? Optional.empty() : found;
  }

  private Optional<Framed> before(Cursor c) {
    if (!c.take("before", "prior to", "any time before", "earlier than")) {
      return Optional.empty();
    }
    Optional<When> when = c.maybe(days::read);
    if (when.orElse(new When.Open(TimeReading.Why.VAGUE, List.of())) instanceof When.Edge edge
        && edge.end()) {
      return Optional.of(windows.until(Frame.BY, edge, Optional.empty(), false));
    }
    return when.map(w -> windows.before(Frame.BY, w));
  }

  /** A day with a time of day before or after it, or a time alone. */
  private Optional<Framed> target(Cursor c, Frame frame, boolean through) {
    Optional<LocalTime> time = c.maybe(ClockGrammar::read);
    if (time.isPresent()) {
      int back = c.at();
      c.take("on", ",", "at");
      Optional<When> day = c.maybe(days::day);
      if (day.isEmpty()) {
        c.to(back);
        return time.map(windows::untilClock);
      }
      return day.map(
          d -> windows.until(frame, d, time.filter(t -> !t.equals(LocalTime.MIDNIGHT)), true));
    }
    Optional<When> when = c.maybe(days::read);
    if (when.isEmpty()) {
      return Optional.empty();
    }
    Optional<LocalTime> after = c.maybe(WindowGrammar::timeAfter);
    List<When> choices = new ArrayList<>(List.of(when.orElseThrow()));
    while (choices.size() < 5) {
      Optional<When> other = c.maybe(this::otherwise);
      if (other.isEmpty()) {
        break;
      }
      choices.add(other.orElseThrow());
    }
    return Optional.of(
        choices.size() > 1
            ? windows.either(frame, choices, true)
            : windows.until(frame, when.orElseThrow(), after, through));
  }

  private Optional<When> otherwise(Cursor c) {
    return c.take("or until", "or till", "or") ? days.read(c) : Optional.empty();
  }

  static Optional<LocalTime> timeAfter(Cursor c) {
    c.take(",", "at", "by");
    return ClockGrammar.read(c);
  }

  /** Expires after 3 days, revoke it in 2 weeks. */
  private Optional<Framed> endAfter(Cursor c) {
    boolean ends =
        c.take(
            "expire",
            "expires",
            "expiring",
            "revoke",
            "revoked",
            "remove",
            "removed",
            "lapse",
            "lapses",
            "end",
            "ends",
            "ending",
            "drop",
            "dropped",
            "withdraw",
            "withdrawn",
            "cut off",
            "close",
            "closes",
            "closed",
            "terminate",
            "terminates",
            "terminated",
            "switch off",
            "switched off",
            "times out",
            "time out",
            "runs out",
            "run out",
            "take away",
            "pull",
            "pulled",
            "auto - expire",
            "auto - expires",
            "auto - revoke",
            "auto - revoked",
            "gone",
            "over",
            "off");
    if (!ends) {
      return Optional.empty();
    }
    for (int i = 0; i < 3 && !c.sees("after", "in", "within"); i++) {
      c.step();
    }
    if (!c.take("after", "in", "within")) {
      return Optional.empty();
    }
    return lengths.read(c).map(r -> Framed.of(Frame.UNTIL, r));
  }

  /** For two weeks from Monday; for two hours on Friday; twelve days, counted from Monday. */
  private Optional<Framed> lasting(Cursor c) {
    boolean led = leadFor(c);
    Optional<TimeReading> reading = c.maybe(lengths::read).or(() -> nextOne(c));
    if (reading.isEmpty()) {
      return Optional.empty();
    }
    if (reading.orElseThrow() instanceof TimeReading.Relative(Length length, List<Length> accept)) {
      Optional<Framed> more = c.maybe(d -> beginning(d, length, led));
      if (more.isPresent()) {
        return more;
      }
    }
    c.take("max", "maximum", "tops", "at most", "only", "in total", "at the most");
    return Optional.of(Framed.of(led ? Frame.FOR : Frame.BARE, reading.orElseThrow()));
  }

  private static boolean leadFor(Cursor c) {
    boolean led = lead(c, Leads.FOR);
    if (led) {
      c.take("a period of", "a total of", "a maximum of", "up to", "at most");
    }
    int back = c.at();
    boolean the = c.take("the", "its", "their", "his", "her", "our", "these", "those");
    boolean next =
        c.take("next", "coming", "following", "first", "initial", "upcoming", "immediate");
    boolean article = led && !the && c.take("a", "an");
    if ((the || article) && !next) {
      boolean number =
          c.now().number() || Numbers.amount(new Cursor(c.tokens(), c.at())).isPresent();
      boolean whole = the && c.sees("whole", "entire", "full", "complete");
      if ((!number && !whole) || (article && c.sees("dozen", "hundred", "thousand"))) {
        c.to(back);
      }
    }
    return led || next;
  }

  /** The next hour, the next sprint: one of a unit that has no place on the calendar. */
  private Optional<TimeReading> nextOne(Cursor c) {
    String before = c.before().text();
    boolean next = before.equals("next") || before.equals("coming") || before.equals("upcoming");
    Optional<Unit> unit =
        next ? Unit.named(c.now().text()).filter(UNPLACED::contains) : Optional.empty();
    return unit.filter(u -> !c.now().text().endsWith("s"))
        .flatMap(u -> lengths.one(u))
        .map(l -> {
          c.step();
          return new TimeReading.Relative(l, List.of());
        });
  }

  private Optional<Framed> beginning(Cursor c, Length length, boolean led) {
    c.take(",", "(");
    if (c.take(
        "from now",
        "from now on",
        "starting now",
        "starting immediately",
        "beginning now",
        "as of now",
        "effective immediately")) {
      return Optional.of(Windows.lasting(led ? Frame.FOR : Frame.BARE, length));
    }
    String first = c.tokens().at(c.at() - 2).text();
    boolean from = c.take(Leads.FROM);
    if (from) {
      // A week from Monday is a day, two weeks from Monday a span.
      if (!led && c.before().is("from") && (first.equals("a") || first.equals("an"))) {
        return Optional.empty();
      }
      c.take(LIST);
      c.take("the start of", "the beginning of");
      return days.read(c).map(d -> windows.lasting(length, d));
    }
    boolean on = c.take("on", "only on");
    if (!length.wholeDays()) {
      Optional<When> day = c.maybe(days::day).or(() -> on ? Optional.empty() : c.maybe(this::soon));
      return day.map(d -> windows.within(length, d));
    }
    return Optional.empty();
  }

  private Optional<When> soon(Cursor c) {
    return c.sees("today", "tomorrow", "tonight") ? days.day(c) : Optional.empty();
  }

  /** For next week, for the weekend, for tomorrow, all of May. */
  private Optional<Framed> filled(Cursor c) {
    boolean end = c.sees("up to", "limited to");
    boolean led = c.take(Leads.FOR);
    boolean all =
        c.take(
            "the duration of",
            "the length of",
            "the course of",
            "all of",
            "all",
            "the whole of",
            "the entire",
            "the entirety of",
            "the full",
            "any time in",
            "just",
            "only");
    if (!led && !all) {
      return Optional.empty();
    }
    c.take(LIST);
    return c.maybe(days::read)
        .filter(w -> !pronoun(c, w))
        .map(w ->
            end
                ? windows.until(Frame.UNTIL, w, Optional.empty(), true)
                : windows.filled(Frame.FOR, w, Optional.empty()));
  }

  /** For the first, for the second: one of several things, not a day. */
  private static boolean pronoun(Cursor c, When when) {
    Token last = c.before();
    return when instanceof When.Date d && d.month() == 0 && last.word() && last.text().length() > 2;
  }

  /** From Monday; starting on 3 May for ten days. */
  private Optional<Framed> starting(Cursor c) {
    if (!lead(c, Leads.FROM)) {
      return Optional.empty();
    }
    c.take("on", "the");
    c.maybe(WindowGrammar::clockOn);
    Optional<When> from = c.maybe(days::read);
    if (from.isEmpty()) {
      return Optional.empty();
    }
    c.maybe(WindowGrammar::timeAfter);
    Optional<Framed> more = c.maybe(d -> lengthAfter(d, from.orElseThrow()));
    return more.or(() -> Optional.of(windows.starts(from.orElseThrow())));
  }

  static Optional<LocalTime> clockOn(Cursor c) {
    Optional<LocalTime> time = ClockGrammar.read(c);
    c.take("on", ",");
    return time;
  }

  private Optional<Framed> lengthAfter(Cursor c, When from) {
    c.take(",", "and", ";", "/", "+");
    boolean led = lead(c, Leads.FOR);
    Optional<Length> length = lengths.exact(c);
    return led || length.isPresent() ? length.map(l -> windows.lasting(l, from)) : Optional.empty();
  }

  private Optional<Framed> within(Cursor c) {
    if (!c.take(
        "within the space of",
        "within",
        "inside of",
        "in the space of",
        "in the next",
        "in the coming",
        "in the course of",
        "over the next",
        "over the coming",
        "during the next",
        "during the coming",
        "across the next")) {
      return Optional.empty();
    }
    c.take("the next", "the coming", "the upcoming", "the", "next");
    int back = c.at();
    Optional<TimeReading> reading = c.maybe(lengths::read);
    if (reading.isEmpty() || c.take("of")) {
      c.to(back);
      return Optional.empty();
    }
    c.take("from now", "from today");
    return reading.map(r -> Framed.of(Frame.WITHIN, r));
  }

  /** Around the 21st: no one day. */
  private Optional<Framed> about(Cursor c) {
    if (!c.take("around", "about", "approximately", "roughly", "circa", "somewhere around")) {
      return Optional.empty();
    }
    c.take("on");
    return c.maybe(days::read)
        .map(w ->
            windows.filled(
                Frame.BARE, new When.Open(TimeReading.Why.VAGUE, List.of(w)), Optional.empty()));
  }

  /** On Friday, only on the 12th, on 3 and 4 May. */
  private Optional<Framed> on(Cursor c) {
    c.take("only", "just");
    if (!c.take("on", "onn", "this", "date :", "day :", "date", "when :")) {
      return Optional.empty();
    }
    if (c.before().is("this")) {
      c.to(c.at() - 1);
    }
    Optional<When> day = c.maybe(days::day);
    Optional<LocalTime> time =
        day.isPresent() ? c.maybe(WindowGrammar::timeAfter) : Optional.empty();
    return day.map(d ->
            ranges.severalDays(c, d).orElseGet(() -> windows.filled(Frame.ON, d, Optional.empty())))
        .map(f -> time.isPresent() && f.frame() == Frame.BARE ? Framed.nothing(Frame.ON) : f);
  }

  /** In May, during next week, over the weekend, at the weekend. */
  private Optional<Framed> in(Cursor c) {
    if (!c.take("in", "during", "over", "throughout", "across", "at", "within")) {
      return Optional.empty();
    }
    boolean in = c.before().is("in");
    c.take("all of", "the whole of", "the course of");
    Optional<When> when = c.maybe(periods::read);
    if (when.isEmpty() && in) {
      c.to(c.at() - 1);
      return c.maybe(days::day)
          .filter(w -> w instanceof When.Fixed)
          .map(w -> windows.filled(Frame.IN, w, Optional.empty()));
    }
    return when.map(w -> windows.filled(Frame.IN, w, Optional.empty()));
  }

  /** Whether a reading is a window. */
  static boolean window(Framed framed) {
    return framed.reading().filter(r -> r instanceof Absolute).isPresent();
  }
}

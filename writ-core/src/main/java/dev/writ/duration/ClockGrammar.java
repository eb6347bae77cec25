package dev.writ.duration;

import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;

/** Times of day: 18:00, 6pm, 6.30 p.m., noon, midnight. */
final class ClockGrammar {
  private static final Set<String> ZONES =
      Set.of(
          "utc", "gmt", "cet", "cest", "bst", "est", "edt", "et", "pt", "pst", "pdt", "ist",
          "local", "z");

  private ClockGrammar() {}

  /** A time that cannot be anything else. */
  static Optional<LocalTime> read(Cursor c) {
    Optional<LocalTime> time = c.first(ClockGrammar::named, ClockGrammar::figures);
    if (time.isPresent()) {
      c.take("sharp");
      if (c.word(ZONES).isPresent()) {
        c.take("time");
      }
    }
    return time;
  }

  private static Optional<LocalTime> named(Cursor c) {
    c.take("12");
    if (c.take("noon", "midday", "lunchtime", "lunch")) {
      return Optional.of(LocalTime.NOON);
    }
    return c.take("midnight") ? Optional.of(LocalTime.MIDNIGHT) : Optional.empty();
  }

  private static Optional<LocalTime> figures(Cursor c) {
    Token hours = c.now();
    if (!hours.number()
        || hours.text().length() > 2
        || (!Numbers.loose(c) && !c.before().is("-"))) {
      return Optional.empty();
    }
    int hour = Integer.parseInt(hours.text());
    c.step();
    int minute = 0;
    boolean colon = false;
    boolean point = c.now().is(".") && half(c);
    if ((c.now().is(":") && !c.now().gap()) || point) {
      Token minutes = c.ahead(1);
      if (!minutes.number() || minutes.gap() || minutes.text().length() != 2) {
        return Optional.empty();
      }
      minute = Integer.parseInt(minutes.text());
      colon = true;
      c.to(c.at() + 2);
      if (c.now().is(":") && c.ahead(1).number() && c.ahead(1).text().length() == 2) {
        c.to(c.at() + 2);
      }
    }
    boolean pm = c.take("pm", "p . m .", "p . m");
    boolean am = !pm && c.take("am", "a . m .", "a . m");
    boolean word = c.take("o ' clock", "oclock", "uhr", "h") || colon;
    if ((!pm && !am && !word)
        || hour > 24
        || minute > 59
        || ((pm || am) && (hour > 12 || hour == 0))) {
      return Optional.empty();
    }
    int full = (hour % (pm || am ? 12 : 24)) + (pm ? 12 : 0);
    return Optional.of(LocalTime.of(full, minute));
  }

  /** Whether a full stop stands between hour and minute of an English time: 6.30 pm. */
  private static boolean half(Cursor c) {
    Token after = c.ahead(2);
    return c.ahead(1).number()
        && !c.ahead(1).gap()
        && c.ahead(1).text().length() == 2
        && (after.is("pm") || after.is("am") || after.is("p") || after.is("a"));
  }
}

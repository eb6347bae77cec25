package dev.writ.duration;

import dev.writ.duration.TimeReading.Event;
import java.util.Optional;
import java.util.Set;

/** Ends that something else brings: until the audit is over, as long as she is on leave. */
final class EventGrammar {
  private static final int MOST_WORDS = 30;
  private static final String[] UNTIL = {
    "up until",
    "until",
    "untill",
    "untl",
    "till",
    "til",
    "up to the moment",
    "up to the point",
    "up to the end of",
    "up to completion of",
    "up to the completion of",
    "through the end of",
    "to the end of",
    "through to the end of",
    "to the completion of",
    "ends when",
    "ends once",
    "ends as soon as",
    "ends with",
    "expires when",
    "expires once",
    "expires with"
  };
  private static final String[] WHILE = {
    "for as long as",
    "as long as",
    "so long as",
    "for the duration of",
    "the duration of",
    "for the length of",
    "for the lifetime of",
    "for the life of",
    "for the course of",
    "over the course of",
    "for the remainder of",
    "for the rest of",
    "throughout the",
    "while",
    "whilst",
    "for the time that",
    "for the span of",
    "for the whole of",
    "for the entire",
    "for the entirety of"
  };
  private static final Set<String> UNKNOWN =
      Set.of(
          "tbc", "tbd", "tba", "unknown", "?", "-", "n", "na", "none", "xx", "unclear", "open",
          "to", "not", "when", "what", "which");
  private static final Set<String> STOPS =
      Set.of("please", "pls", "plz", "thanks", "because", "owner", "purpose", "approver", "cc");
  private static final Set<String> MARKS =
      Set.of(".", ";", "!", "?", ",", ")", "\"", "“", "”", "|", "(", "]", "<", ">", "•");

  private final DayGrammar days;
  private final Windows windows;

  EventGrammar(DayGrammar days, Windows windows) {
    this.days = days;
    this.windows = windows;
  }

  Optional<Framed> read(Cursor c) {
    int from = c.at();
    boolean until = c.take(UNTIL);
    if (!until && !c.take(WHILE)) {
      return Optional.empty();
    }
    c.take(":", "=");
    int words = c.at();
    if (UNKNOWN.contains(c.now().text())
        || (c.now().kind() == Token.Kind.MARK && !c.now().is("\"") && !c.now().is("@"))) {
      return Optional.empty();
    }
    Optional<Framed> dated = until ? dated(c) : Optional.empty();
    if (dated.isPresent()) {
      return dated;
    }
    c.to(words);
    toEnd(c);
    if (c.at() == words) {
      return Optional.empty();
    }
    String text = c.tokens().written(from, c.at());
    return Optional.of(Framed.of(until ? Frame.UNTIL : Frame.WHILE, new Event(text)));
  }

  private static void toEnd(Cursor c) {
    int most = c.at() + MOST_WORDS;
    while (c.at() < most && !stops(c)) {
      c.step();
    }
  }

  private static boolean stops(Cursor c) {
    Token token = c.now();
    if (c.done() || token.line() || STOPS.contains(token.text()) || c.sees("so that", "and then")) {
      return true;
    }
    if (token.is("-") || token.is("/")) {
      return token.gap() && c.ahead(1).gap();
    }
    boolean inside = token.is(".") && !c.ahead(1).gap() && c.ahead(1).kind() != Token.Kind.MARK;
    return MARKS.contains(token.text()) && !inside;
  }

  /** An event whose date is given: until go-live on 14 March, until the audit (3 May). */
  private Optional<Framed> dated(Cursor c) {
    int most = c.at() + MOST_WORDS;
    while (c.at() < most && !c.done()) {
      boolean bracket = c.sees("(", ",");
      if (!bracket && stops(c)) {
        return Optional.empty();
      }
      int back = c.at();
      boolean led =
          c.take(
              "( on",
              "( i . e .",
              "(",
              ", i . e .",
              ", that is",
              ", which is on",
              ", which ends on",
              ", which will be on",
              ", on",
              ", scheduled for",
              ", planned for",
              "scheduled for",
              "planned for",
              "planned on",
              "set for",
              "due on",
              "due",
              "on",
              "which is on",
              "ends on",
              "ending on",
              "end on",
              "by",
              "dated",
              "at");
      Optional<When> when = led ? c.maybe(days::read) : Optional.empty();
      if (when.isPresent()) {
        c.take(")");
        return when.map(w -> windows.until(Frame.UNTIL, w, Optional.empty(), true));
      }
      c.to(back);
      if (bracket) {
        return Optional.empty();
      }
      c.step();
    }
    return Optional.empty();
  }
}

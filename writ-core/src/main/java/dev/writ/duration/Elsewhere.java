package dev.writ.duration;

import dev.writ.duration.TimeReading.Absolute;
import dev.writ.duration.TimeReading.Ambiguous;
import dev.writ.duration.TimeReading.Relative;
import java.util.Set;

/** Tells times that belong to something else: Sunday's downtime, the Q1 report, 30 days of logs. */
final class Elsewhere {
  private static final Set<String> ACCESS =
      Set.of(
          "access",
          "use",
          "usage",
          "read",
          "reads",
          "reading",
          "write",
          "writes",
          "writing",
          "permission",
          "permissions",
          "rights",
          "right",
          "work",
          "working",
          "time",
          "grant",
          "pilot",
          "trial",
          "window",
          "lease",
          "pass",
          "slot",
          "run",
          "runtime",
          "view",
          "viewing",
          "test",
          "testing",
          "only",
          "max");
  private static final Set<String> RECORDS =
      Set.of(
          "data",
          "logs",
          "log",
          "history",
          "records",
          "events",
          "traffic",
          "metrics",
          "statements",
          "invoices",
          "transactions",
          "messages",
          "backups",
          "results",
          "retention",
          "orders",
          "sales",
          "tickets",
          "reports",
          "readings",
          "entries",
          "files",
          "downtime",
          "outage",
          "delay",
          "notice",
          "experience",
          "stock",
          "supply",
          "overtime",
          "sleep",
          "silence",
          "inactivity",
          "waiting",
          "telemetry",
          "samples",
          "measurements",
          "figures",
          "email",
          "emails",
          "mail",
          "backlog",
          "observations",
          "charts",
          "minutes",
          "footage",
          "recordings",
          "payments",
          "claims");
  private static final Set<String> LENGTH_AFTER =
      Set.of(
          "ago",
          "old",
          "late",
          "overdue",
          "retention",
          "downtime",
          "outage",
          "delay",
          "delays",
          "notice",
          "timeout",
          "interval",
          "intervals",
          "sla",
          "average",
          "averages",
          "trend",
          "trends",
          "report",
          "reports",
          "history",
          "backlog",
          "lookback",
          "rolling",
          "moving",
          "forecast",
          "apart",
          "faster",
          "slower",
          "lag",
          "warranty",
          "cooldown",
          "cache",
          "polling",
          "summary",
          "cycle",
          "review",
          "horizon",
          "plan",
          "rule",
          "limit",
          "guarantee",
          "cadence",
          "log",
          "logs",
          "data",
          "ahead",
          "straight",
          "in",
          "behind",
          "sprint",
          "earlier",
          "younger",
          "older",
          "long");
  private static final Set<String> LENGTH_BEFORE =
      Set.of(
          "than",
          "last",
          "past",
          "previous",
          "every",
          "each",
          "per",
          "aged",
          "took",
          "takes",
          "waited",
          "lost",
          "sla",
          "timeout",
          "retention",
          "delay",
          "after",
          "age",
          "interval",
          "cooldown",
          "least",
          "under",
          "beyond");
  private static final Set<String> HAPPENED =
      Set.of(
          "was",
          "were",
          "had",
          "did",
          "happened",
          "failed",
          "crashed",
          "changed",
          "dated",
          "met",
          "been",
          "outage",
          "incident",
          "downtime",
          "failure",
          "crash",
          "meeting",
          "release",
          "deployment",
          "maintenance",
          "call",
          "backup",
          "logs",
          "log",
          "entries",
          "records",
          "report",
          "reports",
          "invoices",
          "data",
          "snapshot",
          "statement",
          "minutes",
          "email",
          "mail",
          "message",
          "version",
          "batch",
          "created",
          "sent",
          "received",
          "raised",
          "opened",
          "reported",
          "approved",
          "broke",
          "wrote",
          "said",
          "told",
          "asked",
          "agreed",
          "decided",
          "discussed",
          "started",
          "began",
          "joined",
          "left",
          "due",
          "deadline",
          "go",
          "live",
          "launch",
          "launches",
          "arrives",
          "back",
          "returns",
          "uploaded",
          "signed",
          "saw",
          "mentioned",
          "spoke",
          "talked",
          "as",
          "figures",
          "sales",
          "results",
          "e",
          "post");
  private static final Set<String> ANSWERS =
      Set.of(
          "approve",
          "approved",
          "reply",
          "replies",
          "respond",
          "responds",
          "answer",
          "answered",
          "decide",
          "decided",
          "sign",
          "signed",
          "confirm",
          "confirmed",
          "resolve",
          "resolved",
          "fix",
          "fixed",
          "notify",
          "notified",
          "delivered",
          "delivery",
          "paid",
          "payment",
          "reported");
  private static final Set<String> SEASONS = Set.of("spring", "summer", "autumn", "fall", "winter");
  private static final Set<String> FRACTIONS =
      Set.of("quarter", "half", "third", "part", "fraction", "most", "end", "start", "middle");
  private static final Set<String> ONE_DAY =
      Set.of(
          "only", "please", "pls", "max", "in", "on", "from", "for", "starting", "to", "and", "of");
  private static final Set<String> LINKS = Set.of("of", "is", "=", ":");
  private static final Set<String> NOUN_OK =
      Set.of("access", "only", "please", "window", "rights", "permission", "permissions");

  private Elsewhere() {}

  /** Whether the words from one token up to another belong to something else. */
  static boolean is(Tokens t, int from, int to, Frame frame, TimeReading reading) {
    return glued(t, from, to)
        || switch (reading) {
          case Relative r -> length(t, from, to, frame);
          case Ambiguous a -> loose(a) ? length(t, from, to, frame) : day(t, from, to, frame);
          case Absolute a -> day(t, from, to, frame);
          case TimeReading.Starts s ->
              possessive(t, to)
                  || named(t, from, to)
                  || (!t.at(from).line() && HAPPENED.contains(t.at(from - 1).text()));
          case TimeReading.Endless e -> noun(t, to);
          case TimeReading.Event e -> false;
          case TimeReading.Limit l -> false;
        };
  }

  /** Whether an open reading is of a length. */
  private static boolean loose(Ambiguous open) {
    return switch (open.why()) {
      case VAGUE, UNIT -> true;
      case ALTERNATIVES -> open.candidates().stream().allMatch(s -> s.startsWith("P"));
      case DAY_OR_MONTH, WHICH_WEEK, INCLUDED_OR_NOT, CONTRADICTION -> false;
    };
  }

  /** Whether letters, digits or joining marks stand against it: INC-30d, v2.3, 5d_backup. */
  private static boolean glued(Tokens t, int from, int to) {
    Token before = t.at(from - 1);
    Token first = t.at(from);
    if (!first.gap() && !before.text().isEmpty()) {
      boolean joint =
          before.is("_") || before.is("@") || before.is("#") || before.is("\\") || before.is("$");
      boolean dash =
          (before.is("-") || before.is(".") || before.is("/") || before.is("+") || before.is("'"))
              && !before.gap()
              && !t.at(from - 2).text().isEmpty();
      if (joint || dash || before.word() || before.number()) {
        return true;
      }
    }
    Token after = t.at(to);
    Token next = t.at(to + 1);
    if (after.gap() || after.text().isEmpty()) {
      return false;
    }
    boolean mark =
        after.is("-") || after.is("/") || after.is(".") || after.is(":") || after.is("+");
    return after.word()
        || after.number()
        || after.is("_")
        || after.is("%")
        || after.is("@")
        || after.is("°")
        || (mark && !next.gap() && (next.word() || next.number()));
  }

  private static boolean length(Tokens t, int from, int to, Frame frame) {
    Token after = t.at(to);
    if (SEASONS.contains(t.at(to - 1).text())) {
      return noun(t, to);
    }
    boolean same = !after.line();
    String next = same ? after.text() : "";
    String previous = t.at(from).line() ? "" : t.at(from - 1).text();
    if (next.equals("of")) {
      String noun =
          t.at(to + 1).is("the") || t.at(to + 1).is("its")
              ? t.at(to + 2).text()
              : t.at(to + 1).text();
      return frame == Frame.BARE ? !ACCESS.contains(noun) : RECORDS.contains(noun);
    }
    if (RECORDS.contains(next) && !ACCESS.contains(next)) {
      return true;
    }
    boolean attributive = hyphenated(t, from, to) || singular(t, from, to);
    boolean noun =
        after.word() && same && !Followers.MAY_FOLLOW.contains(next) && !ACCESS.contains(next);
    if (frame == Frame.WITHIN && ANSWERS.contains(previous)) {
      return true;
    }
    if (frame != Frame.BARE) {
      return frame != Frame.WITHIN && attributive && noun && LENGTH_AFTER.contains(next);
    }
    if ((LENGTH_AFTER.contains(next) && !next.equals("in"))
        || LENGTH_BEFORE.contains(said(t, from))) {
      return true;
    }
    boolean offset = next.equals("after") || next.equals("before") || next.equals("following");
    boolean share = t.at(from - 1).is("of") && FRACTIONS.contains(t.at(from - 2).text());
    if (offset || (share && !t.at(from).line())) {
      return true;
    }
    boolean idiom = t.at(from).is("one") && t.at(to - 1).is("day") && to - from == 2;
    if (t.at(from).is("a") || t.at(from).is("an") || idiom) {
      boolean clause = idiom && after.word() && same && !ONE_DAY.contains(next);
      boolean listed = t.at(from).line() || t.at(from - 1).kind() == Token.Kind.MARK;
      return rate(t, from) || (noun && (!listed || t.at(to - 1).is("second"))) || clause;
    }
    return attributive && noun;
  }

  /** The word before, or before of, is, an equals sign or a colon: an SLA of 4 hours. */
  private static String said(Tokens t, int from) {
    int at = from - 1;
    while (at > from - 3 && LINKS.contains(t.at(at).text()) && !t.at(at).line()) {
      at--;
    }
    return t.at(from).line() ? "" : t.at(at).text();
  }

  /** A day, an hour after a number or a plural: 200 rows a day. */
  private static boolean rate(Tokens t, int from) {
    Token before = t.at(from - 1);
    boolean start = t.at(from).line() || before.kind() == Token.Kind.MARK;
    return !start
        && (before.number()
            || before.text().endsWith("s")
            || before.is("once")
            || before.is("twice")
            || before.is("half"));
  }

  private static boolean hyphenated(Tokens t, int from, int to) {
    for (int i = from; i < to - 1; i++) {
      if (t.at(i + 1).is("-") && !t.at(i + 1).gap() && t.at(to - 1).word()) {
        return true;
      }
    }
    return false;
  }

  private static boolean singular(Tokens t, int from, int to) {
    String unit = t.at(to - 1).text();
    Token number = t.at(to - 2);
    boolean many =
        (number.number() && !number.is("1"))
            || (number.word() && !number.is("one") && !number.is("a") && !number.is("an"));
    return to - from >= 2
        && unit.length() > 2
        && !unit.endsWith("s")
        && many
        && Unit.named(unit).isPresent();
  }

  private static boolean day(Tokens t, int from, int to, Frame frame) {
    boolean strong = frame == Frame.RANGE || frame == Frame.UNTIL;
    if (possessive(t, to) && !strong) {
      return true;
    }
    if (!strong && named(t, from, to)) {
      return true;
    }
    boolean weak =
        frame == Frame.BARE || frame == Frame.ON || frame == Frame.IN || frame == Frame.BY;
    if (t.at(from - 1).is("long") && !t.at(from).line()) {
      return true;
    }
    boolean numbers = frame == Frame.BARE && t.at(to - 2).is("/") && to - from == 3;
    if (numbers && noun(t, to)) {
      return true;
    }
    return weak && !t.at(from).line() && HAPPENED.contains(t.at(from - 1).text());
  }

  static boolean possessive(Tokens t, int to) {
    return t.at(to).is("'") && t.at(to + 1).is("s") && !t.at(to + 1).gap();
  }

  /** Whether a weekday, month, quarter or year here is the first part of a name: the Friday run. */
  static boolean named(Tokens t, int from, int to) {
    if (!noun(t, to)) {
      return false;
    }
    Cursor last = new Cursor(t, to - 1);
    if (CalendarNames.weekday(last).isPresent()) {
      return !t.at(to - 1).text().isEmpty();
    }
    Token end = t.at(to - 1);
    boolean month = CalendarNames.month(new Cursor(t, to - 1)).isPresent();
    boolean dated = t.at(to - 2).number() || Numbers.ordinal(new Cursor(t, to - 2)).isPresent();
    boolean quarter =
        (end.number() && !end.gap() && t.at(to - 2).word()) || end.is("quarter") || end.is("year");
    boolean year = end.number() && end.text().length() == 4;
    return (month && !dated) || quarter || (year && to - from <= 2);
  }

  private static boolean noun(Tokens t, int to) {
    Token after = t.at(to);
    boolean hyphen = after.is("-") && !after.gap() && t.at(to + 1).word() && !t.at(to + 1).gap();
    return hyphen
        || (after.word()
            && !after.line()
            && !Followers.MAY_FOLLOW.contains(after.text())
            && !NOUN_OK.contains(after.text()));
  }
}

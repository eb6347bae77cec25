package dev.writ.duration;

import java.util.Optional;
import java.util.Set;

/** Times that are over, which give no access: last week, three days ago, since Monday. */
final class PastGrammar {
  private static final Set<String> OVER = Set.of("last", "past", "previous", "prior", "preceding");

  private PastGrammar() {}

  static Optional<Framed> read(Cursor c, LengthGrammar lengths, DayGrammar days) {
    return c.first(
            PastGrammar::yesterday,
            d -> ago(d, lengths),
            d -> since(d, days),
            d -> over(d, lengths))
        .map(w -> Framed.nothing(Frame.BARE));
  }

  private static Optional<Boolean> of(boolean fits) {
    return fits ? Optional.of(true) : Optional.empty();
  }

  private static Optional<Boolean> yesterday(Cursor c) {
    c.take("the day before");
    c.take("from", "on", "since", "of", "as of");
    return of(
        c.take(
            "yesterday",
            "last night",
            "earlier today",
            "this past",
            "earlier this week",
            "earlier this month",
            "earlier this year",
            "to date",
            "so far",
            "year to date",
            "ytd",
            "mtd"));
  }

  private static Optional<Boolean> ago(Cursor c, LengthGrammar lengths) {
    boolean read = c.maybe(lengths::read).isPresent();
    return of(
        read && c.take("ago", "back", "earlier", "before yesterday", "before today", "before now"));
  }

  private static Optional<Boolean> since(Cursor c, DayGrammar days) {
    return of(c.take("since", "dating from", "dated") && c.maybe(days::read).isPresent());
  }

  private static Optional<Boolean> over(Cursor c, LengthGrammar lengths) {
    c.take("for", "over", "in", "during", "from", "within", "of", "on", "across");
    c.take("the", "this", "our", "my", "these");
    boolean counted = false;
    int back = c.at();
    if (Numbers.amount(c).isPresent() && OVER.contains(c.now().text())) {
      counted = true;
    } else {
      c.to(back);
    }
    if (c.word(OVER).isEmpty()) {
      return Optional.empty();
    }
    boolean last = c.before().is("last");
    c.take("few", "couple of", "several", "two or three");
    boolean unit =
        c.maybe(lengths::read).isPresent()
            || c.maybe(PastGrammar::unit).isPresent()
            || (!counted && c.maybe(CalendarNames::weekday).isPresent())
            || (!counted && c.maybe(CalendarNames::month).isPresent());
    boolean more = last && c.sees("of", "in");
    return of(unit && !more);
  }

  private static Optional<Boolean> unit(Cursor c) {
    c.take("working", "business", "calendar", "fiscal", "financial");
    String word = c.now().text();
    boolean fits =
        word.length() > 2
            && (Unit.named(word).isPresent()
                || word.equals("weekend")
                || word.equals("summer")
                || word.equals("winter"));
    if (fits) {
      c.step();
      c.maybe(CalendarNames::weekday);
    }
    return of(fits);
  }
}

package dev.writ.duration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** All phrases about time; at each place the longest wins, and of equal ones the first. */
final class Phrases {
  /** A phrase and the token after it. */
  record Found(Framed framed, int to) {}

  private static final Set<String> VERBS =
      Set.of(
          "is",
          "are",
          "has",
          "have",
          "had",
          "was",
          "were",
          "be",
          "gets",
          "get",
          "goes",
          "ends",
          "end",
          "closes",
          "close",
          "finishes",
          "finish",
          "completes",
          "starts",
          "start",
          "arrives");

  private final WindowGrammar windows;
  private final DayGrammar loose;
  private final DayGrammar framed;
  private final Windows made;
  private final List<Function<Cursor, Optional<Framed>>> rules;
  private final List<Function<Cursor, Optional<Framed>>> wholes;

  Phrases(Almanac almanac) {
    this.windows = new WindowGrammar(almanac);
    this.loose = new DayGrammar(almanac, windows.lengths(), false);
    this.framed = new DayGrammar(almanac, windows.lengths(), true);
    this.made = new Windows(almanac);
    this.rules =
        new ArrayList<>(
            List.of(
                c -> PastGrammar.read(c, windows.lengths(), framed),
                c -> EndlessGrammar.endless(c).map(r -> Framed.of(Frame.FOR, r)),
                c -> EndlessGrammar.vague(c).map(r -> Framed.of(Frame.FOR, r))));
    rules.addAll(windows.rules());
    rules.add(c -> LimitGrammar.read(c, windows.lengths()).map(r -> Framed.of(Frame.LIMIT, r)));
    rules.add(
        c -> loose.read(c).map(w -> made.filled(Frame.BARE, w, c.maybe(WindowGrammar::timeAfter))));
    this.wholes = new ArrayList<>(rules);
    wholes.add(c ->
        framed.read(c).map(w -> made.filled(Frame.BARE, w, c.maybe(WindowGrammar::timeAfter))));
    wholes.add(windows::event);
  }

  List<Function<Cursor, Optional<Framed>>> wholes() {
    return wholes;
  }

  Optional<Found> longest(Tokens tokens, int from) {
    Optional<Found> best = Optional.empty();
    for (Function<Cursor, Optional<Framed>> rule : rules) {
      Cursor c = new Cursor(tokens, from);
      Optional<Framed> framed = rule.apply(c);
      int to = Math.min(c.at(), tokens.size());
      if (framed.isPresent() && to > from && to > best.map(Found::to).orElse(from)) {
        best = Optional.of(new Found(framed.orElseThrow(), to));
      }
    }
    boolean event =
        best.isEmpty()
            || best.filter(b -> b.framed().frame() == Frame.UNTIL && ofName(tokens, from, b))
                .isPresent();
    if (!event) {
      return best;
    }
    Cursor c = new Cursor(tokens, from);
    Optional<Framed> found = windows.event(c);
    Optional<Found> plain = best;
    return found.map(f -> new Found(f, c.at())).or(() -> plain);
  }

  /** Whether the day is the first word of what ends the access: until Friday tests are done. */
  private static boolean ofName(Tokens tokens, int from, Found found) {
    boolean clause = false;
    for (int i = found.to();
        i < found.to() + 6 && tokens.at(i).word() && !tokens.at(i).line();
        i++) {
      clause |= VERBS.contains(tokens.at(i).text());
    }
    return clause && Elsewhere.named(tokens, from, found.to());
  }
}

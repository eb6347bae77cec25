package dev.writ.duration;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers in figures and words: cardinals, ordinals, fractions. At most six digits. */
final class Numbers {
  private static final List<String> SMALL =
      List.of(
          "zero",
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen",
          "seventeen",
          "eighteen",
          "nineteen");
  private static final List<String> TENS =
      List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
  private static final List<String> ORDINALS =
      List.of(
          "first",
          "second",
          "third",
          "fourth",
          "fifth",
          "sixth",
          "seventh",
          "eighth",
          "ninth",
          "tenth",
          "eleventh",
          "twelfth",
          "thirteenth",
          "fourteenth",
          "fifteenth",
          "sixteenth",
          "seventeenth",
          "eighteenth",
          "nineteenth",
          "twentieth");

  /** One sign each, as folding leaves it. */
  private static final Map<String, Amount> VULGAR =
      Map.of(
          "1/2", new Amount(1, 2),
          "1/4", new Amount(1, 4),
          "3/4", new Amount(3, 4),
          "1/3", new Amount(1, 3),
          "2/3", new Amount(2, 3));

  private static final String GLUE = "_-./#@&$€£+\\%*'";
  private static final String MONEY = "$€£#";

  private Numbers() {}

  /** Whether a number here is one of its own, not a piece of a name, a version or an amount. */
  static boolean loose(Cursor c) {
    Token before = c.before();
    if (!before.text().isEmpty() && MONEY.contains(before.text())) {
      return false;
    }
    return c.now().gap()
        || (before.kind() == Token.Kind.MARK
            && (!GLUE.contains(before.text())
                || (before.gap() && !c.tokens().at(c.at() - 2).is("-"))
                || before.text().isEmpty()));
  }

  /** The same, or joined to another end: 3/5-14/5. */
  static boolean loose(Cursor c, boolean framed) {
    return loose(c) || (framed && (c.before().is("-") || c.before().is("/") || c.before().is(".")));
  }

  /** A number in figures or words, perhaps with a fraction: 3, 2.5, ½, 1 1/2, twenty-five. */
  static Optional<Amount> amount(Cursor c) {
    Optional<Amount> found =
        c.first(Numbers::figures, Numbers::vulgar, Numbers::dozen, Numbers::inWords);
    found.ifPresent(n -> echo(c));
    return found;
  }

  /**
   * A number word with a letter too many, too few or swapped: fuor. It is one only where the next
   * word says so.
   */
  static Optional<Amount> slipped(Cursor c) {
    String word = c.now().text();
    if (!c.now().word() || word.length() < 4) {
      return Optional.empty();
    }
    Optional<Amount> found =
        slip(SMALL, word)
            .map(Amount::of)
            .or(() -> slip(TENS, word).map(ten -> Amount.of((ten + 2) * 10L)));
    found.ifPresent(n -> c.step());
    return found;
  }

  private static Optional<Integer> slip(List<String> names, String word) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean changed = name.length() == word.length() && !Slips.swapped(name, word);
      if (name.length() >= 4 && !changed && Slips.one(name, word)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** A whole number from 1 to 999,999. */
  static Optional<Integer> count(Cursor c) {
    return c.maybe(
        d -> amount(d).filter(n -> n.whole() && n.top() > 0).map(n -> Math.toIntExact(n.top())));
  }

  /** An ordinal from 1 to 99: 3rd, third, twenty-first. */
  static Optional<Integer> ordinal(Cursor c) {
    return c.first(Numbers::ordinalFigures, Numbers::ordinalWords);
  }

  private static Optional<Integer> ordinalFigures(Cursor c) {
    Token number = c.now();
    Token suffix = c.ahead(1);
    boolean fits =
        number.number()
            && number.text().length() <= 2
            && !suffix.gap()
            && (suffix.is("st") || suffix.is("nd") || suffix.is("rd") || suffix.is("th"));
    if (!fits) {
      return Optional.empty();
    }
    c.to(c.at() + 2);
    return Optional.of(Integer.parseInt(number.text()));
  }

  private static Optional<Integer> ordinalWords(Cursor c) {
    String word = c.now().text();
    int small = ORDINALS.indexOf(word);
    if (small >= 0) {
      c.step();
      return Optional.of(small + 1);
    }
    if (word.equals("thirtieth")) {
      c.step();
      return Optional.of(30);
    }
    int ten = TENS.indexOf(word);
    if (ten < 0) {
      return Optional.empty();
    }
    int next = c.ahead(1).is("-") ? 2 : 1;
    int one = ORDINALS.indexOf(c.ahead(next).text());
    if (one < 0 || one > 8) {
      return Optional.empty();
    }
    c.to(c.at() + next + 1);
    return Optional.of((ten + 2) * 10 + one + 1);
  }

  private static Optional<Amount> figures(Cursor c) {
    Token number = c.now();
    if (!number.number() || number.text().length() > 6 || !loose(c)) {
      return Optional.empty();
    }
    long whole = Long.parseLong(number.text());
    c.step();
    Token mark = c.now();
    Token next = c.ahead(1);
    if (mark.is("/") && next.number()) {
      return below(c, whole);
    }
    if (!mark.gap() && next.number() && !next.gap() && (mark.is(".") || mark.is(","))) {
      return decimal(c, whole, mark.is(",") && next.text().length() == 3);
    }
    if (next.number() && mark.number()) {
      return Optional.of(Amount.of(whole));
    }
    return Optional.of(
        c.maybe(Numbers::part).map(p -> Amount.of(whole).plus(p)).orElse(Amount.of(whole)));
  }

  /** A fraction after a whole number: 1½, 1 1/2. */
  private static Optional<Amount> part(Cursor c) {
    Optional<Amount> vulgar = vulgar(c);
    if (vulgar.isPresent()) {
      return vulgar;
    }
    Token number = c.now();
    if (!number.number() || number.text().length() > 1 || !c.ahead(1).is("/")) {
      return Optional.empty();
    }
    c.step();
    return below(c, Long.parseLong(number.text())).filter(n -> n.top() < n.under());
  }

  private static Optional<Amount> below(Cursor c, long top) {
    Token under = c.ahead(1);
    if (under.gap() || c.now().gap() || under.text().length() > 1 || under.is("0") || top > 9) {
      return Optional.empty();
    }
    c.to(c.at() + 2);
    return Optional.of(new Amount(top, Long.parseLong(under.text())));
  }

  private static Optional<Amount> decimal(Cursor c, long whole, boolean thousands) {
    String digits = c.ahead(1).text();
    if (digits.length() > 3
        || (whole > 999 && thousands)
        || (c.ahead(2).is(".") && c.ahead(3).number())) {
      return Optional.empty();
    }
    c.to(c.at() + 2);
    long rest = Long.parseLong(digits);
    if (thousands) {
      return Optional.of(Amount.of(whole * 1000 + rest));
    }
    long under = digits.length() == 1 ? 10 : digits.length() == 2 ? 100 : 1000;
    return Optional.of(new Amount(whole * under + rest, under));
  }

  private static Optional<Amount> vulgar(Cursor c) {
    Amount part = VULGAR.get(c.now().text());
    if (part != null) {
      c.step();
    }
    return Optional.ofNullable(part);
  }

  private static Optional<Amount> dozen(Cursor c) {
    if (c.take("half a dozen", "half dozen")) {
      return Optional.of(Amount.of(6));
    }
    return c.take("a dozen", "one dozen", "dozen") ? Optional.of(Amount.of(12)) : Optional.empty();
  }

  private static Optional<Amount> inWords(Cursor c) {
    Optional<Integer> thousands = c.maybe(Numbers::hundreds);
    if (thousands.isEmpty() && !c.sees("a thousand")) {
      return Optional.empty();
    }
    if (!c.take("thousand", "a thousand")) {
      return thousands.map(Amount::of);
    }
    int more = c.maybe(Numbers::more).orElse(0);
    return Optional.of(Amount.of(thousands.orElse(1) * 1000L + more));
  }

  private static Optional<Integer> more(Cursor c) {
    c.take("and");
    return hundreds(c);
  }

  private static Optional<Integer> hundreds(Cursor c) {
    if (c.take("a hundred")) {
      return Optional.of(100 + c.maybe(Numbers::moreTens).orElse(0));
    }
    Optional<Integer> first = tens(c);
    if (first.isPresent() && first.orElseThrow() < 20 && c.take("hundred")) {
      return Optional.of(first.orElseThrow() * 100 + c.maybe(Numbers::moreTens).orElse(0));
    }
    return first;
  }

  private static Optional<Integer> moreTens(Cursor c) {
    c.take("and");
    return tens(c);
  }

  private static Optional<Integer> tens(Cursor c) {
    String word = c.now().text();
    int small = SMALL.indexOf(word);
    if (small >= 0) {
      c.step();
      return Optional.of(small);
    }
    int ten = TENS.indexOf(word);
    if (ten < 0) {
      return Optional.empty();
    }
    c.step();
    int from = c.at();
    if (!c.take("-")) {
      c.take("and");
    }
    int one = SMALL.indexOf(c.now().text());
    if (one < 1 || one > 9) {
      c.to(from);
      one = 0;
    } else {
      c.step();
    }
    return Optional.of((ten + 2) * 10 + one);
  }

  /** The same number again in brackets, as formal letters write it: five (5). */
  private static void echo(Cursor c) {
    if (c.now().is("(")
        && (c.ahead(1).number() || SMALL.contains(c.ahead(1).text()))
        && c.ahead(2).is(")")) {
      c.to(c.at() + 3);
    }
  }
}

package dev.writ.duration;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text as tokens, in time linear in its length. Letters make a word, decimal digits a number,
 * anything else that is seen is a mark of one code point; invisible characters are passed over.
 */
final class Tokens {
  private static final Token BEFORE = new Token(Token.Kind.MARK, "", 0, 0, true, true);

  private final List<Token> list;
  private final Token end;
  private final int[] source;

  private Tokens(List<Token> list, int[] source) {
    this.list = list;
    this.source = source;
    this.end = new Token(Token.Kind.MARK, "", source.length, source.length, true, true);
  }

  static Tokens of(String text, int limit) {
    int[] points = text.codePoints().limit(limit).toArray();
    List<Token> out = new ArrayList<>();
    boolean gap = true;
    boolean line = true;
    for (int i = 0; i < points.length; ) {
      int c = points[i];
      if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85) {
        gap = true;
        line = true;
        i++;
      } else if (space(c)) {
        gap = true;
        i++;
      } else if (hidden(c)) {
        i++;
      } else {
        int to = i + 1;
        Token.Kind kind = kind(c);
        if (kind != Token.Kind.MARK) {
          while (to < points.length && (kind(points[to]) == kind || joins(points[to]))) {
            to++;
          }
        }
        out.add(new Token(kind, fold(points, i, to), i, to, gap, line));
        gap = false;
        line = false;
        i = to;
      }
    }
    return new Tokens(List.copyOf(out), points);
  }

  int size() {
    return list.size();
  }

  /** The token at a place; beyond both ends an empty mark. */
  Token at(int i) {
    return i < 0 ? BEFORE : i < list.size() ? list.get(i) : end;
  }

  /** The words from one token up to another as they were written, in at most 200 code points. */
  String written(int from, int to) {
    int start = at(from).start();
    int stop = Math.min(Math.max(start, at(to - 1).end()), start + 200);
    return new String(source, start, stop - start).strip();
  }

  private static boolean space(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean hidden(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.CONTROL
        || type == Character.SURROGATE
        || joins(c);
  }

  private static boolean joins(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || c == 0xAD;
  }

  private static Token.Kind kind(int c) {
    return Character.isLetter(c)
        ? Token.Kind.WORD
        : Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER
            ? Token.Kind.NUMBER
            : Token.Kind.MARK;
  }

  private static String fold(int[] points, int from, int to) {
    StringBuilder raw = new StringBuilder();
    for (int i = from; i < to; i++) {
      int digit = Character.digit(points[i], 10);
      raw.appendCodePoint(digit >= 0 ? '0' + digit : points[i]);
    }
    String folded = Normalizer.normalize(raw, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder out = new StringBuilder(folded.length());
    folded.codePoints().filter(c -> !joins(c)).forEach(c -> out.appendCodePoint(plain(c)));
    return out.toString();
  }

  private static int plain(int c) {
    return switch (c) {
      case '‘', '’', 'ʼ' -> '\'';
      case '‐', '‑', '‒', '–', '—', '−' -> '-';
      case '\u2044' -> '/';
      default -> c;
    };
  }
}

package dev.writ.duration;

/**
 * One word, number or mark of a text.
 *
 * @param text folded: accents away, compatible forms made one, lower case
 * @param start first code point in the text as it was written
 * @param end code point after the last
 * @param gap whether white space (or the text's beginning) stands before it
 * @param line whether a line begins with it
 */
record Token(Kind kind, String text, int start, int end, boolean gap, boolean line) {
  /** What a token is made of. */
  enum Kind {
    WORD,
    NUMBER,
    MARK
  }

  boolean is(String wanted) {
    return text.equals(wanted);
  }

  boolean word() {
    return kind == Kind.WORD;
  }

  boolean number() {
    return kind == Kind.NUMBER;
  }
}

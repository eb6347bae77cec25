package dev.writ.draft;

/**
 * Words of a prompt, verbatim.
 *
 * @param start first code point
 * @param end after the last code point
 */
public record Quote(int start, int end, String text) {
  public Quote {
    if (start < 0 || text.codePointCount(0, text.length()) != end - start || end == start) {
      throw new IllegalArgumentException("not a quote of " + (end - start) + " code points");
    }
  }
}

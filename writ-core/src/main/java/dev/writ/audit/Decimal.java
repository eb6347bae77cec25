package dev.writ.audit;

import java.util.OptionalLong;

/** Sizes and positions as the log formats write them: ASCII digits without leading zeroes. */
final class Decimal {
  private static final int LONGEST = 19;

  private Decimal() {}

  /** Nothing for signs, leading zeroes, other digits and numbers above 2^63 − 1. */
  static OptionalLong parse(String text) {
    if (text.isEmpty()
        || text.length() > LONGEST
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')
        || (text.length() > 1 && text.charAt(0) == '0')) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}

package dev.writ.duration;

/**
 * A number of units, a fraction in lowest terms, not negative.
 *
 * @param top at most a million million
 * @param under from 1 to a million
 */
record Amount(long top, long under) {
  static final Amount ONE = new Amount(1, 1);

  Amount {
    if (top < 0 || under < 1 || top > 1_000_000_000_000L || under > 1_000_000) {
      throw new IllegalArgumentException(top + "/" + under);
    }
    long common = common(top, under);
    top /= common;
    under /= common;
  }

  static Amount of(long whole) {
    return new Amount(whole, 1);
  }

  Amount plus(Amount other) {
    return new Amount(top * other.under + other.top * under, under * other.under);
  }

  boolean whole() {
    return under == 1;
  }

  private static long common(long a, long b) {
    return b == 0 ? Math.max(1, a) : common(b, a % b);
  }
}

package dev.writ.labels;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How often something was found rightly, wrongly, and not at all.
 *
 * @param right true positives
 * @param extra false positives
 * @param missed false negatives
 */
public record Count(int right, int extra, int missed) {
  static final Count NONE = new Count(0, 0, 0);

  Count plus(int more, int moreExtra, int moreMissed) {
    return new Count(right + more, extra + moreExtra, missed + moreMissed);
  }

  /** The share of what was found that is right; 1 where nothing was found. */
  public double precision() {
    return right + extra == 0 ? 1 : (double) right / (right + extra);
  }

  /** The share of what there is that was found; 1 where there was nothing to find. */
  public double recall() {
    return right + missed == 0 ? 1 : (double) right / (right + missed);
  }

  /** The harmonic mean of both; 1 where there is nothing. */
  public double f1() {
    return right + extra + missed == 0 ? 1 : 2.0 * right / (2.0 * right + extra + missed);
  }

  String line(String title) {
    return padded(title, 34)
        + " P "
        + places(precision(), 3)
        + " R "
        + places(recall(), 3)
        + " F1 "
        + places(f1(), 3);
  }

  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  static String places(double value, int places) {
    return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
  }
}

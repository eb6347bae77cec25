package dev.writ.cli.bench;

import dev.writ.base.Json;

/** Shares as they are printed. */
final class Figures {
  private Figures() {}

  /** A part of a whole, to four places; nothing of nothing is 0. */
  static Json.Real share(int part, int whole) {
    return new Json.Real(Math.round(part * 10_000.0 / Math.max(1, whole)) / 10_000.0);
  }

  /** A number to three places. */
  static Json.Real thousandths(double value) {
    return new Json.Real(Math.round(value * 1_000) / 1_000.0);
  }
}

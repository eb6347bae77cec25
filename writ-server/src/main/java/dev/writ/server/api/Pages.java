package dev.writ.server.api;

/** Bounds of lists. */
final class Pages {
  /** Most items of one list. */
  static final int MOST = 1_000;

  private Pages() {}
}

package dev.writ.server.http;

/** A group of endpoints that speak one dialect of refusal. */
public interface Door {
  /** A short stable name, under which strangers' refusals are counted: {@code oauth}. */
  String name();

  /** How the door says no. */
  Dialect dialect();

  /** Lists the endpoints; called once, before the server listens. */
  void open(Routes routes);

  /** A dialect of refusal. */
  enum Dialect {
    /** RFC 9457 problem details. */
    PROBLEM,
    /** OAuth error JSON (RFC 6749, section 5.2). */
    OAUTH
  }
}

package dev.writ.server.main;

import java.io.Serial;

/**
 * This server does not start. Its message says what stands in the way, the remedy what to do, for
 * the person who typed the command.
 */
public final class StartRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String name;
  private final String remedy;

  /**
   * @param name a stable name with a page in {@code docs/problems/}
   */
  StartRefused(String name, String what, String remedy) {
    super(what);
    this.name = name;
    this.remedy = remedy;
  }

  StartRefused(String name, String what, String remedy, Throwable cause) {
    super(what, cause);
    this.name = name;
    this.remedy = remedy;
  }

  public String name() {
    return name;
  }

  public String remedy() {
    return remedy;
  }
}

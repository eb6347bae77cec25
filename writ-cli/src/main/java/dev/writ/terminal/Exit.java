package dev.writ.terminal;

/** How a command ends. */
public enum Exit {
  OK(0, "it worked"),
  REFUSED(1, "Writ understood and said no, or nothing was verified"),
  INPUT(2, "the input or the command line is wrong"),
  CANNOT_RUN(3, "this machine or folder cannot run it"),
  SERVER(4, "the server cannot be reached, or cannot decide now");

  private final int status;
  private final String sentence;

  Exit(int status, String sentence) {
    this.status = status;
    this.sentence = sentence;
  }

  /** The process's exit status. */
  public int status() {
    return status;
  }

  /** What it means. */
  public String sentence() {
    return sentence;
  }

  /** What an HTTP status of the API means to a command. */
  static Exit ofHttp(int status) {
    return switch (status) {
      case 400, 413, 415, 422 -> INPUT;
      case 429 -> SERVER;
      default -> status >= 500 ? SERVER : REFUSED;
    };
  }
}

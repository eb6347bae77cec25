package dev.writ.policy;

import java.util.Optional;

/** The functions and methods of Cedar's extension types. */
public enum Function {
  DECIMAL("decimal", Style.FUNCTION, 1),
  IP("ip", Style.FUNCTION, 1),
  DATETIME("datetime", Style.FUNCTION, 1),
  DURATION("duration", Style.FUNCTION, 1),
  LESS_THAN("lessThan", Style.METHOD, 2),
  LESS_THAN_OR_EQUAL("lessThanOrEqual", Style.METHOD, 2),
  GREATER_THAN("greaterThan", Style.METHOD, 2),
  GREATER_THAN_OR_EQUAL("greaterThanOrEqual", Style.METHOD, 2),
  IS_IPV4("isIpv4", Style.METHOD, 1),
  IS_IPV6("isIpv6", Style.METHOD, 1),
  IS_LOOPBACK("isLoopback", Style.METHOD, 1),
  IS_MULTICAST("isMulticast", Style.METHOD, 1),
  IS_IN_RANGE("isInRange", Style.METHOD, 2),
  OFFSET("offset", Style.METHOD, 2),
  DURATION_SINCE("durationSince", Style.METHOD, 2),
  TO_DATE("toDate", Style.METHOD, 1),
  TO_TIME("toTime", Style.METHOD, 1),
  TO_MILLISECONDS("toMilliseconds", Style.METHOD, 1),
  TO_SECONDS("toSeconds", Style.METHOD, 1),
  TO_MINUTES("toMinutes", Style.METHOD, 1),
  TO_HOURS("toHours", Style.METHOD, 1),
  TO_DAYS("toDays", Style.METHOD, 1);

  private enum Style {
    FUNCTION,
    METHOD
  }

  private final String word;
  private final Style style;
  private final int arity;

  Function(String word, Style style, int arity) {
    this.word = word;
    this.style = style;
    this.arity = arity;
  }

  /** The word of the policy language. */
  public String word() {
    return word;
  }

  /** Whether it is written {@code receiver.name(...)}; the receiver counts as an argument. */
  public boolean isMethod() {
    return style == Style.METHOD;
  }

  /** The number of arguments, the receiver included. */
  public int arity() {
    return arity;
  }

  /** The function of this name. */
  static Optional<Function> named(String word) {
    for (Function function : values()) {
      if (function.word.equals(word)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }
}

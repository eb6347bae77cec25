package dev.writ.catalogue;

import java.util.Locale;
import java.util.Objects;

/**
 * Where in a call's arguments a value is, and what it must be. A call that lacks it is refused,
 * unless it is optional; then the attribute is absent.
 *
 * @param most longest text in characters, or most items of a list
 */
public record Argument(JsonPointer pointer, Type type, int most, boolean optional) {
  /** The bound where the catalogue gives none. */
  public static final int DEFAULT_MOST = 256;

  /** The bound of bounds. */
  public static final int LARGEST_MOST = 4_096;

  /** What the value is, and as what policies see it. */
  public enum Type {
    /** A string. */
    TEXT,
    /** A list of strings, as a set. */
    TEXTS,
    /** An integer within ±(2^53 − 1), as a long. */
    INTEGER,
    /** A number or numeral with at most four places, as a decimal. */
    DECIMAL,
    BOOLEAN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Argument {
    Objects.requireNonNull(pointer);
    if (most < 1 || most > LARGEST_MOST) {
      throw new IllegalArgumentException("an argument's bound is 1 to " + LARGEST_MOST);
    }
  }
}

package dev.writ.form;

import java.util.regex.Pattern;

/**
 * The names of catalogue entries and of the lines that refer to them: what may stand in an entity
 * id, a path and a URL without being escaped or mistaken.
 */
public final class Names {
  /** The remedy for a name that is not well-formed. */
  public static final String RULE =
      "names have 1 to 128 ASCII letters, digits, `.`, `_`, `-`, `@`, `/`; they start and end with"
          + " a letter or digit and hold no `//`";

  private static final Pattern WELL_FORMED =
      Pattern.compile("[A-Za-z0-9](?:(?:[A-Za-z0-9._@-]|/(?!/)){0,126}[A-Za-z0-9])?");

  private Names() {}

  public static boolean wellFormed(String name) {
    return WELL_FORMED.matcher(name).matches();
  }

  /** The name, or {@link IllegalArgumentException}. */
  public static String require(String name) {
    if (!wellFormed(name)) {
      throw new IllegalArgumentException("not a name: " + name + "; " + RULE);
    }
    return name;
  }
}

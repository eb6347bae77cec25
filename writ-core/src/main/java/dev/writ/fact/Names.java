package dev.writ.fact;

import java.util.Locale;

/** How closed vocabularies are written in facts: lower case, hyphens. */
public final class Names {
  private Names() {}

  /** {@code NOT_SENT} is written {@code not-sent}. */
  public static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package dev.writ.draft;

import java.util.Locale;

/** The seven things that every request for access has to say. */
public enum Slot {
  SUBJECT,
  OWNER,
  PURPOSE,
  RESOURCE,
  ACTION,
  ENVIRONMENT,
  DURATION;

  /** As it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

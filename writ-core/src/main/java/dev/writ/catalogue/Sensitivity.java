package dev.writ.catalogue;

import java.util.Locale;

/** How much harm the loss of a resource's data does, least first. */
public enum Sensitivity {
  INTERNAL,
  CONFIDENTIAL,
  RESTRICTED;

  /** As the catalogue and policies write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

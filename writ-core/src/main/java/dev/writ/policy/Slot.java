package dev.writ.policy;

/** A place in a template's scope that a link fills with an entity. */
public enum Slot {
  PRINCIPAL("?principal"),
  RESOURCE("?resource");

  private final String word;

  Slot(String word) {
    this.word = word;
  }

  /** The word of the policy language. */
  public String word() {
    return word;
  }
}

package dev.writ.policy;

/** What a policy does with the requests it matches. */
public enum Effect {
  PERMIT("permit"),
  FORBID("forbid");

  private final String word;

  Effect(String word) {
    this.word = word;
  }

  /** The word of the policy language. */
  public String word() {
    return word;
  }
}

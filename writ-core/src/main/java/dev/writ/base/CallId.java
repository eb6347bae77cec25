package dev.writ.base;

/** The id of one tool call and its decision. */
public record CallId(String value) implements Id {
  private static final String PREFIX = "cal_";

  public CallId {
    Id.require(PREFIX, value);
  }

  public static CallId fresh(Entropy entropy) {
    return new CallId(Id.random(PREFIX, entropy));
  }

  public static Parsed<CallId> parse(String text) {
    return Id.wellFormed(PREFIX, text) ? Parsed.ok(new CallId(text)) : Id.refuse(PREFIX, text);
  }

  @Override
  public String toString() {
    return value;
  }
}

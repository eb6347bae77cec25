package dev.writ.base;

/** The id of a sealed payload. */
public record PayloadId(String value) implements Id {
  private static final String PREFIX = "pl_";

  public PayloadId {
    Id.require(PREFIX, value);
  }

  public static PayloadId fresh(Entropy entropy) {
    return new PayloadId(Id.random(PREFIX, entropy));
  }

  public static Parsed<PayloadId> parse(String text) {
    return Id.wellFormed(PREFIX, text) ? Parsed.ok(new PayloadId(text)) : Id.refuse(PREFIX, text);
  }

  @Override
  public String toString() {
    return value;
  }
}

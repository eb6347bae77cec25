package dev.writ.base;

/** The id of a workload's enrolled public key. */
public record KeyId(String value) implements Id {
  private static final String PREFIX = "key_";

  public KeyId {
    Id.require(PREFIX, value);
  }

  public static KeyId fresh(Entropy entropy) {
    return new KeyId(Id.random(PREFIX, entropy));
  }

  public static Parsed<KeyId> parse(String text) {
    return Id.wellFormed(PREFIX, text) ? Parsed.ok(new KeyId(text)) : Id.refuse(PREFIX, text);
  }

  @Override
  public String toString() {
    return value;
  }
}

package dev.writ.base;

/** The id of a task token; its {@code jti}. */
public record TokenId(String value) implements Id {
  private static final String PREFIX = "tok_";

  public TokenId {
    Id.require(PREFIX, value);
  }

  public static TokenId fresh(Entropy entropy) {
    return new TokenId(Id.random(PREFIX, entropy));
  }

  public static Parsed<TokenId> parse(String text) {
    return Id.wellFormed(PREFIX, text) ? Parsed.ok(new TokenId(text)) : Id.refuse(PREFIX, text);
  }

  @Override
  public String toString() {
    return value;
  }
}

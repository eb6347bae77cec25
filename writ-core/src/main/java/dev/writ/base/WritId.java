package dev.writ.base;

/** The id of a writ: an approved spec in force. */
public record WritId(String value) implements Id {
  private static final String PREFIX = "wrt_";

  public WritId {
    Id.require(PREFIX, value);
  }

  public static WritId fresh(Entropy entropy) {
    return new WritId(Id.random(PREFIX, entropy));
  }

  public static Parsed<WritId> parse(String text) {
    return Id.wellFormed(PREFIX, text) ? Parsed.ok(new WritId(text)) : Id.refuse(PREFIX, text);
  }

  @Override
  public String toString() {
    return value;
  }
}

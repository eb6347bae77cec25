package dev.writ.base;

/** The id of one server process with its own file of acknowledged checkpoints. */
public record NodeId(String value) implements Id {
  private static final String PREFIX = "nod_";

  public NodeId {
    Id.require(PREFIX, value);
  }

  public static NodeId fresh(Entropy entropy) {
    return new NodeId(Id.random(PREFIX, entropy));
  }

  public static Parsed<NodeId> parse(String text) {
    return Id.wellFormed(PREFIX, text) ? Parsed.ok(new NodeId(text)) : Id.refuse(PREFIX, text);
  }

  @Override
  public String toString() {
    return value;
  }
}

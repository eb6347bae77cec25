package dev.writ.base;

/** The id of a workflow, the governed unit. */
public record WorkflowId(String value) implements Id {
  private static final String PREFIX = "wf_";

  public WorkflowId {
    Id.require(PREFIX, value);
  }

  public static WorkflowId fresh(Entropy entropy) {
    return new WorkflowId(Id.random(PREFIX, entropy));
  }

  public static Parsed<WorkflowId> parse(String text) {
    return Id.wellFormed(PREFIX, text) ? Parsed.ok(new WorkflowId(text)) : Id.refuse(PREFIX, text);
  }

  @Override
  public String toString() {
    return value;
  }
}

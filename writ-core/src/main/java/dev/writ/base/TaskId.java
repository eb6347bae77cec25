package dev.writ.base;

/** The id of a task: one run by one workload for one requester. */
public record TaskId(String value) implements Id {
  private static final String PREFIX = "tsk_";

  public TaskId {
    Id.require(PREFIX, value);
  }

  public static TaskId fresh(Entropy entropy) {
    return new TaskId(Id.random(PREFIX, entropy));
  }

  public static Parsed<TaskId> parse(String text) {
    return Id.wellFormed(PREFIX, text) ? Parsed.ok(new TaskId(text)) : Id.refuse(PREFIX, text);
  }

  @Override
  public String toString() {
    return value;
  }
}

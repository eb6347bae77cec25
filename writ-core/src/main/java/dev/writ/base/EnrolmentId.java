package dev.writ.base;

/** The id of a one-time enrolment of a workload's key. */
public record EnrolmentId(String value) implements Id {
  private static final String PREFIX = "enr_";

  public EnrolmentId {
    Id.require(PREFIX, value);
  }

  public static EnrolmentId fresh(Entropy entropy) {
    return new EnrolmentId(Id.random(PREFIX, entropy));
  }

  public static Parsed<EnrolmentId> parse(String text) {
    return Id.wellFormed(PREFIX, text) ? Parsed.ok(new EnrolmentId(text)) : Id.refuse(PREFIX, text);
  }

  @Override
  public String toString() {
    return value;
  }
}

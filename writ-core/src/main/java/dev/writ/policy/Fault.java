package dev.writ.policy;

import dev.writ.base.Text;

/** Ends the evaluation of one policy; carries no stack, for a stranger can cause many. */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final PolicyError.Kind kind;

  private Fault(PolicyError.Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  PolicyError.Kind kind() {
    return kind;
  }

  /** The message, which is never absent. */
  String what() {
    return String.valueOf(getMessage());
  }

  static Fault type(String wanted, Value found) {
    return new Fault(
        PolicyError.Kind.TYPE, "expected " + wanted + ", found " + Text.excerpt(found.typeName()));
  }

  static Fault attribute(String owner, String attribute) {
    return new Fault(
        PolicyError.Kind.ATTRIBUTE, owner + " has no attribute `" + Text.excerpt(attribute) + "`");
  }

  static Fault tag(EntityUid uid, String tag) {
    return new Fault(PolicyError.Kind.TAG, shown(uid) + " has no tag `" + Text.excerpt(tag) + "`");
  }

  static Fault entity(EntityUid uid) {
    return new Fault(PolicyError.Kind.ENTITY, shown(uid) + " is not known");
  }

  static Fault overflow(String operation) {
    return new Fault(
        PolicyError.Kind.OVERFLOW, operation + " does not fit a signed 64-bit integer");
  }

  static Fault extension(Function function, String text) {
    return new Fault(
        PolicyError.Kind.EXTENSION,
        "`" + Text.excerpt(text) + "` is not understood by `" + function.word() + "`");
  }

  static Fault range(Function function) {
    return new Fault(
        PolicyError.Kind.EXTENSION, "the result of `" + function.word() + "` is out of range");
  }

  static Fault arguments(Function function, int given) {
    return new Fault(
        PolicyError.Kind.ARGUMENTS,
        "`" + function.word() + "` takes " + function.arity() + " arguments, not " + given);
  }

  static String shown(EntityUid uid) {
    return "`" + Text.excerpt(uid.toString()) + "`";
  }
}

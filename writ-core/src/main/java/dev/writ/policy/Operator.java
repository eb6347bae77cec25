package dev.writ.policy;

import java.util.Optional;

/** Operators and built-in methods with two operands. */
public enum Operator {
  EQUAL("==", Kind.RELATION),
  NOT_EQUAL("!=", Kind.RELATION),
  LESS("<", Kind.RELATION),
  LESS_OR_EQUAL("<=", Kind.RELATION),
  GREATER(">", Kind.RELATION),
  GREATER_OR_EQUAL(">=", Kind.RELATION),
  IN("in", Kind.RELATION),
  ADD("+", Kind.SUM),
  SUBTRACT("-", Kind.SUM),
  MULTIPLY("*", Kind.PRODUCT),
  CONTAINS("contains", Kind.METHOD),
  CONTAINS_ALL("containsAll", Kind.METHOD),
  CONTAINS_ANY("containsAny", Kind.METHOD),
  HAS_TAG("hasTag", Kind.METHOD),
  GET_TAG("getTag", Kind.METHOD);

  /** How an operator is written and how tightly it binds. */
  enum Kind {
    RELATION,
    SUM,
    PRODUCT,
    METHOD
  }

  private final String word;
  private final Kind kind;

  Operator(String word, Kind kind) {
    this.word = word;
    this.kind = kind;
  }

  /** The word or sign of the policy language. */
  public String word() {
    return word;
  }

  Kind kind() {
    return kind;
  }

  /** The operator of this kind with this word. */
  static Optional<Operator> named(Kind kind, String word) {
    for (Operator operator : values()) {
      if (operator.kind == kind && operator.word.equals(word)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }
}

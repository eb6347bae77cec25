package dev.writ.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An expression of the policy language, as a tree. Other rooms build policies from it with the
 * methods below; {@link #text} prints it. Nothing is evaluated or checked against a schema here.
 */
public sealed interface Expr {
  /** What a request names. */
  enum Variable {
    PRINCIPAL("principal"),
    ACTION("action"),
    RESOURCE("resource"),
    CONTEXT("context");

    private final String word;

    Variable(String word) {
      this.word = word;
    }

    /** The word of the policy language. */
    public String word() {
      return word;
    }
  }

  /** A boolean, integer, text or entity written out. Other values: {@link Expr#of(Value)}. */
  record Literal(Value value) implements Expr {
    public Literal {
      switch (value) {
        case Value.Bool b -> {}
        case Value.Int n -> {}
        case Value.Str s -> {}
        case EntityUid uid -> {}
        case Value.Set s -> throw notLiteral(s);
        case Value.Rec r -> throw notLiteral(r);
        case Value.Decimal d -> throw notLiteral(d);
        case Value.Ip ip -> throw notLiteral(ip);
        case Value.Datetime d -> throw notLiteral(d);
        case Value.Duration d -> throw notLiteral(d);
      }
    }

    private static IllegalArgumentException notLiteral(Value value) {
      return new IllegalArgumentException("a " + value.typeName() + " has no literal");
    }
  }

  /** One of the four variables. */
  record Var(Variable variable) implements Expr {}

  /** Both; the right side is evaluated only when the left is true. */
  record And(Expr left, Expr right) implements Expr {}

  /** Either; the right side is evaluated only when the left is false. */
  record Or(Expr left, Expr right) implements Expr {}

  /** {@code !operand}. */
  record Not(Expr operand) implements Expr {}

  /** {@code -operand}, of an integer. */
  record Negate(Expr operand) implements Expr {}

  /** {@code if condition then yes else no}. */
  record If(Expr condition, Expr yes, Expr no) implements Expr {}

  /** An operator or built-in method with two operands. */
  record Binary(Operator operator, Expr left, Expr right) implements Expr {}

  /** {@code set.isEmpty()}. */
  record IsEmpty(Expr set) implements Expr {}

  /** {@code of.attribute}. */
  record Get(Expr of, String attribute) implements Expr {}

  /** {@code of has a.b.c}; a path of one may be any text, a longer one identifiers. */
  record Has(Expr of, List<String> path) implements Expr {
    public Has {
      path = List.copyOf(path);
      if (path.isEmpty() || (path.size() > 1 && !path.stream().allMatch(Names::isIdentifier))) {
        throw new IllegalArgumentException("not a path of attributes: " + path);
      }
    }
  }

  /** {@code text like "pattern"}. */
  record Like(Expr of, Pattern pattern) implements Expr {}

  /** {@code entity is Type}. */
  record Is(Expr entity, String type) implements Expr {
    public Is {
      requireType(type);
    }
  }

  /** {@code entity is Type in ancestor}. */
  record IsIn(Expr entity, String type, Expr ancestor) implements Expr {
    public IsIn {
      requireType(type);
    }
  }

  /** {@code [a, b]}. */
  record SetOf(List<Expr> items) implements Expr {
    public SetOf {
      items = List.copyOf(items);
    }
  }

  /** <code>{a: x, "b c": y}</code>. */
  record RecordOf(Map<String, Expr> fields) implements Expr {
    public RecordOf {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /** An extension function or method; the receiver of a method is the first argument. */
  record Call(Function function, List<Expr> arguments) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  // --- Building -----------------------------------------------------------------------------

  /** The expression for a value; extension values become calls of their constructors. */
  static Expr of(Value value) {
    return switch (value) {
      case Value.Bool b -> new Literal(b);
      case Value.Int n -> new Literal(n);
      case Value.Str s -> new Literal(s);
      case EntityUid uid -> new Literal(uid);
      case Value.Set(java.util.Set<Value> items) ->
          new SetOf(items.stream().map(Expr::of).toList());
      case Value.Rec(Map<String, Value> fields) -> {
        Map<String, Expr> exprs = new LinkedHashMap<>();
        fields.forEach((name, field) -> exprs.put(name, of(field)));
        yield new RecordOf(exprs);
      }
      case Value.Decimal d -> call(Function.DECIMAL, of(Extensions.text(d)));
      case Value.Ip ip -> call(Function.IP, of(Extensions.text(ip)));
      case Value.Datetime(long millis) ->
          call(Function.OFFSET, call(Function.DATETIME, of("1970-01-01")), span(millis));
      case Value.Duration(long millis) -> span(millis);
    };
  }

  private static Expr span(long millis) {
    return call(Function.DURATION, of(millis + "ms"));
  }

  static Expr of(boolean value) {
    return new Literal(Value.of(value));
  }

  static Expr of(long value) {
    return new Literal(Value.of(value));
  }

  static Expr of(String value) {
    return new Literal(Value.of(value));
  }

  static Expr principal() {
    return new Var(Variable.PRINCIPAL);
  }

  static Expr action() {
    return new Var(Variable.ACTION);
  }

  static Expr resource() {
    return new Var(Variable.RESOURCE);
  }

  static Expr context() {
    return new Var(Variable.CONTEXT);
  }

  /** A set of these values. */
  static Expr setOf(Collection<? extends Value> values) {
    List<Expr> items = new ArrayList<>();
    values.forEach(v -> items.add(of(v)));
    return new SetOf(items);
  }

  /** A set of these texts. */
  static Expr strings(Collection<String> texts) {
    List<Expr> items = new ArrayList<>();
    texts.forEach(t -> items.add(of(t)));
    return new SetOf(items);
  }

  static Expr call(Function function, Expr... arguments) {
    return new Call(function, List.of(arguments));
  }

  /** All of these in order; {@code true} when there are none. */
  static Expr allOf(List<Expr> exprs) {
    return exprs.stream().reduce(And::new).orElseGet(() -> of(true));
  }

  /** Any of these in order; {@code false} when there are none. */
  static Expr anyOf(List<Expr> exprs) {
    return exprs.stream().reduce(Or::new).orElseGet(() -> of(false));
  }

  default Expr and(Expr other) {
    return new And(this, other);
  }

  default Expr or(Expr other) {
    return new Or(this, other);
  }

  default Expr not() {
    return new Not(this);
  }

  /** {@code this OPERATOR other}. */
  default Expr op(Operator operator, Expr other) {
    return new Binary(operator, this, other);
  }

  /** {@code this == value}. */
  default Expr eq(Value value) {
    return op(Operator.EQUAL, of(value));
  }

  default Expr get(String attribute) {
    return new Get(this, attribute);
  }

  /** {@code this has a.b.c}. */
  default Expr has(String... path) {
    return new Has(this, List.of(path));
  }

  /** {@code this.contains(item)}. */
  default Expr contains(Expr item) {
    return op(Operator.CONTAINS, item);
  }

  /** {@code this in ancestor}. */
  default Expr in(EntityUid ancestor) {
    return op(Operator.IN, of(ancestor));
  }

  /** The expression as Cedar writes it. */
  default String text() {
    return Printer.print(this);
  }

  private static void requireType(String type) {
    if (!Names.isTypeName(type)) {
      throw new IllegalArgumentException("not an entity type: " + type);
    }
  }
}

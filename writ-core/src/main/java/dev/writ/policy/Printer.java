package dev.writ.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes trees as policy text that reads back as the same tree, with no more brackets than due. */
final class Printer {
  // How tightly a form binds; an operand that binds less is put in brackets.
  private static final int IF = 0;
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int RELATION = 3;
  private static final int SUM = 4;
  private static final int PRODUCT = 5;
  private static final int UNARY = 6;
  private static final int MEMBER = 7;
  private static final int MOST_SIGNS = 4;

  private final StringBuilder out = new StringBuilder();

  private Printer() {}

  static String print(Expr expr) {
    Printer printer = new Printer();
    printer.write(expr, IF);
    return printer.out.toString();
  }

  static String print(Rule rule) {
    Printer printer = new Printer();
    printer.write(rule);
    return printer.out.toString();
  }

  static String print(PolicySet set) {
    List<String> texts = new ArrayList<>();
    set.policies().forEach(p -> texts.add(p.text()));
    set.templates().forEach(t -> texts.add(t.text()));
    return texts.isEmpty() ? "" : String.join("\n\n", texts) + "\n";
  }

  private void write(Rule rule) {
    rule.annotations()
        .forEach((name, value) -> {
          out.append('@').append(name);
          out.append('(').append(Quoting.quote(value)).append(")\n");
        });
    out.append(rule.effect().word()).append("(\n  principal");
    write(rule.principal());
    out.append(",\n  action");
    write(rule.action());
    out.append(",\n  resource");
    write(rule.resource());
    out.append("\n)");
    for (Condition condition : rule.conditions()) {
      out.append(condition.when() ? "\nwhen { " : "\nunless { ");
      write(condition.expr(), IF);
      out.append(" }");
    }
    out.append(';');
  }

  private void write(Scope scope) {
    switch (scope) {
      case Scope.Any any -> {}
      case Scope.Is(Scope.EntityTarget target) -> out.append(" == ").append(text(target));
      case Scope.In(Scope.EntityTarget target) -> out.append(" in ").append(text(target));
      case Scope.InAny(List<EntityUid> uids) ->
          out.append(" in [")
              .append(String.join(", ", uids.stream().map(EntityUid::toString).toList()))
              .append(']');
      case Scope.OfType(String type) -> out.append(" is ").append(type);
      case Scope.OfTypeIn(String type, Scope.EntityTarget target) ->
          out.append(" is ").append(type).append(" in ").append(text(target));
    }
  }

  private static String text(Scope.EntityTarget target) {
    return switch (target) {
      case Scope.Named(EntityUid uid) -> uid.toString();
      case Scope.Open(Slot slot) -> slot.word();
    };
  }

  private void write(Expr expr, int least) {
    boolean brackets = level(expr) < least;
    if (brackets) {
      out.append('(');
    }
    write(expr);
    if (brackets) {
      out.append(')');
    }
  }

  private void write(Expr expr) {
    switch (expr) {
      case Expr.Literal(Value value) -> out.append(literal(value));
      case Expr.Var(Expr.Variable variable) -> out.append(variable.word());
      case Expr.And(Expr left, Expr right) -> infix(left, AND, " && ", right, RELATION);
      case Expr.Or(Expr left, Expr right) -> infix(left, OR, " || ", right, AND);
      case Expr.Not(Expr operand) -> prefix("!", operand);
      case Expr.Negate(Expr operand) -> prefix("-", operand);
      case Expr.If(Expr condition, Expr yes, Expr no) -> {
        out.append("if ");
        write(condition, IF);
        out.append(" then ");
        write(yes, IF);
        out.append(" else ");
        write(no, IF);
      }
      case Expr.Binary(Operator operator, Expr left, Expr right) -> binary(operator, left, right);
      case Expr.IsEmpty(Expr set) -> call(set, "isEmpty", List.of());
      case Expr.Get(Expr of, String attribute) -> {
        write(of, MEMBER);
        out.append(isPlainName(attribute) ? "." + attribute : "[" + Quoting.quote(attribute) + "]");
      }
      case Expr.Has(Expr of, List<String> path) -> {
        write(of, SUM);
        boolean plain = path.stream().allMatch(Printer::isPlainName);
        out.append(" has ");
        out.append(plain ? String.join(".", path) : Quoting.quote(path.getFirst()));
      }
      case Expr.Like(Expr text, Pattern pattern) -> {
        write(text, SUM);
        out.append(" like \"").append(pattern.inside()).append('"');
      }
      case Expr.Is(Expr entity, String type) -> {
        write(entity, SUM);
        out.append(" is ").append(type);
      }
      case Expr.IsIn(Expr entity, String type, Expr ancestor) -> {
        write(entity, SUM);
        out.append(" is ").append(type).append(" in ");
        write(ancestor, SUM);
      }
      case Expr.SetOf(List<Expr> items) -> {
        out.append('[');
        list(items);
        out.append(']');
      }
      case Expr.RecordOf(Map<String, Expr> fields) -> recordOf(fields);
      case Expr.Call(Function function, List<Expr> arguments) -> call(function, arguments);
    }
  }

  private void binary(Operator operator, Expr left, Expr right) {
    String sign = " " + operator.word() + " ";
    switch (operator.kind()) {
      case RELATION -> infix(left, SUM, sign, right, SUM);
      case SUM -> infix(left, SUM, sign, right, PRODUCT);
      case PRODUCT -> infix(left, PRODUCT, sign, right, UNARY);
      case METHOD -> call(left, operator.word(), List.of(right));
    }
  }

  private void infix(Expr left, int leftLevel, String sign, Expr right, int rightLevel) {
    write(left, leftLevel);
    out.append(sign);
    write(right, rightLevel);
  }

  // At most four signs in a row are read back, and a number after a minus sign would become part
  // of it.
  private void prefix(String sign, Expr operand) {
    out.append(sign);
    boolean same = sign.equals("!") ? operand instanceof Expr.Not : operand instanceof Expr.Negate;
    boolean number = operand instanceof Expr.Literal(Value.Int n);
    if (same && signs(operand) < MOST_SIGNS) {
      write(operand);
    } else if (number) {
      out.append('(');
      write(operand);
      out.append(')');
    } else {
      write(operand, MEMBER);
    }
  }

  /** How many signs of the same kind lead this operand. */
  private static int signs(Expr operand) {
    int count = 0;
    Expr at = operand;
    if (operand instanceof Expr.Not) {
      while (at instanceof Expr.Not(Expr inner)) {
        count++;
        at = inner;
      }
    } else {
      while (at instanceof Expr.Negate(Expr inner)) {
        count++;
        at = inner;
      }
    }
    return count;
  }

  private void call(Function function, List<Expr> arguments) {
    if (function.isMethod()) {
      call(arguments.getFirst(), function.word(), arguments.subList(1, arguments.size()));
    } else {
      out.append(function.word()).append('(');
      list(arguments);
      out.append(')');
    }
  }

  private void call(Expr receiver, String name, List<Expr> arguments) {
    write(receiver, MEMBER);
    out.append('.').append(name).append('(');
    list(arguments);
    out.append(')');
  }

  private void list(List<Expr> items) {
    for (int i = 0; i < items.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      write(items.get(i), IF);
    }
  }

  private void recordOf(Map<String, Expr> fields) {
    out.append('{');
    String separator = "";
    for (Map.Entry<String, Expr> field : fields.entrySet()) {
      String name = field.getKey();
      out.append(separator).append(isPlainName(name) ? name : Quoting.quote(name)).append(": ");
      write(field.getValue(), IF);
      separator = ", ";
    }
    out.append('}');
  }

  private static boolean isPlainName(String name) {
    return Names.isIdentifier(name) && !Names.isReserved(name);
  }

  private static String literal(Value value) {
    return switch (value) {
      case Value.Bool(boolean b) -> Boolean.toString(b);
      case Value.Int(long n) -> Long.toString(n);
      case Value.Str(String s) -> Quoting.quote(s);
      case EntityUid uid -> uid.toString();
      case Value.Set s -> Expr.of(s).text();
      case Value.Rec r -> Expr.of(r).text();
      case Value.Decimal d -> Expr.of(d).text();
      case Value.Ip ip -> Expr.of(ip).text();
      case Value.Datetime d -> Expr.of(d).text();
      case Value.Duration d -> Expr.of(d).text();
    };
  }

  private static int level(Expr expr) {
    return switch (expr) {
      case Expr.If e -> IF;
      case Expr.Or e -> OR;
      case Expr.And e -> AND;
      case Expr.Binary(Operator operator, Expr left, Expr right) ->
          switch (operator.kind()) {
            case RELATION -> RELATION;
            case SUM -> SUM;
            case PRODUCT -> PRODUCT;
            case METHOD -> MEMBER;
          };
      case Expr.Has e -> RELATION;
      case Expr.Like e -> RELATION;
      case Expr.Is e -> RELATION;
      case Expr.IsIn e -> RELATION;
      case Expr.Not e -> UNARY;
      case Expr.Negate e -> UNARY;
      // A negative number followed by an access would read as the negation of the access.
      case Expr.Literal(Value.Int(long n)) -> n < 0 ? UNARY : MEMBER;
      case Expr.Literal e -> MEMBER;
      case Expr.Var e -> MEMBER;
      case Expr.IsEmpty e -> MEMBER;
      case Expr.Get e -> MEMBER;
      case Expr.SetOf e -> MEMBER;
      case Expr.RecordOf e -> MEMBER;
      case Expr.Call e -> MEMBER;
    };
  }
}

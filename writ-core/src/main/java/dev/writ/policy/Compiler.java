package dev.writ.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns expressions into closures. Errors, their order and short cuts are those of Cedar's
 * evaluator: both operands are evaluated before either's type is looked at.
 */
final class Compiler {
  /** More attributes than this are looked up each time they are used. */
  static final int MOST_SLOTS = 128;

  private final Map<Attribute, Integer> slots = new LinkedHashMap<>();

  /** An attribute of a variable, read by many policies and looked up once. */
  private record Attribute(Expr.Variable variable, String name) {}

  /** How many slots the closures made so far need. */
  int slots() {
    return slots.size();
  }

  /** All conditions of a policy in order. */
  Code conditions(Rule rule) {
    Code all = new Code.Constant(Value.of(true));
    boolean first = true;
    for (Condition condition : rule.conditions()) {
      Code one = compile(condition.expr());
      Code held = condition.when() ? one : not(one);
      all = first ? held : and(all, held);
      first = false;
    }
    return all;
  }

  Code compile(Expr expr) {
    return switch (expr) {
      case Expr.Literal(Value value) -> new Code.Constant(value);
      case Expr.Var(Expr.Variable variable) -> Code.of(env -> env.variable(variable));
      case Expr.And(Expr left, Expr right) -> and(compile(left), compile(right));
      case Expr.Or(Expr left, Expr right) -> or(compile(left), compile(right));
      case Expr.Not(Expr operand) -> not(compile(operand));
      case Expr.Negate(Expr operand) -> {
        Code code = compile(operand);
        yield Code.of(env -> Operations.negate(code.value(env)));
      }
      case Expr.If(Expr condition, Expr yes, Expr no) ->
          choice(compile(condition), compile(yes), compile(no));
      case Expr.Binary(Operator operator, Expr left, Expr right) ->
          Operations.compile(operator, compile(left), compile(right));
      case Expr.IsEmpty(Expr set) -> {
        Code code = compile(set);
        yield Code.when(env -> Operations.set(code.value(env)).isEmpty());
      }
      case Expr.Get(Expr of, String attribute) -> get(of, attribute);
      case Expr.Has(Expr of, List<String> path) -> has(of, path);
      case Expr.Like(Expr of, Pattern pattern) -> {
        Code code = compile(of);
        yield Code.when(env -> pattern.matches(Operations.text(code.value(env))));
      }
      case Expr.Is(Expr entity, String type) -> is(compile(entity), type);
      case Expr.IsIn(Expr entity, String type, Expr ancestor) -> {
        Code of = compile(entity);
        yield and(is(of, type), Operations.compile(Operator.IN, of, compile(ancestor)));
      }
      case Expr.SetOf(List<Expr> items) -> setOf(items);
      case Expr.RecordOf(Map<String, Expr> fields) -> recordOf(fields);
      case Expr.Call(Function function, List<Expr> arguments) ->
          Calls.compile(function, arguments.stream().map(this::compile).toList());
    };
  }

  private static Code and(Code left, Code right) {
    return new Code.Test() {
      @Override
      boolean test(Env env) {
        return left.test(env) && right.test(env);
      }
    };
  }

  private static Code or(Code left, Code right) {
    return new Code.Test() {
      @Override
      boolean test(Env env) {
        return left.test(env) || right.test(env);
      }
    };
  }

  private static Code not(Code operand) {
    return new Code.Test() {
      @Override
      boolean test(Env env) {
        return !operand.test(env);
      }
    };
  }

  private static Code choice(Code condition, Code yes, Code no) {
    return new Code() {
      @Override
      Value value(Env env) {
        return condition.test(env) ? yes.value(env) : no.value(env);
      }

      @Override
      boolean test(Env env) {
        return condition.test(env) ? yes.test(env) : no.test(env);
      }
    };
  }

  private static Code is(Code entity, String type) {
    return Code.when(env -> Operations.entity(entity.value(env)).type().equals(type));
  }

  private Code get(Expr of, String attribute) {
    if (of instanceof Expr.Var(Expr.Variable variable)) {
      int slot = slot(variable, attribute);
      if (slot >= 0) {
        return new Code() {
          @Override
          Value value(Env env) {
            Value found = env.slot(slot, variable, attribute);
            if (found == null) {
              throw env.missing(env.variable(variable), attribute);
            }
            return found;
          }
        };
      }
    }
    Code code = compile(of);
    return Code.of(env -> env.get(code.value(env), attribute));
  }

  private Code has(Expr of, List<String> path) {
    if (of instanceof Expr.Var(Expr.Variable variable)) {
      int slot = slot(variable, path.getFirst());
      if (slot >= 0) {
        List<String> rest = path.subList(1, path.size());
        String first = path.getFirst();
        return Code.when(env -> hasPath(env, env.slot(slot, variable, first), rest));
      }
    }
    Code code = compile(of);
    return Code.when(env -> hasPath(env, code.value(env), path));
  }

  private static boolean hasPath(Env env, @Nullable Value from, List<String> path) {
    Value at = from;
    for (int i = 0; i < path.size() && at != null; i++) {
      at = env.find(at, path.get(i));
    }
    return at != null;
  }

  /** The slot of this attribute, or -1 when there are too many. */
  private int slot(Expr.Variable variable, String attribute) {
    Attribute key = new Attribute(variable, attribute);
    if (slots.size() >= MOST_SLOTS && !slots.containsKey(key)) {
      return -1;
    }
    return slots.computeIfAbsent(key, k -> slots.size());
  }

  private Code setOf(List<Expr> items) {
    List<Code> codes = items.stream().map(this::compile).toList();
    if (codes.stream().allMatch(Code::isConstant)) {
      return new Code.Constant(
          Value.setOf(codes.stream().map(c -> ((Code.Constant) c).value()).toList()));
    }
    return Code.of(env -> {
      List<Value> values = new ArrayList<>(codes.size());
      for (Code code : codes) {
        values.add(code.value(env));
      }
      return Value.setOf(values);
    });
  }

  // Cedar evaluates the fields in the order of their names' bytes, which shows in which error
  // comes first.
  private Code recordOf(Map<String, Expr> fields) {
    List<String> names = new ArrayList<>();
    List<Code> codes = new ArrayList<>();
    fields.entrySet().stream()
        .sorted((a, b) -> compareCodePoints(a.getKey(), b.getKey()))
        .forEach(field -> {
          names.add(field.getKey());
          codes.add(compile(field.getValue()));
        });
    return Code.of(env -> {
      Map<String, Value> values = LinkedHashMap.newLinkedHashMap(names.size());
      for (int i = 0; i < names.size(); i++) {
        values.put(names.get(i), codes.get(i).value(env));
      }
      return new Value.Rec(values);
    });
  }

  private static int compareCodePoints(String left, String right) {
    return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
  }
}

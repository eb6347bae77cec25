package dev.writ.policy;

import java.util.Set;

/** Operators and built-in methods with two operands. */
final class Operations {
  private Operations() {}

  static Code compile(Operator operator, Code left, Code right) {
    return switch (operator) {
      case EQUAL -> equal(left, right);
      case NOT_EQUAL -> Code.when(env -> !left.value(env).equals(right.value(env)));
      case LESS -> Code.when(env -> compare(left.value(env), right.value(env)) < 0);
      case LESS_OR_EQUAL -> Code.when(env -> compare(left.value(env), right.value(env)) <= 0);
      case GREATER -> Code.when(env -> compare(left.value(env), right.value(env)) > 0);
      case GREATER_OR_EQUAL -> Code.when(env -> compare(left.value(env), right.value(env)) >= 0);
      case IN -> in(left, right);
      case ADD -> Code.of(env -> add(left.value(env), right.value(env)));
      case SUBTRACT -> Code.of(env -> subtract(left.value(env), right.value(env)));
      case MULTIPLY -> Code.of(env -> multiply(left.value(env), right.value(env)));
      case CONTAINS -> contains(left, right);
      case CONTAINS_ALL ->
          Code.when(env -> {
            Value outer = left.value(env);
            Value inner = right.value(env);
            return set(outer).containsAll(set(inner));
          });
      case CONTAINS_ANY ->
          Code.when(env -> {
            Value one = left.value(env);
            Value other = right.value(env);
            return meet(set(one), set(other));
          });
      case HAS_TAG -> Code.when(env -> hasTag(env, left.value(env), right.value(env)));
      case GET_TAG -> Code.of(env -> getTag(env, left.value(env), right.value(env)));
    };
  }

  private static Code equal(Code left, Code right) {
    return new Code.Test() {
      @Override
      boolean test(Env env) {
        return left.value(env).equals(right.value(env));
      }
    };
  }

  private static Code contains(Code left, Code right) {
    return new Code.Test() {
      @Override
      boolean test(Env env) {
        Value outer = left.value(env);
        Value item = right.value(env);
        return set(outer).contains(item);
      }
    };
  }

  private static Code in(Code left, Code right) {
    return new Code.Test() {
      @Override
      boolean test(Env env) {
        Value below = left.value(env);
        Value above = right.value(env);
        EntityUid uid = entity(below);
        if (above instanceof EntityUid ancestor) {
          return env.isIn(uid, ancestor);
        }
        if (above instanceof Value.Set(Set<Value> ancestors)) {
          return env.isInAny(uid, ancestors);
        }
        throw Fault.type("entity or set of entities", above);
      }
    };
  }

  private static boolean meet(Set<Value> one, Set<Value> other) {
    if (one.size() > other.size()) {
      return meet(other, one);
    }
    for (Value item : one) {
      if (other.contains(item)) {
        return true;
      }
    }
    return false;
  }

  private static int compare(Value left, Value right) {
    if (left instanceof Value.Int(long a) && right instanceof Value.Int(long b)) {
      return Long.compare(a, b);
    }
    if (left instanceof Value.Datetime(long a) && right instanceof Value.Datetime(long b)) {
      return Long.compare(a, b);
    }
    if (left instanceof Value.Duration(long a) && right instanceof Value.Duration(long b)) {
      return Long.compare(a, b);
    }
    boolean ordered =
        left instanceof Value.Int
            || left instanceof Value.Datetime
            || left instanceof Value.Duration;
    throw ordered
        ? Fault.type(left.typeName(), right)
        : Fault.type("long, datetime or duration", left);
  }

  private static Value add(Value left, Value right) {
    long a = integer(left);
    long b = integer(right);
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw Fault.overflow("`" + a + " + " + b + "`");
    }
    return new Value.Int(sum);
  }

  private static Value subtract(Value left, Value right) {
    long a = integer(left);
    long b = integer(right);
    long difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) {
      throw Fault.overflow("`" + a + " - " + b + "`");
    }
    return new Value.Int(difference);
  }

  private static Value multiply(Value left, Value right) {
    long a = integer(left);
    long b = integer(right);
    try {
      return new Value.Int(Math.multiplyExact(a, b));
    } catch (ArithmeticException overflow) {
      throw Fault.overflow("`" + a + " * " + b + "`");
    }
  }

  static Value negate(Value operand) {
    long n = integer(operand);
    if (n == Long.MIN_VALUE) {
      throw Fault.overflow("`-(" + n + ")`");
    }
    return new Value.Int(-n);
  }

  private static boolean hasTag(Env env, Value of, Value name) {
    EntityUid uid = entity(of);
    String tag = text(name);
    Entities.Node node = env.node(uid);
    return node != null && node.entity().tags().containsKey(tag);
  }

  private static Value getTag(Env env, Value of, Value name) {
    EntityUid uid = entity(of);
    String tag = text(name);
    Entities.Node node = env.node(uid);
    if (node == null) {
      throw Fault.entity(uid);
    }
    Value value = node.entity().tags().get(tag);
    if (value == null) {
      throw Fault.tag(uid, tag);
    }
    return value;
  }

  static long integer(Value value) {
    if (value instanceof Value.Int(long n)) {
      return n;
    }
    throw Fault.type("long", value);
  }

  static String text(Value value) {
    if (value instanceof Value.Str(String s)) {
      return s;
    }
    throw Fault.type("string", value);
  }

  static EntityUid entity(Value value) {
    if (value instanceof EntityUid uid) {
      return uid;
    }
    throw Fault.type("entity", value);
  }

  static Set<Value> set(Value value) {
    if (value instanceof Value.Set(Set<Value> items)) {
      return items;
    }
    throw Fault.type("set", value);
  }
}

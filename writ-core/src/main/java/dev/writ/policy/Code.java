package dev.writ.policy;

/** A compiled expression. */
abstract class Code {
  /** The value; throws {@link Fault}. */
  abstract Value value(Env env);

  /** The value where a condition is needed; throws {@link Fault} when it is none. */
  boolean test(Env env) {
    Value value = value(env);
    if (value instanceof Value.Bool(boolean answer)) {
      return answer;
    }
    throw Fault.type("bool", value);
  }

  /** Whether the value is the same for every request. */
  boolean isConstant() {
    return false;
  }

  /** A compiled condition: its value is made from its test. */
  abstract static class Test extends Code {
    @Override
    abstract boolean test(Env env);

    @Override
    final Value value(Env env) {
      return Value.of(test(env));
    }
  }

  /** The same value always. */
  static final class Constant extends Code {
    private final Value value;

    Constant(Value value) {
      this.value = value;
    }

    @Override
    Value value(Env env) {
      return value;
    }

    @Override
    boolean isConstant() {
      return true;
    }

    Value value() {
      return value;
    }
  }

  /** A compiled expression from a lambda. */
  static Code of(java.util.function.Function<Env, Value> value) {
    return new Code() {
      @Override
      Value value(Env env) {
        return value.apply(env);
      }
    };
  }

  /** A compiled condition from a lambda. */
  static Code when(java.util.function.Predicate<Env> test) {
    return new Test() {
      @Override
      boolean test(Env env) {
        return test.test(env);
      }
    };
  }
}

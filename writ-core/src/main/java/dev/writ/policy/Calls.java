package dev.writ.policy;

import java.util.List;
import java.util.Optional;

/** Extension functions and methods. */
final class Calls {
  private Calls() {}

  static Code compile(Function function, List<Code> arguments) {
    if (arguments.size() != function.arity()) {
      return Code.of(env -> {
        arguments.forEach(a -> a.value(env));
        throw Fault.arguments(function, arguments.size());
      });
    }
    Code first = arguments.getFirst();
    if (function.arity() == 2) {
      Code second = arguments.getLast();
      return Code.of(env -> {
        Value left = first.value(env);
        Value right = second.value(env);
        return apply(function, left, right);
      });
    }
    if (first instanceof Code.Constant constant && isConstructor(function)) {
      Optional<? extends Value> made =
          constant.value() instanceof Value.Str(String text)
              ? construct(function, text)
              : Optional.empty();
      if (made.isPresent()) {
        return new Code.Constant(made.get());
      }
    }
    return Code.of(env -> apply(function, first.value(env)));
  }

  /** Applies a function to as many values as it takes; throws {@link Fault}. */
  static Value apply(Function function, List<Value> arguments) {
    return function.arity() == 1
        ? apply(function, arguments.getFirst())
        : apply(function, arguments.getFirst(), arguments.getLast());
  }

  private static boolean isConstructor(Function function) {
    return !function.isMethod();
  }

  /** The value that a constructor makes of a text; empty when it refuses. */
  static Optional<? extends Value> construct(Function function, String text) {
    return switch (function) {
      case DECIMAL -> Extensions.decimal(text);
      case IP -> Extensions.ip(text);
      case DATETIME -> Extensions.datetime(text);
      case DURATION -> Extensions.duration(text);
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> none(function);
      case IS_IPV4, IS_IPV6, IS_LOOPBACK, IS_MULTICAST, IS_IN_RANGE -> none(function);
      case OFFSET, DURATION_SINCE, TO_DATE, TO_TIME -> none(function);
      case TO_MILLISECONDS, TO_SECONDS, TO_MINUTES, TO_HOURS, TO_DAYS -> none(function);
    };
  }

  private static Optional<Value> none(Function function) {
    throw new IllegalArgumentException(function.word() + " constructs nothing");
  }

  private static Value apply(Function function, Value of) {
    return switch (function) {
      case DECIMAL, IP, DATETIME, DURATION -> {
        String text = Operations.text(of);
        Optional<? extends Value> made = construct(function, text);
        if (made.isEmpty()) {
          throw Fault.extension(function, text);
        }
        yield made.get();
      }
      case IS_IPV4 -> Value.of(!ip(of).v6());
      case IS_IPV6 -> Value.of(ip(of).v6());
      case IS_LOOPBACK -> Value.of(Addresses.isLoopback(ip(of)));
      case IS_MULTICAST -> Value.of(Addresses.isMulticast(ip(of)));
      case TO_DATE -> toDate(datetime(of));
      case TO_TIME -> new Value.Duration(Math.floorMod(datetime(of), Extensions.DAY));
      case TO_MILLISECONDS -> Value.of(duration(of));
      case TO_SECONDS -> Value.of(duration(of) / 1000);
      case TO_MINUTES -> Value.of(duration(of) / 60_000);
      case TO_HOURS -> Value.of(duration(of) / 3_600_000);
      case TO_DAYS -> Value.of(duration(of) / Extensions.DAY);
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> two(function);
      case IS_IN_RANGE, OFFSET, DURATION_SINCE -> two(function);
    };
  }

  private static Value apply(Function function, Value left, Value right) {
    return switch (function) {
      case LESS_THAN -> Value.of(compare(left, right) < 0);
      case LESS_THAN_OR_EQUAL -> Value.of(compare(left, right) <= 0);
      case GREATER_THAN -> Value.of(compare(left, right) > 0);
      case GREATER_THAN_OR_EQUAL -> Value.of(compare(left, right) >= 0);
      case IS_IN_RANGE -> {
        Value.Ip inner = ip(left);
        yield Value.of(Addresses.isInRange(inner, ip(right)));
      }
      case OFFSET -> {
        long start = datetime(left);
        yield new Value.Datetime(inRange(function, start, duration(right)));
      }
      case DURATION_SINCE -> {
        long end = datetime(left);
        long start = datetime(right);
        long span = end - start;
        if (((end ^ start) & (end ^ span)) < 0) {
          throw Fault.range(function);
        }
        yield new Value.Duration(span);
      }
      case DECIMAL, IP, DATETIME, DURATION -> two(function);
      case IS_IPV4, IS_IPV6, IS_LOOPBACK, IS_MULTICAST, TO_DATE, TO_TIME -> two(function);
      case TO_MILLISECONDS, TO_SECONDS, TO_MINUTES, TO_HOURS, TO_DAYS -> two(function);
    };
  }

  private static Value two(Function function) {
    throw new IllegalStateException(function.word() + " takes " + function.arity() + " arguments");
  }

  private static long inRange(Function function, long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw Fault.range(function);
    }
    return sum;
  }

  private static Value toDate(long epochMillis) {
    long past = Math.floorMod(epochMillis, Extensions.DAY);
    if (epochMillis < Long.MIN_VALUE + past) {
      throw Fault.range(Function.TO_DATE);
    }
    return new Value.Datetime(epochMillis - past);
  }

  private static int compare(Value left, Value right) {
    long a = decimal(left);
    return Long.compare(a, decimal(right));
  }

  private static long decimal(Value value) {
    if (value instanceof Value.Decimal(long n)) {
      return n;
    }
    throw Fault.type("decimal", value);
  }

  private static Value.Ip ip(Value value) {
    if (value instanceof Value.Ip ip) {
      return ip;
    }
    throw Fault.type("ipaddr", value);
  }

  private static long datetime(Value value) {
    if (value instanceof Value.Datetime(long millis)) {
      return millis;
    }
    throw Fault.type("datetime", value);
  }

  private static long duration(Value value) {
    if (value instanceof Value.Duration(long millis)) {
      return millis;
    }
    throw Fault.type("duration", value);
  }
}

package dev.writ.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A value of Cedar's language. Equality is Cedar's {@code ==}: by kind and content, sets without
 * regard to order or repetition. Scalars are comparable so that hash tables stay fast when a
 * stranger's values collide.
 */
public sealed interface Value
    permits EntityUid,
        Value.Bool,
        Value.Int,
        Value.Str,
        Value.Set,
        Value.Rec,
        Value.Decimal,
        Value.Ip,
        Value.Datetime,
        Value.Duration {
  /** What this is called in messages, for example {@code long} or {@code set}. */
  String typeName();

  /** True or false. */
  record Bool(boolean value) implements Value {
    static final Bool TRUE = new Bool(true);
    static final Bool FALSE = new Bool(false);

    @Override
    public String typeName() {
      return "bool";
    }
  }

  /** A signed 64-bit integer, Cedar's {@code Long}. */
  record Int(long value) implements Value, Comparable<Int> {
    @Override
    public int compareTo(Int other) {
      return Long.compare(value, other.value);
    }

    @Override
    public String typeName() {
      return "long";
    }
  }

  /** A text. */
  record Str(String value) implements Value, Comparable<Str> {
    @Override
    public int compareTo(Str other) {
      return value.compareTo(other.value);
    }

    public Str {
      Objects.requireNonNull(value);
    }

    @Override
    public String typeName() {
      return "string";
    }
  }

  /** A set; kept in the order in which its items were first given. */
  record Set(java.util.Set<Value> items) implements Value {
    public Set {
      items = Collections.unmodifiableSet(new LinkedHashSet<>(items));
    }

    @Override
    public String typeName() {
      return "set";
    }
  }

  /** A record of named values; kept in the order in which they were given. */
  record Rec(Map<String, Value> fields) implements Value {
    /** The record without fields. */
    public static final Rec EMPTY = new Rec(Fields.NONE);

    public Rec {
      fields = Fields.of(fields);
    }

    @Override
    public String typeName() {
      return "record";
    }
  }

  /** A decimal number with four digits after the point, as ten-thousandths. */
  record Decimal(long tenThousandths) implements Value, Comparable<Decimal> {
    @Override
    public int compareTo(Decimal other) {
      return Long.compare(tenThousandths, other.tenThousandths);
    }

    @Override
    public String typeName() {
      return "decimal";
    }
  }

  /**
   * An IP address or range. An IPv4 address is the low 32 bits of {@code low}.
   *
   * @param v6 whether it is IPv6
   * @param high the upper 64 bits of an IPv6 address, else zero
   * @param low the lower bits
   * @param prefix network bits: 0 to 32, or 0 to 128 for IPv6
   */
  record Ip(boolean v6, long high, long low, int prefix) implements Value {
    public Ip {
      if (prefix < 0 || prefix > (v6 ? 128 : 32)) {
        throw new IllegalArgumentException("no such prefix: " + prefix);
      }
    }

    @Override
    public String typeName() {
      return "ipaddr";
    }
  }

  /** An instant in milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted. */
  record Datetime(long epochMillis) implements Value, Comparable<Datetime> {
    @Override
    public int compareTo(Datetime other) {
      return Long.compare(epochMillis, other.epochMillis);
    }

    @Override
    public String typeName() {
      return "datetime";
    }
  }

  /** A span of time in milliseconds. */
  record Duration(long millis) implements Value, Comparable<Duration> {
    @Override
    public int compareTo(Duration other) {
      return Long.compare(millis, other.millis);
    }

    @Override
    public String typeName() {
      return "duration";
    }
  }

  static Bool of(boolean value) {
    return value ? Bool.TRUE : Bool.FALSE;
  }

  static Int of(long value) {
    return new Int(value);
  }

  static Str of(String value) {
    return new Str(value);
  }

  /** A set of these values; repetitions count once. */
  static Set setOf(Collection<? extends Value> items) {
    return new Set(new LinkedHashSet<>(items));
  }

  /** A set of texts. */
  static Set strings(Collection<String> items) {
    List<Str> values = items.stream().map(Str::new).toList();
    return setOf(values);
  }

  static Rec record(Map<String, ? extends Value> fields) {
    return new Rec(Fields.of(fields));
  }
}

package dev.writ.base;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A JSON value (RFC 8259) without duplicate names; members keep the order in which they were
 * written. Strangers' bytes come in through {@link #parse}; {@link #canonical} gives RFC 8785
 * bytes.
 */
public sealed interface Json {
  /** The largest integer that canonical JSON carries as a number: 2^53 − 1 (RFC 7493, 2.2). */
  long MAX_SAFE_INTEGER = (1L << 53) - 1;

  /** An object. */
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public Optional<Json> get(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /** The member when it is a string. */
    public Optional<String> text(String name) {
      return get(name).flatMap(v -> v instanceof Str(String s) ? Optional.of(s) : Optional.empty());
    }

    /** The member when it is an integer. */
    public Optional<Long> integer(String name) {
      return get(name).flatMap(v -> v instanceof Int(long n) ? Optional.of(n) : Optional.empty());
    }

    /** The member when it is an object. */
    public Optional<Obj> object(String name) {
      return get(name).flatMap(v -> v instanceof Obj o ? Optional.of(o) : Optional.empty());
    }

    /** The member when it is an array. */
    public Optional<List<Json>> array(String name) {
      return get(name)
          .flatMap(v -> v instanceof Arr(List<Json> items) ? Optional.of(items) : Optional.empty());
    }
  }

  /** An array. */
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /** A string; it never holds an unpaired surrogate when it came from {@link #parse}. */
  record Str(String value) implements Json {
    public Str {
      Objects.requireNonNull(value);
    }
  }

  /** An integer. Only ±(2^53 − 1) has canonical bytes. */
  record Int(long value) implements Json {}

  /** A number with a fraction or exponent, finite. Strangers send them; a fact never holds one. */
  record Real(double value) implements Json {
    public Real {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("JSON has no " + value);
      }
    }
  }

  /** True or false. */
  record Bool(boolean value) implements Json {}

  /** The literal null. */
  record Null() implements Json {}

  /**
   * What a stranger's document may be.
   *
   * @param bytes longest document
   * @param depth deepest nesting of arrays and objects
   * @param values most values in all
   * @param safeIntegers whether integers beyond ±(2^53 − 1) are refused
   */
  record Bounds(int bytes, int depth, int values, boolean safeIntegers) {
    /** For request bodies: 1 MiB, 32 deep, 50,000 values, safe integers. */
    public static final Bounds REQUEST = new Bounds(1 << 20, 32, 50_000, true);

    /** For one fact: 65,535 bytes, 16 deep. */
    public static final Bounds FACT = new Bounds(65_535, 16, 20_000, true);
  }

  /** Parses UTF-8 bytes within bounds; one problem, with line and column, when refused. */
  static Parsed<Json> parse(byte[] utf8, Bounds bounds) {
    return JsonReader.read(utf8, bounds);
  }

  /** Parses a document that must be an object. */
  static Parsed<Obj> parseObject(byte[] utf8, Bounds bounds) {
    return parse(utf8, bounds)
        .then(value ->
            value instanceof Obj obj
                ? Parsed.ok(obj)
                : Parsed.refused("", "the document is not a JSON object", "send an object"));
  }

  /**
   * The RFC 8785 bytes of this value. Throws {@link IllegalArgumentException} for an integer beyond
   * ±(2^53 − 1) or an unpaired surrogate: such values have no canonical form.
   */
  default byte[] canonical() {
    return JsonWriter.canonical(this);
  }

  /** Indented text for people; not canonical. */
  default String pretty() {
    return JsonWriter.pretty(this);
  }

  /** The SHA-256 of the canonical bytes. */
  default Digest digest() {
    return Digest.sha256(canonical());
  }

  static Str of(String value) {
    return new Str(value);
  }

  static Int of(long value) {
    return new Int(value);
  }

  static Bool of(boolean value) {
    return new Bool(value);
  }

  static Arr array(List<? extends Json> items) {
    return new Arr(new ArrayList<>(items));
  }

  /** An array of strings. */
  static Arr strings(Iterable<String> values) {
    List<Json> items = new ArrayList<>();
    values.forEach(v -> items.add(new Str(v)));
    return new Arr(items);
  }

  /** The object whose members {@code writer} gives. */
  static <T> Obj object(T value, BiConsumer<JsonSink, T> writer) {
    return Builder.built(value, writer);
  }

  /** A builder for an object. */
  static Builder object() {
    return new Builder();
  }

  /** Collects members in order; a name given twice is a bug. */
  final class Builder implements JsonSink {
    private final LinkedHashMap<String, Json> members = new LinkedHashMap<>();

    private Builder() {}

    @Override
    public Builder put(String name, Json value) {
      if (members.putIfAbsent(name, Objects.requireNonNull(value)) != null) {
        throw new IllegalArgumentException("member given twice: " + name);
      }
      return this;
    }

    @Override
    public Builder put(String name, String value) {
      return put(name, new Str(value));
    }

    @Override
    public Builder put(String name, long value) {
      return put(name, new Int(value));
    }

    @Override
    public Builder put(String name, boolean value) {
      return put(name, new Bool(value));
    }

    @Override
    public Builder put(String name, Digest value) {
      return put(name, new Str(value.toString()));
    }

    @Override
    public <T> Builder put(String name, T value, BiConsumer<JsonSink, T> writer) {
      return put(name, built(value, writer));
    }

    @Override
    public Builder strings(String name, Collection<String> values) {
      return put(name, Json.strings(values));
    }

    @Override
    public <T> Builder objects(String name, Collection<T> values, BiConsumer<JsonSink, T> writer) {
      List<Json> items = new ArrayList<>();
      values.forEach(value -> items.add(built(value, writer)));
      return put(name, new Arr(items));
    }

    private static <T> Obj built(T value, BiConsumer<JsonSink, T> writer) {
      Builder inner = new Builder();
      writer.accept(inner, value);
      return inner.build();
    }

    /** Leaves the member out when there is no value. */
    public Builder putIfPresent(String name, Optional<? extends Json> value) {
      value.ifPresent(v -> put(name, v));
      return this;
    }

    public Obj build() {
      return new Obj(members);
    }
  }
}

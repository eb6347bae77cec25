package dev.writ.form;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a document with the place where its author wrote it. */
public sealed interface Node {
  Place place();

  /** What a scalar is. */
  enum Kind {
    TEXT,
    INTEGER,
    REAL,
    BOOLEAN,
    NULL,
    /**
     * Written plain in a way that tools read differently ({@code 0x1F}, {@code Yes}, {@code .5}).
     */
    DOUBTFUL
  }

  /** A single value, in the characters it was written in. */
  record Scalar(Place place, Kind kind, String text) implements Node {}

  /** A list. */
  record Sequence(Place place, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** A mapping with distinct keys, in the order they were written. */
  record Mapping(Place place, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /** One key of a mapping and its value. */
  record Entry(String key, Place place, Node value) {}

  /**
   * What a document may be.
   *
   * @param bytes longest document in UTF-8
   * @param depth deepest nesting
   * @param nodes most values, keys counted too
   */
  record Bounds(int bytes, int depth, int nodes) {
    /** One spec: 64 KiB, 12 deep, 10,000 values. */
    public static final Bounds SPEC = new Bounds(64 << 10, 12, 10_000);

    /** A catalogue: 4 MiB, 32 deep (tool schemas nest), 200,000 values. */
    public static final Bounds CATALOGUE = new Bounds(4 << 20, 32, 200_000);
  }

  /**
   * Reads one YAML 1.2 document. Anchors, aliases, tags, directives, a second document, duplicate
   * keys, keys that are no text and unpaired surrogates are refused.
   */
  static Parsed<Node> yaml(byte[] utf8, Bounds bounds) {
    return YamlReader.read(utf8, bounds);
  }

  /** The same tree from JSON that has been parsed already; it has paths and no lines. */
  static Node of(Json json) {
    return of(json, Place.WHOLE);
  }

  private static Node of(Json json, Place at) {
    return switch (json) {
      case Json.Obj(Map<String, Json> members) -> {
        List<Entry> entries = new ArrayList<>();
        members.forEach((key, value) -> {
          Place place = at.member(key, 0, 0);
          entries.add(new Entry(key, place, of(value, place)));
        });
        yield new Mapping(at, entries);
      }
      case Json.Arr(List<Json> items) -> {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
          nodes.add(of(items.get(i), at.item(i, 0, 0)));
        }
        yield new Sequence(at, nodes);
      }
      case Json.Str(String text) -> new Scalar(at, Kind.TEXT, text);
      case Json.Int(long n) -> new Scalar(at, Kind.INTEGER, Long.toString(n));
      case Json.Real(double d) -> new Scalar(at, Kind.REAL, Double.toString(d));
      case Json.Bool(boolean b) -> new Scalar(at, Kind.BOOLEAN, Boolean.toString(b));
      case Json.Null() -> new Scalar(at, Kind.NULL, "null");
    };
  }

  /** This value as JSON; a number beyond what canonical JSON carries is a problem. */
  default Json toJson(Problems problems) {
    return switch (this) {
      case Mapping(Place at, List<Entry> entries) -> {
        Map<String, Json> members = new LinkedHashMap<>();
        entries.forEach(e -> members.put(e.key(), e.value().toJson(problems)));
        yield new Json.Obj(members);
      }
      case Sequence(Place at, List<Node> items) ->
          new Json.Arr(items.stream().map(n -> n.toJson(problems)).toList());
      case Scalar scalar -> scalarToJson(scalar, problems);
    };
  }

  private static Json scalarToJson(Scalar scalar, Problems problems) {
    return switch (scalar.kind()) {
      case TEXT -> new Json.Str(scalar.text());
      case NULL -> new Json.Null();
      case BOOLEAN -> new Json.Bool(Boolean.parseBoolean(scalar.text()));
      case INTEGER -> new Json.Int(problems.integer(scalar).orElse(0L));
      case REAL -> {
        double d = Double.parseDouble(scalar.text());
        if (!Double.isFinite(d)) {
          problems.add(scalar.place(), "the number is too large", "write it as text in quotes");
          yield new Json.Null();
        }
        yield new Json.Real(d);
      }
      case DOUBTFUL -> {
        problems.doubtful(scalar);
        yield new Json.Null();
      }
    };
  }
}

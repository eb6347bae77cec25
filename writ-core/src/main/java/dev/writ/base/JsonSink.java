package dev.writ.base;

import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Takes the members of one JSON object. What writes into a sink can become a tree ({@link
 * Json.Builder}) or canonical bytes at once ({@link CanonicalWriter}); the latter wants members in
 * the order of their names.
 */
public interface JsonSink {
  JsonSink put(String name, String value);

  JsonSink put(String name, long value);

  JsonSink put(String name, boolean value);

  JsonSink put(String name, Digest value);

  JsonSink put(String name, Json value);

  /** An object, whose members {@code writer} gives. */
  <T> JsonSink put(String name, T value, BiConsumer<JsonSink, T> writer);

  /** An array of strings. */
  JsonSink strings(String name, Collection<String> values);

  /** An array of objects. */
  <T> JsonSink objects(String name, Collection<T> values, BiConsumer<JsonSink, T> writer);

  /** An object of integers; the map's order is kept. */
  default JsonSink counts(String name, Map<String, Long> values) {
    return put(name, values, (sink, all) -> all.forEach((key, count) -> sink.put(key, count)));
  }
}

package dev.writ.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Command line arguments of the form {@code --name value}. */
final class Arguments {
  private final Map<String, String> byName = new TreeMap<>();

  /** Throws {@link IllegalArgumentException} naming what is unknown, doubled or without value. */
  Arguments(String[] arguments, List<String> known) {
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i];
      if (!known.contains(name) || i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            "unknown or without value: `" + name + "`; known are " + known);
      }
      if (byName.put(name, arguments[i + 1]) != null) {
        throw new IllegalArgumentException("given twice: `" + name + "`");
      }
    }
  }

  String required(String name) {
    String value = byName.get(name);
    if (value == null) {
      throw new IllegalArgumentException("missing: `" + name + "`");
    }
    return value;
  }

  String orElse(String name, String otherwise) {
    return byName.getOrDefault(name, otherwise);
  }
}

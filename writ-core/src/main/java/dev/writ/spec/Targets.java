package dev.writ.spec;

import dev.writ.form.Names;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which targets of a resource a grant covers. */
public sealed interface Targets {
  /** Whether every call that the other covers is one that these cover. */
  default boolean covers(Targets other) {
    return switch (this) {
      case Unstated u -> true;
      case Any a -> true;
      case Named(Map<String, List<String>> mine) ->
          other instanceof Named(Map<String, List<String>> theirs)
              && mine.entrySet().stream()
                  .allMatch(e ->
                      theirs.containsKey(e.getKey())
                          && e.getValue().containsAll(theirs.getOrDefault(e.getKey(), List.of())));
    };
  }

  /** Nothing is said: right for a resource without targets, a gap for one that has them. */
  record Unstated() implements Targets {}

  /** Somebody said: any. */
  record Any() implements Targets {}

  /**
   * These, and a call has to name at least one of each dimension.
   *
   * @param byDimension sorted values of each dimension, none empty; dimensions sorted
   */
  record Named(Map<String, List<String>> byDimension) implements Targets {
    public Named {
      if (byDimension.isEmpty()) {
        throw new IllegalArgumentException("named targets name at least one dimension");
      }
      Map<String, List<String>> copy = new TreeMap<>();
      byDimension.forEach((dimension, ids) -> {
        if (ids.isEmpty()) {
          throw new IllegalArgumentException("no target of " + dimension);
        }
        ids.forEach(Names::require);
        copy.put(Names.require(dimension), List.copyOf(new TreeSet<>(ids)));
      });
      byDimension = Collections.unmodifiableMap(copy);
    }
  }
}

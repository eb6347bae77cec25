package dev.writ.token;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which targets of a resource a permission reaches. Absence of targets is never "everything". */
public sealed interface Targets {
  /** Every target, said explicitly; also the case of a resource without target dimensions. */
  record Any() implements Targets {}

  /**
   * Only these.
   *
   * @param values the allowed target ids by dimension, such as {@code supplier}; at least one
   *     dimension, each with at least one id
   */
  record Listed(NavigableMap<String, NavigableSet<String>> values) implements Targets {
    public Listed {
      TreeMap<String, NavigableSet<String>> copy = new TreeMap<>();
      values.forEach((k, v) -> copy.put(k, new TreeSet<>(v)));
      if (copy.isEmpty() || copy.values().stream().anyMatch(NavigableSet::isEmpty)) {
        throw new IllegalArgumentException("listed targets name a dimension and at least one id");
      }
      values = java.util.Collections.unmodifiableNavigableMap(copy);
    }
  }

  /** Whether everything {@code inner} reaches is reached by this too. */
  default boolean covers(Targets inner) {
    return switch (this) {
      case Any any -> true;
      case Listed(NavigableMap<String, NavigableSet<String>> allowed) ->
          switch (inner) {
            case Any any -> false;
            case Listed(NavigableMap<String, NavigableSet<String>> wanted) ->
                allowed.entrySet().stream().allMatch(e -> within(e, wanted));
          };
    };
  }

  /** A dimension that {@code wanted} leaves out is unrestricted there, hence not covered. */
  private static boolean within(
      Map.Entry<String, NavigableSet<String>> allowed,
      NavigableMap<String, NavigableSet<String>> wanted) {
    NavigableSet<String> ids = wanted.get(allowed.getKey());
    return ids != null && allowed.getValue().containsAll(ids);
  }

  /** {@code "any"} or an object of arrays. */
  default Json toJson() {
    return switch (this) {
      case Any any -> Json.of("any");
      case Listed(NavigableMap<String, NavigableSet<String>> values) -> {
        Json.Builder out = Json.object();
        values.forEach((dimension, ids) -> out.put(dimension, Json.strings(ids)));
        yield out.build();
      }
    };
  }

  /** Reads what {@link #toJson} writes; at most 16 dimensions of 256 ids. */
  static Parsed<Targets> parse(Json json) {
    if (json instanceof Json.Str(String s) && s.equals("any")) {
      return Parsed.ok(new Any());
    }
    if (!(json instanceof Json.Obj(Map<String, Json> members)) || members.isEmpty()) {
      return Parsed.refused("targets", "neither `any` nor an object", "list ids by dimension");
    }
    List<Problem> problems = new ArrayList<>();
    TreeMap<String, NavigableSet<String>> values = new TreeMap<>();
    members.forEach((k, v) -> values.put(k, ids(k, v, problems)));
    if (members.size() > 16) {
      problems.add(new Problem("targets", "more than 16 dimensions", "name fewer"));
    }
    return problems.isEmpty() ? Parsed.ok(new Listed(values)) : Parsed.refused(problems);
  }

  private static NavigableSet<String> ids(String dimension, Json json, List<Problem> problems) {
    NavigableSet<String> ids = new TreeSet<>();
    if (json instanceof Json.Arr(List<Json> items) && !items.isEmpty() && items.size() <= 256) {
      for (Json item : items) {
        if (item instanceof Json.Str(String id)) {
          ids.add(id);
        }
      }
      if (ids.size() == items.size()) {
        return ids;
      }
    }
    problems.add(
        new Problem(
            "targets." + dimension, "not an array of 1 to 256 distinct ids", "list the ids"));
    return ids;
  }
}

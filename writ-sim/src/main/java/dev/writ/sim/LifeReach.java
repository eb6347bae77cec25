package dev.writ.sim;

import dev.writ.token.Permission;
import dev.writ.token.Scope;
import dev.writ.token.Targets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a scope comes to, spelt out line by line: an action on one supplier's part of one resource,
 * with the most that is allowed of it. An account of its own beside {@link Scope#covers}.
 */
final class LifeReach {
  private static final String READ = "read";
  private final SortedMap<String, Map<String, Long>> lines = new TreeMap<>();

  static LifeReach of(Scope scope) {
    LifeReach reach = new LifeReach();
    for (Permission permission : scope.permissions()) {
      for (String action : permission.actions()) {
        switch (permission.targets()) {
          case Targets.Any any -> reach.add(line(action, permission, "*"), permission.limits());
          case Targets.Listed(var values) ->
              values
                  .values()
                  .forEach(ids ->
                      ids.forEach(
                          id -> reach.add(line(action, permission, id), permission.limits())));
        }
      }
    }
    return reach;
  }

  /** What the person who wrote it meant. */
  static LifeReach of(LifeWorld.Wish wish) {
    LifeReach reach = new LifeReach();
    Map<String, Long> limits = new LinkedHashMap<>();
    limits.put("rows", 50L);
    limits.put("calls", 20L);
    wish.suppliers().forEach(s -> reach.add("read ap-db/invoices staging " + s, limits));
    if (wish.updates()) {
      reach.add("update ap-db/invoices staging sup-118", Map.of());
    }
    return reach;
  }

  private static String line(String action, Permission permission, String target) {
    return action + " " + permission.resource() + " " + permission.environment() + " " + target;
  }

  private void add(String line, Map<String, Long> limits) {
    lines.put(line, new LinkedHashMap<>(limits));
  }

  /** Whether every line of the other is one of these, with limits no larger. */
  boolean covers(LifeReach inner) {
    return inner.lines.entrySet().stream()
        .allMatch(e -> {
          Map<String, Long> limits = lines.get(e.getKey());
          return limits != null
              && limits.entrySet().stream()
                  .allMatch(
                      l -> e.getValue().getOrDefault(l.getKey(), Long.MAX_VALUE) <= l.getValue());
        });
  }

  /** Whether a call lies on one of these lines. */
  boolean reaches(LifeCalls.Asked asked) {
    String action =
        switch (asked.tool()) {
          case "list_invoices", "get_invoice" -> READ;
          case "update_invoice" -> "update";
          default -> "";
        };
    return lines.containsKey(action + " ap-db/invoices staging " + asked.supplier());
  }
}

package dev.writ.token;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One line of a scope: actions on a resource's targets in an environment, within limits.
 *
 * @param actions at least one action id
 * @param resource a resource id of the catalogue
 * @param environment an environment id
 * @param targets which targets
 * @param limits most by name, such as {@code calls} or {@code rows}; a name that is absent is not
 *     limited here
 */
public record Permission(
    NavigableSet<String> actions,
    String resource,
    String environment,
    Targets targets,
    NavigableMap<String, Long> limits) {
  public Permission {
    actions = Collections.unmodifiableNavigableSet(new TreeSet<>(actions));
    limits = Collections.unmodifiableNavigableMap(new TreeMap<>(limits));
    if (actions.isEmpty()) {
      throw new IllegalArgumentException("a permission names at least one action");
    }
  }

  /** Whether everything {@code inner} permits is permitted by this alone. */
  public boolean covers(Permission inner) {
    return resource.equals(inner.resource)
        && environment.equals(inner.environment)
        && actions.containsAll(inner.actions)
        && targets.covers(inner.targets)
        && limits.entrySet().stream().allMatch(l -> within(l, inner.limits));
  }

  private static boolean within(Map.Entry<String, Long> most, NavigableMap<String, Long> wanted) {
    Long limit = wanted.get(most.getKey());
    return limit != null && limit <= most.getValue();
  }

  /** This permission with every limit of {@code outer} that is missing here. */
  Permission limitedBy(Permission outer) {
    TreeMap<String, Long> all = new TreeMap<>(outer.limits);
    all.putAll(limits);
    return new Permission(actions, resource, environment, targets, all);
  }

  /** A member of {@code authorization_details} (RFC 9396) without its {@code type}. */
  public Json.Obj toJson() {
    Json.Builder most = Json.object();
    limits.forEach((name, value) -> most.put(name, value));
    return Json.object()
        .put("actions", Json.strings(actions))
        .put("resource", resource)
        .put("environment", environment)
        .put("targets", targets.toJson())
        .put("limits", most.build())
        .build();
  }

  /** Reads what {@link #toJson} writes; unknown members are refused. */
  public static Parsed<Permission> parse(Json json) {
    if (!(json instanceof Json.Obj obj)) {
      return Parsed.refused("", "a permission is an object", "send an object");
    }
    List<Problem> problems = new ArrayList<>();
    for (String name : obj.members().keySet()) {
      if (!List.of("actions", "resource", "environment", "targets", "limits").contains(name)) {
        problems.add(new Problem(name, "unknown member `" + name + "`", "leave it out"));
      }
    }
    NavigableSet<String> actions = actions(obj, problems);
    Optional<String> resource = obj.text("resource");
    Optional<String> environment = obj.text("environment");
    if (resource.isEmpty() || environment.isEmpty()) {
      problems.add(new Problem("", "`resource` or `environment` is missing", "name both"));
    }
    Parsed<Targets> targets = Targets.parse(obj.get("targets").orElse(new Json.Null()));
    problems.addAll(targets.problems());
    NavigableMap<String, Long> limits = limits(obj, problems);
    return problems.isEmpty()
        ? Parsed.ok(
            new Permission(
                actions,
                resource.orElseThrow(),
                environment.orElseThrow(),
                targets.orThrow(),
                limits))
        : Parsed.refused(problems);
  }

  private static NavigableSet<String> actions(Json.Obj obj, List<Problem> problems) {
    NavigableSet<String> actions = new TreeSet<>();
    for (Json item : obj.array("actions").orElse(List.of())) {
      if (item instanceof Json.Str(String action)) {
        actions.add(action);
      }
    }
    if (actions.isEmpty() || actions.size() > 64) {
      problems.add(new Problem("actions", "not 1 to 64 action ids", "list the actions"));
    }
    return actions;
  }

  private static NavigableMap<String, Long> limits(Json.Obj obj, List<Problem> problems) {
    NavigableMap<String, Long> limits = new TreeMap<>();
    obj.object("limits").stream()
        .flatMap(o -> o.members().entrySet().stream())
        .forEach(e -> {
          if (e.getValue() instanceof Json.Int(long n) && n >= 0) {
            limits.put(e.getKey(), n);
          } else {
            problems.add(
                new Problem("limits." + e.getKey(), "not a whole number", "write 0 or more"));
          }
        });
    return limits;
  }
}

package dev.writ.spec;

import dev.writ.form.Names;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One line of a spec: actions on one resource and its targets, in one environment, under limits. It
 * covers the resource itself and none of its parts.
 *
 * @param actions sorted, at least one
 * @param because for the people who review it
 */
public record Grant(
    List<String> actions,
    String resource,
    String environment,
    Targets targets,
    Limits limits,
    Optional<String> because) {
  public Grant {
    actions = List.copyOf(new TreeSet<>(actions));
    if (actions.isEmpty()) {
      throw new IllegalArgumentException("a grant names at least one action");
    }
    actions.forEach(Names::require);
    Names.require(resource);
    Names.require(environment);
    Objects.requireNonNull(targets);
    Objects.requireNonNull(limits);
  }
}

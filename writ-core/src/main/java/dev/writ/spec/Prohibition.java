package dev.writ.spec;

import dev.writ.form.Names;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a workflow must not do whatever else allows it: actions on a resource and all its parts.
 *
 * @param environment every environment when empty
 */
public record Prohibition(List<String> actions, String resource, Optional<String> environment) {
  public Prohibition {
    actions = List.copyOf(new TreeSet<>(actions));
    if (actions.isEmpty()) {
      throw new IllegalArgumentException("a prohibition names at least one action");
    }
    actions.forEach(Names::require);
    Names.require(resource);
    environment.ifPresent(Names::require);
  }
}

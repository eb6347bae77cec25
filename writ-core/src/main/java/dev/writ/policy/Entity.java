package dev.writ.policy;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is known about one entity.
 *
 * @param parents the entities directly above it; ancestors may be among them
 */
public record Entity(
    EntityUid uid, Map<String, Value> attributes, Set<EntityUid> parents, Map<String, Value> tags) {
  public Entity {
    attributes = Fields.of(attributes);
    parents =
        parents.size() <= 1
            ? Set.copyOf(parents)
            : Collections.unmodifiableSet(new LinkedHashSet<>(parents));
    tags = Fields.of(tags);
  }

  /** An entity without tags. */
  public static Entity of(EntityUid uid, Map<String, Value> attributes, Set<EntityUid> parents) {
    return new Entity(uid, attributes, parents, Map.of());
  }

  /** An entity of which only its existence is known. */
  public static Entity bare(EntityUid uid) {
    return new Entity(uid, Map.of(), Set.of(), Map.of());
  }
}

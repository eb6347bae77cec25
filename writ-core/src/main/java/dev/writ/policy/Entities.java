package dev.writ.policy;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entities a decision may look at, with their hierarchy made transitive; immutable. */
public final class Entities {
  /** No entities: every reference is to an unknown one. */
  public static final Entities EMPTY = new Entities(Map.of());

  /** An entity and everything above it. */
  static final class Node {
    private final Entity entity;
    private final Set<EntityUid> ancestors;
    private final EntityUid[] line;

    Node(Entity entity, Set<EntityUid> ancestors) {
      this.entity = entity;
      this.ancestors = ancestors;
      this.line = new EntityUid[ancestors.size() + 1];
      line[0] = entity.uid();
      int at = 1;
      for (EntityUid ancestor : ancestors) {
        line[at++] = ancestor;
      }
    }

    Entity entity() {
      return entity;
    }

    Set<EntityUid> ancestors() {
      return ancestors;
    }

    /** The entity itself, then all above it; not to be changed. */
    EntityUid[] line() {
      return line;
    }
  }

  private final Map<EntityUid, Node> nodes;

  private Entities(Map<EntityUid, Node> nodes) {
    this.nodes = nodes;
  }

  /** These entities. Throws {@link IllegalArgumentException} where {@link #parse} refuses. */
  public static Entities of(Collection<Entity> entities) {
    return parse(entities).orThrow();
  }

  /**
   * These entities; refused when one is given twice with different content or is, directly or not,
   * above itself.
   */
  public static Parsed<Entities> parse(Collection<Entity> entities) {
    Map<EntityUid, Entity> known = LinkedHashMap.newLinkedHashMap(entities.size());
    List<Problem> problems = new ArrayList<>();
    for (Entity entity : entities) {
      Entity before = known.putIfAbsent(entity.uid(), entity);
      if (before != null && !before.equals(entity)) {
        problems.add(
            new Problem("", "`" + entity.uid() + "` is given twice", "keep one of the two"));
      }
    }
    if (!problems.isEmpty()) {
      return Parsed.refused(problems);
    }
    Map<EntityUid, Node> nodes = LinkedHashMap.newLinkedHashMap(known.size());
    for (Entity entity : known.values()) {
      Set<EntityUid> ancestors = ancestors(entity, known);
      if (ancestors.contains(entity.uid())) {
        problems.add(
            new Problem(
                "", "`" + entity.uid() + "` is above itself", "remove one parent of the circle"));
      }
      nodes.put(entity.uid(), new Node(entity, ancestors));
    }
    return problems.isEmpty() ? Parsed.ok(new Entities(nodes)) : Parsed.refused(problems);
  }

  /** All above this entity; through unknown ones there is no way up. Nearest come first. */
  private static Set<EntityUid> ancestors(Entity entity, Map<EntityUid, Entity> known) {
    if (entity.parents().isEmpty()) {
      return Set.of();
    }
    Set<EntityUid> found = new LinkedHashSet<>(entity.parents());
    List<EntityUid> queue = new ArrayList<>(found);
    for (int i = 0; i < queue.size(); i++) {
      Entity above = known.get(queue.get(i));
      if (above != null) {
        for (EntityUid parent : above.parents()) {
          if (found.add(parent)) {
            queue.add(parent);
          }
        }
      }
    }
    return found;
  }

  /** What is known about an entity. */
  public Optional<Entity> entity(EntityUid uid) {
    return Optional.ofNullable(nodes.get(uid)).map(n -> n.entity());
  }

  /** All entities in the order given. */
  public List<Entity> all() {
    return nodes.values().stream().map(n -> n.entity()).toList();
  }

  /** Whether {@code uid} is {@code ancestor} or below it. */
  public boolean isIn(EntityUid uid, EntityUid ancestor) {
    Node node = nodes.get(uid);
    return uid.equals(ancestor) || (node != null && node.ancestors().contains(ancestor));
  }

  @Nullable Node node(EntityUid uid) {
    return nodes.get(uid);
  }
}

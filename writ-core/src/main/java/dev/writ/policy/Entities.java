package dev.writ.policy;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.util.ArrayList;
import java.util.Arrays;
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
    /** Up to this many a walk is quicker than hashing. */
    private static final int FEW = 8;

    private final Entity entity;
    private EntityUid[] line;
    private @Nullable Set<EntityUid> index;

    private Node(Entity entity) {
      this.entity = entity;
      this.line = new EntityUid[] {entity.uid()};
    }

    /** Called once for each node while the entities are made. */
    private void rise(Map<EntityUid, Node> nodes) {
      if (entity.parents().isEmpty()) {
        return;
      }
      if (chain(nodes)) {
        return;
      }
      Set<EntityUid> above = ancestors(entity, nodes);
      EntityUid[] all = new EntityUid[above.size() + 1];
      all[0] = entity.uid();
      int at = 1;
      for (EntityUid ancestor : above) {
        all[at++] = ancestor;
      }
      line = all;
      index = all.length > FEW ? above : null;
    }

    /** The usual case: one above the other, and few; false when it is not that. */
    private boolean chain(Map<EntityUid, Node> nodes) {
      EntityUid[] all = new EntityUid[FEW];
      int size = 0;
      Node at = this;
      while (at != null && size < FEW - 1 && at.entity.parents().size() <= 1) {
        all[size++] = at.entity.uid();
        if (at.entity.parents().isEmpty()) {
          line = Arrays.copyOf(all, size);
          return true;
        }
        EntityUid parent = at.entity.parents().iterator().next();
        at = nodes.get(parent);
        if (at == null) {
          all[size++] = parent;
          line = Arrays.copyOf(all, size);
          return true;
        }
      }
      return false;
    }

    Entity entity() {
      return entity;
    }

    /** The entity itself, then all above it, nearest first; not to be changed. */
    EntityUid[] line() {
      return line;
    }

    /** Whether this entity is below the other. */
    boolean isBelow(EntityUid ancestor) {
      if (index != null) {
        return index.contains(ancestor);
      }
      for (int i = 1; i < line.length; i++) {
        if (line[i].equals(ancestor)) {
          return true;
        }
      }
      return false;
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
    Map<EntityUid, Node> nodes = LinkedHashMap.newLinkedHashMap(entities.size());
    List<Problem> problems = new ArrayList<>(0);
    for (Entity entity : entities) {
      Node before = nodes.putIfAbsent(entity.uid(), new Node(entity));
      if (before != null && !before.entity().equals(entity)) {
        problems.add(
            new Problem("", "`" + entity.uid() + "` is given twice", "keep one of the two"));
      }
    }
    for (Node node : nodes.values()) {
      node.rise(nodes);
      if (node.isBelow(node.entity().uid())) {
        problems.add(
            new Problem(
                "",
                "`" + node.entity().uid() + "` is above itself",
                "remove one parent of the circle"));
      }
    }
    return problems.isEmpty() ? Parsed.ok(new Entities(nodes)) : Parsed.refused(problems);
  }

  /** All above this entity; through unknown ones there is no way up. Nearest come first. */
  private static Set<EntityUid> ancestors(Entity entity, Map<EntityUid, Node> nodes) {
    Set<EntityUid> found = new LinkedHashSet<>(entity.parents());
    List<EntityUid> queue = new ArrayList<>(found);
    for (int i = 0; i < queue.size(); i++) {
      Node above = nodes.get(queue.get(i));
      if (above != null) {
        for (EntityUid parent : above.entity().parents()) {
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
    return Optional.ofNullable(nodes.get(uid)).map(Node::entity);
  }

  /** All entities in the order given. */
  public List<Entity> all() {
    return nodes.values().stream().map(Node::entity).toList();
  }

  /** Whether {@code uid} is {@code ancestor} or below it. */
  public boolean isIn(EntityUid uid, EntityUid ancestor) {
    Node node = nodes.get(uid);
    return uid.equals(ancestor) || (node != null && node.isBelow(ancestor));
  }

  @Nullable Node node(EntityUid uid) {
    return nodes.get(uid);
  }
}

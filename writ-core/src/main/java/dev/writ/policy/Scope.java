package dev.writ.policy;

import java.util.List;
import java.util.Optional;

/** What a policy's head asks of the principal, the action or the resource. */
public sealed interface Scope {
  /** Whatever it is. */
  record Any() implements Scope {}

  /** Exactly this entity. */
  record Is(EntityTarget target) implements Scope {}

  /** This entity or one below it. */
  record In(EntityTarget target) implements Scope {}

  /** One of these entities or one below them; for actions only. */
  record InAny(List<EntityUid> entities) implements Scope {
    public InAny {
      entities = List.copyOf(entities);
    }
  }

  /** An entity of this type; never for actions. */
  record OfType(String type) implements Scope {
    public OfType {
      requireType(type);
    }
  }

  /** An entity of this type at or below the target; never for actions. */
  record OfTypeIn(String type, EntityTarget target) implements Scope {
    public OfTypeIn {
      requireType(type);
    }
  }

  /** What a head compares with: an entity, or a slot of a template. */
  sealed interface EntityTarget {}

  /** A named entity. */
  record Named(EntityUid uid) implements EntityTarget {}

  /** A slot to be filled by a link. */
  record Open(Slot slot) implements EntityTarget {}

  static Scope any() {
    return new Any();
  }

  static Scope is(EntityUid uid) {
    return new Is(new Named(uid));
  }

  static Scope in(EntityUid uid) {
    return new In(new Named(uid));
  }

  static Scope inAny(List<EntityUid> uids) {
    return new InAny(uids);
  }

  static Scope ofType(String type) {
    return new OfType(type);
  }

  static Scope ofTypeIn(String type, EntityUid uid) {
    return new OfTypeIn(type, new Named(uid));
  }

  /** What this compares with, when it compares with one entity or slot. */
  default Optional<EntityTarget> compared() {
    return switch (this) {
      case Any any -> Optional.empty();
      case OfType type -> Optional.empty();
      case InAny many -> Optional.empty();
      case Is(EntityTarget target) -> Optional.of(target);
      case In(EntityTarget target) -> Optional.of(target);
      case OfTypeIn(String type, EntityTarget target) -> Optional.of(target);
    };
  }

  /** The slot this leaves open. */
  default Optional<Slot> slot() {
    return compared()
        .flatMap(t -> t instanceof Open(Slot slot) ? Optional.of(slot) : Optional.empty());
  }

  /** The same with its slot filled; itself when it has none. */
  default Scope filled(EntityUid uid) {
    if (slot().isEmpty()) {
      return this;
    }
    return switch (this) {
      case Is is -> is(uid);
      case In in -> in(uid);
      case OfTypeIn(String type, EntityTarget target) -> ofTypeIn(type, uid);
      case Any any -> any;
      case OfType type -> type;
      case InAny many -> many;
    };
  }

  private static void requireType(String type) {
    if (!Names.isTypeName(type)) {
      throw new IllegalArgumentException("not an entity type: " + type);
    }
  }
}

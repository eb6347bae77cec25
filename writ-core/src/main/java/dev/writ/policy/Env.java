package dev.writ.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request being decided: its entities looked up once, its attributes remembered by slot. */
final class Env {
  /** Marks a slot as looked up in vain. */
  private static final Object ABSENT = new Object();

  private final Entities entities;
  private final Value.Rec context;
  private final Place principal;
  private final Place action;
  private final Place resource;
  private final @Nullable Object[] slots;

  /** An entity of the request: itself, what is known of it, and all it is in, itself first. */
  static final class Place {
    private final EntityUid uid;
    private final Entities.@Nullable Node node;
    private final EntityUid[] line;

    private Place(EntityUid uid, Entities entities) {
      this.uid = uid;
      this.node = entities.node(uid);
      this.line = node == null ? new EntityUid[] {uid} : node.line();
    }

    EntityUid uid() {
      return uid;
    }

    /** Itself, then all it is in; not to be changed. */
    EntityUid[] line() {
      return line;
    }

    boolean isIn(EntityUid ancestor) {
      return uid.equals(ancestor) || (node != null && node.isBelow(ancestor));
    }
  }

  Env(Request request, Entities entities, int slots) {
    this.entities = entities;
    this.context = request.context();
    this.principal = new Place(request.principal(), entities);
    this.action = new Place(request.action(), entities);
    this.resource = new Place(request.resource(), entities);
    this.slots = new Object[slots];
  }

  Place principal() {
    return principal;
  }

  Place action() {
    return action;
  }

  Place resource() {
    return resource;
  }

  Value.Rec context() {
    return context;
  }

  Entities.@Nullable Node node(EntityUid uid) {
    if (uid.equals(principal.uid)) {
      return principal.node;
    }
    return uid.equals(resource.uid) ? resource.node : entities.node(uid);
  }

  Value variable(Expr.Variable variable) {
    return switch (variable) {
      case PRINCIPAL -> principal.uid;
      case ACTION -> action.uid;
      case RESOURCE -> resource.uid;
      case CONTEXT -> context;
    };
  }

  /** The attribute of a variable, looked up on first use; absent when it is not there. */
  @Nullable Value slot(int slot, Expr.Variable variable, String attribute) {
    Object known = slots[slot];
    if (known == null) {
      Value found = find(variable(variable), attribute);
      slots[slot] = found == null ? ABSENT : found;
      return found;
    }
    return known instanceof Value value ? value : null;
  }

  /** The attribute of a record or known entity; absent when it is not there. */
  @Nullable Value find(Value of, String attribute) {
    if (of instanceof Value.Rec rec) {
      return rec.fields().get(attribute);
    }
    if (of instanceof EntityUid uid) {
      Entities.Node node = node(uid);
      return node == null ? null : node.entity().attributes().get(attribute);
    }
    throw Fault.type("record or entity", of);
  }

  /** The attribute, or the fault that it is missing. */
  Value get(Value of, String attribute) {
    Value found = find(of, attribute);
    if (found == null) {
      throw missing(of, attribute);
    }
    return found;
  }

  Fault missing(Value of, String attribute) {
    if (of instanceof EntityUid uid) {
      return node(uid) == null ? Fault.entity(uid) : Fault.attribute(Fault.shown(uid), attribute);
    }
    return Fault.attribute("the record", attribute);
  }

  boolean isIn(EntityUid uid, EntityUid ancestor) {
    if (uid.equals(ancestor)) {
      return true;
    }
    Entities.Node node = node(uid);
    return node != null && node.isBelow(ancestor);
  }

  boolean isInAny(EntityUid uid, Set<Value> ancestors) {
    boolean found = false;
    for (Value ancestor : ancestors) {
      if (!(ancestor instanceof EntityUid above)) {
        throw Fault.type("entity", ancestor);
      }
      found = found || isIn(uid, above);
    }
    return found;
  }
}

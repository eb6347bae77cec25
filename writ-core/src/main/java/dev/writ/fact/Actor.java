package dev.writ.fact;

import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.base.Parsed;

/** Who did what a fact says: an id, never a name or an address. */
public sealed interface Actor {
  /** A person of the identity provider or the catalogue. */
  record Person(String id) implements Actor {
    public Person {
      requireId(id);
    }
  }

  /** A workload, by its SPIFFE id or client id. */
  record Workload(String id) implements Actor {
    public Workload {
      requireId(id);
    }
  }

  /** A server process acting by itself: a chore, a clock that ran out. */
  record Node(NodeId id) implements Actor {}

  /** Most characters of a person's or workload's id. */
  int LONGEST_ID = 256;

  private static void requireId(String id) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException("an actor's id has 1 to " + LONGEST_ID + " characters");
    }
  }

  /** The id alone. */
  default String name() {
    return switch (this) {
      case Person(String id) -> id;
      case Workload(String id) -> id;
      case Node(NodeId id) -> id.value();
    };
  }

  /** What kind it is, as it is written. */
  default String kind() {
    return switch (this) {
      case Person p -> "person";
      case Workload w -> "workload";
      case Node n -> "node";
    };
  }

  /** {@code {"id":…,"kind":…}}. */
  default Json.Obj toJson() {
    return Json.object().put("id", name()).put("kind", kind()).build();
  }

  /** Reads what {@link #toJson} writes. */
  static Parsed<Actor> parse(Json.Obj json) {
    String id = json.text("id").orElse("");
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      return Parsed.refused("id", "not 1 to " + LONGEST_ID + " characters", "name the actor");
    }
    return switch (json.text("kind").orElse("")) {
      case "person" -> Parsed.ok(new Person(id));
      case "workload" -> Parsed.ok(new Workload(id));
      case "node" -> NodeId.parse(id).map(Node::new);
      default -> Parsed.refused("kind", "unknown kind of actor", "person, workload or node");
    };
  }
}

package dev.writ.policy;

import dev.writ.base.Parsed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Cedar schema as far as reading entities and contexts needs it: the types of attributes, tags
 * and contexts, and the hierarchy of actions. Whether policies, entities and requests keep to a
 * schema is {@link Validation}'s question.
 */
public final class Schema {
  /** The schema that says nothing. */
  public static final Schema EMPTY = new Schema("", Map.of(), Map.of());

  /** What is declared of an entity type. */
  record EntityType(SchemaType.RecordOf attributes, Optional<SchemaType> tags) {}

  /** What is declared of an action. */
  record Action(List<EntityUid> parents, Optional<SchemaType> context) {}

  private final String text;
  private final Map<String, EntityType> types;
  private final Map<EntityUid, Action> actions;

  Schema(String text, Map<String, EntityType> types, Map<EntityUid, Action> actions) {
    this.text = text;
    this.types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    this.actions = Collections.unmodifiableMap(new LinkedHashMap<>(actions));
  }

  /**
   * Reads a schema in Cedar's own syntax; refused with every syntax error and unknown type, each
   * with line and column.
   */
  public static Parsed<Schema> parse(String text) {
    return SchemaParser.parse(text, PolicyBounds.STANDARD);
  }

  /** Whether it declares nothing. */
  boolean isEmpty() {
    return types.isEmpty() && actions.isEmpty();
  }

  /** The text it was read from. */
  public String text() {
    return text;
  }

  /** The declared entity types, actions not among them. */
  public List<String> types() {
    return List.copyOf(types.keySet());
  }

  /** The declared actions with their hierarchy, as entities. */
  public List<Entity> actions() {
    List<Entity> entities = new ArrayList<>();
    actions.forEach((uid, action) ->
        entities.add(Entity.of(uid, Map.of(), new java.util.LinkedHashSet<>(action.parents()))));
    return entities;
  }

  SchemaType attributes(EntityUid uid) {
    EntityType type = types.get(uid.type());
    return type == null ? SchemaType.RecordOf.EMPTY : type.attributes();
  }

  Optional<SchemaType> tags(EntityUid uid) {
    return Optional.ofNullable(types.get(uid.type())).flatMap(EntityType::tags);
  }

  Optional<SchemaType> context(EntityUid action) {
    return Optional.ofNullable(actions.get(action)).flatMap(Action::context);
  }
}

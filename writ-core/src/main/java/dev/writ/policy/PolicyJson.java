package dev.writ.policy;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cedar's JSON for entities and contexts. A value that JSON cannot say is written <code>
 * {"__entity": {"type", "id"}}</code> or <code>{"__extn": {"fn", "arg"}}</code>; where a schema
 * names the type, the plain form will do: <code>{"type", "id"}</code>, or the constructor's text.
 * Refused are {@code null}, fractions, integers beyond 64 bits, and sets with more than {@value
 * #MOST_COMPOSITES} records or sets in them.
 */
public final class PolicyJson {
  /** Most records and sets within one set: comparing them all with each other takes time. */
  static final int MOST_COMPOSITES = 1_000;

  private static final List<String> QUERY =
      List.of("principal", "action", "resource", "context", "entities");

  private final Schema schema;
  private final List<Problem> problems = new ArrayList<>();

  private PolicyJson(Schema schema) {
    this.schema = schema;
  }

  /**
   * Reads an array of entities; the schema's actions are added with their hierarchy. Refused with
   * every problem and its place.
   */
  public static Parsed<Entities> entities(Json json, Schema schema) {
    PolicyJson reader = new PolicyJson(schema);
    List<Entity> entities = new ArrayList<>();
    if (json instanceof Json.Arr(List<Json> items)) {
      for (int i = 0; i < items.size(); i++) {
        reader.entity(items.get(i), "[" + i + "]").ifPresent(entities::add);
      }
    } else {
      reader.problem("", "entities are an array", "send `[]` when there are none");
    }
    if (!reader.problems.isEmpty()) {
      return Parsed.refused(reader.problems);
    }
    return Entities.parse(withActions(entities, schema));
  }

  // What the schema says of an action counts; the data may repeat it.
  private static List<Entity> withActions(List<Entity> given, Schema schema) {
    Map<EntityUid, Entity> all = new LinkedHashMap<>();
    List<Entity> twice = new ArrayList<>();
    Set<EntityUid> declared = new LinkedHashSet<>();
    for (Entity action : schema.actions()) {
      all.put(action.uid(), action);
      declared.add(action.uid());
    }
    for (Entity entity : given) {
      if (!declared.contains(entity.uid()) && all.putIfAbsent(entity.uid(), entity) != null) {
        twice.add(entity);
      }
    }
    List<Entity> entities = new ArrayList<>(all.values());
    entities.addAll(twice);
    return entities;
  }

  /** Reads the context of a request for this action. */
  public static Parsed<Value.Rec> context(Json json, Schema schema, EntityUid action) {
    PolicyJson reader = new PolicyJson(schema);
    Optional<SchemaType> type = schema.context(action);
    Optional<Value> value = reader.value(json, type, "context");
    if (reader.problems.isEmpty() && value.isPresent() && value.get() instanceof Value.Rec rec) {
      return Parsed.ok(rec);
    }
    reader.problemIfNone("context", "the context is not an object", "send `{}` when it is empty");
    return Parsed.refused(reader.problems);
  }

  /** A request with the entities to decide it on. */
  public record Query(Request request, Entities entities) {}

  /**
   * Reads <code>{"principal", "action", "resource", "context", "entities"}</code> from UTF-8 bytes.
   */
  public static Parsed<Query> query(byte[] utf8, Schema schema, Json.Bounds bounds) {
    Optional<Query> plain = schema.isEmpty() ? QueryReader.read(utf8, bounds) : Optional.empty();
    return plain.isPresent() ? Parsed.ok(plain.get()) : atLeisure(utf8, schema, bounds);
  }

  /** The thorough way, which finds every problem. */
  static Parsed<Query> atLeisure(byte[] utf8, Schema schema, Json.Bounds bounds) {
    return Json.parseObject(utf8, bounds).then(json -> query(json, schema));
  }

  private static Parsed<Query> query(Json.Obj json, Schema schema) {
    PolicyJson reader = new PolicyJson(schema);
    for (String name : json.members().keySet()) {
      if (!QUERY.contains(name)) {
        reader.problem("", "`" + Text.excerpt(name) + "` is no part of a query", "remove it");
      }
    }
    Optional<EntityUid> principal = reader.uid(json.get("principal"), "principal");
    Optional<EntityUid> action = reader.uid(json.get("action"), "action");
    Optional<EntityUid> resource = reader.uid(json.get("resource"), "resource");
    if (principal.isEmpty() || action.isEmpty() || resource.isEmpty()) {
      return Parsed.refused(reader.problems);
    }
    Json none = Json.object().build();
    Parsed<Value.Rec> context = context(json.get("context").orElse(none), schema, action.get());
    Parsed<Entities> entities =
        entities(json.get("entities").orElse(new Json.Arr(List.of())), schema);
    reader.problems.addAll(context.problems());
    entities.problems().forEach(p -> reader.problems.add(p.within("entities")));
    return reader.problems.isEmpty()
        ? context.then(values ->
            entities.map(known ->
                new Query(
                    new Request(principal.get(), action.get(), resource.get(), values), known)))
        : Parsed.refused(reader.problems);
  }

  private Optional<EntityUid> uid(Optional<Json> json, String place) {
    return json.isPresent()
        ? uid(json.get(), place)
        : problem(place, "`" + place + "` is missing", "add it");
  }

  /** Reads <code>{"type", "id"}</code>, within {@code __entity} or not. */
  public static Parsed<EntityUid> uid(Json json) {
    PolicyJson reader = new PolicyJson(Schema.EMPTY);
    Optional<EntityUid> uid = reader.uid(json, "");
    return uid.isPresent() ? Parsed.ok(uid.get()) : Parsed.refused(reader.problems);
  }

  private Optional<Entity> entity(Json json, String place) {
    if (!(json instanceof Json.Obj object)) {
      return problem(place, "an entity is an object", "give `uid`, `attrs` and `parents`");
    }
    for (String name : object.members().keySet()) {
      if (!List.of("uid", "attrs", "parents", "tags").contains(name)) {
        problem(place, "`" + Text.excerpt(name) + "` is no part of an entity", "remove it");
      }
    }
    Optional<EntityUid> uid =
        object.get("uid").isPresent()
            ? uid(object.get("uid").get(), place + ".uid")
            : problem(place, "the entity has no `uid`", "add it");
    if (uid.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Value> attributes =
        fields(object, "attrs", Optional.of(schema.attributes(uid.get())), place);
    Optional<SchemaType> tag = schema.tags(uid.get());
    Map<String, Value> tags = new LinkedHashMap<>();
    object
        .object("tags")
        .ifPresent(o ->
            o.members()
                .forEach((name, json2) ->
                    value(json2, tag, place + ".tags." + Text.excerpt(name))
                        .ifPresent(v -> tags.put(name, v))));
    if (object.get("tags").isPresent() && object.object("tags").isEmpty()) {
      problem(place + ".tags", "tags are an object", "send `{}` when there are none");
    }
    return Optional.of(new Entity(uid.get(), attributes, parents(object, place), tags));
  }

  private Map<String, Value> fields(
      Json.Obj object, String name, Optional<SchemaType> type, String place) {
    Optional<Json> json = object.get(name);
    if (json.isPresent()
        && value(json.get(), type, place + "." + name).orElse(Value.Rec.EMPTY)
            instanceof Value.Rec(Map<String, Value> fields)) {
      return fields;
    }
    problem(place, "`" + name + "` is not an object", "send `{}` when it is empty");
    return Map.of();
  }

  private Set<EntityUid> parents(Json.Obj object, String place) {
    Set<EntityUid> parents = new LinkedHashSet<>();
    Optional<List<Json>> items = object.array("parents");
    if (items.isEmpty()) {
      problem(place, "`parents` is not an array", "send `[]` when there are none");
      return parents;
    }
    for (int i = 0; i < items.get().size(); i++) {
      uid(items.get().get(i), place + ".parents[" + i + "]").ifPresent(parents::add);
    }
    return parents;
  }

  private Optional<EntityUid> uid(Json json, String place) {
    Json inner =
        json instanceof Json.Obj object && object.members().size() == 1
            ? object.get("__entity").orElse(json)
            : json;
    if (inner instanceof Json.Obj object && object.members().size() == 2) {
      Optional<String> type = object.text("type");
      Optional<String> id = object.text("id");
      if (type.isPresent() && id.isPresent()) {
        if (Names.isTypeName(type.get())) {
          return Optional.of(EntityUid.checked(type.get(), id.get()));
        }
        String shown = "`" + Text.excerpt(type.get()) + "`";
        return problem(place, shown + " is not an entity type", "write it as `Company::User`");
      }
    }
    return problem(place, "this is not an entity", "send `{\"type\": ..., \"id\": ...}`");
  }

  private Optional<Value> value(Json json, Optional<SchemaType> type, String place) {
    return switch (json) {
      case Json.Bool(boolean b) -> Optional.of(Value.of(b));
      case Json.Int(long n) -> Optional.of(Value.of(n));
      case Json.Str(String s) -> text(s, type, place);
      case Json.Real(double d) -> problem(place, "`" + d + "` is not an integer", "use decimal");
      case Json.Null n -> problem(place, "null is not a value", "leave it out");
      case Json.Arr(List<Json> items) -> set(items, type, place);
      case Json.Obj object -> object(object, type, place);
    };
  }

  private Optional<Value> text(String s, Optional<SchemaType> type, String place) {
    return type.isPresent() && type.get() instanceof SchemaType.Extension(Function constructor)
        ? construct(constructor, s, place)
        : Optional.of(Value.of(s));
  }

  private Optional<Value> construct(Function constructor, String text, String place) {
    Optional<? extends Value> value = Calls.construct(constructor, text);
    if (value.isEmpty()) {
      String shown = "`" + Text.excerpt(text) + "`";
      return problem(place, shown + " is no `" + constructor.word() + "`", "correct the text");
    }
    return Optional.of(value.get());
  }

  private Optional<Value> set(List<Json> items, Optional<SchemaType> type, String place) {
    Optional<SchemaType> inner =
        type.isPresent() && type.get() instanceof SchemaType.SetOf(SchemaType item)
            ? Optional.of(item)
            : Optional.empty();
    List<Value> values = new ArrayList<>(items.size());
    int composites = 0;
    for (int i = 0; i < items.size(); i++) {
      Optional<Value> value = value(items.get(i), inner, place + "[" + i + "]");
      value.ifPresent(values::add);
      boolean composite =
          value.isPresent()
              && (value.get() instanceof Value.Rec || value.get() instanceof Value.Set);
      if (composite && ++composites > MOST_COMPOSITES) {
        return problem(
            place, "more than " + MOST_COMPOSITES + " records or sets in a set", "send fewer");
      }
    }
    return Optional.of(Value.setOf(values));
  }

  private Optional<Value> object(Json.Obj object, Optional<SchemaType> type, String place) {
    if (object.members().containsKey("__entity")) {
      return uid(object, place).map(uid -> uid);
    }
    if (object.members().containsKey("__extn")) {
      return object.members().size() == 1 && object.object("__extn").isPresent()
          ? extension(object.object("__extn").get(), place)
          : problem(place, "`__extn` is not an object alone", "send `{\"fn\": ..., \"arg\": ...}`");
    }
    if (object.members().containsKey("__expr")) {
      return problem(place, "`__expr` is not read", "use `__extn` or `__entity`");
    }
    if (type.isPresent()) {
      if (type.get() instanceof SchemaType.Reference) {
        return uid(object, place).map(uid -> uid);
      }
      if (type.get() instanceof SchemaType.Extension) {
        return extension(object, place);
      }
    }
    Map<String, SchemaType> types =
        type.isPresent() && type.get() instanceof SchemaType.RecordOf(var attributes)
            ? attributes
            : Map.of();
    Map<String, Value> fields = LinkedHashMap.newLinkedHashMap(object.members().size());
    object
        .members()
        .forEach((name, json) -> {
          Optional<SchemaType> inner = Optional.ofNullable(types.get(name));
          value(json, inner, place + "." + Text.excerpt(name)).ifPresent(v -> fields.put(name, v));
        });
    return Optional.of(new Value.Rec(fields));
  }

  private Optional<Value> extension(Json.Obj object, String place) {
    Optional<Function> function = object.text("fn").flatMap(Function::named);
    List<Json> given =
        object.get("arg").map(List::of).or(() -> object.array("args")).orElse(List.of());
    if (function.isEmpty()
        || object.members().size() != 2
        || given.size() != function.get().arity()) {
      return problem(place, "this is not an extension value", "send `fn` and its `arg`");
    }
    List<Value> values = new ArrayList<>();
    for (Json json : given) {
      value(json, Optional.empty(), place).ifPresent(values::add);
    }
    if (values.size() != given.size()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Calls.apply(function.get(), values));
    } catch (Fault fault) {
      return problem(place, fault.what(), "correct the argument");
    }
  }

  private <T> Optional<T> problem(String place, String what, String remedy) {
    problems.add(new Problem(place, what, remedy));
    return Optional.empty();
  }

  private void problemIfNone(String place, String what, String remedy) {
    if (problems.isEmpty()) {
      problem(place, what, remedy);
    }
  }
}

package dev.writ.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves the names of a schema: the namespace first, then the outermost, then what is built in;
 * common types before entity types.
 */
final class SchemaNames {
  private static final Map<String, SchemaType> BUILT_IN =
      Map.of(
          "Bool", new SchemaType.Plain(),
          "Boolean", new SchemaType.Plain(),
          "Long", new SchemaType.Plain(),
          "String", new SchemaType.Plain(),
          "decimal", new SchemaType.Extension(Function.DECIMAL),
          "ipaddr", new SchemaType.Extension(Function.IP),
          "datetime", new SchemaType.Extension(Function.DATETIME),
          "duration", new SchemaType.Extension(Function.DURATION));

  private final SchemaParser.Declarations found;
  private final Tokens tokens;
  private final PolicyBounds bounds;
  private final Map<String, SchemaType> resolved = new LinkedHashMap<>();
  private final Set<String> open = new LinkedHashSet<>();

  SchemaNames(SchemaParser.Declarations found, Tokens tokens, PolicyBounds bounds) {
    this.found = found;
    this.tokens = tokens;
    this.bounds = bounds;
  }

  Schema resolve(String text) {
    Map<String, Schema.EntityType> types = new LinkedHashMap<>();
    found
        .entities()
        .forEach((name, decl) ->
            types.put(
                name,
                new Schema.EntityType(record(decl.attributes()), decl.tags().map(this::type))));
    Map<EntityUid, Schema.Action> actions = new LinkedHashMap<>();
    found
        .actions()
        .forEach((uid, decl) ->
            actions.put(uid, new Schema.Action(parents(decl), decl.context().map(this::type))));
    return new Schema(text, types, actions);
  }

  private SchemaType.RecordOf record(SchemaParser.Written written) {
    return type(written) instanceof SchemaType.RecordOf attributes
        ? attributes
        : SchemaType.RecordOf.EMPTY;
  }

  private List<EntityUid> parents(SchemaParser.ActionDecl decl) {
    List<EntityUid> parents = new ArrayList<>();
    for (SchemaParser.ParentName parent : decl.parents()) {
      String near = qualify(decl.namespace(), parent.type().orElse("Action"));
      EntityUid uid = EntityUid.checked(near, parent.id());
      if (parent.type().isPresent() && !found.actions().containsKey(uid)) {
        uid = EntityUid.checked(parent.type().get(), parent.id());
      }
      if (!found.actions().containsKey(uid)) {
        tokens.complain(parent.at(), "the action `" + uid + "` is not declared", "declare it");
      }
      parents.add(uid);
    }
    return parents;
  }

  private SchemaType type(SchemaParser.Written written) {
    return switch (written) {
      case SchemaParser.Written.SetOf(SchemaParser.Written items) ->
          new SchemaType.SetOf(type(items));
      case SchemaParser.Written.RecordOf(Map<String, SchemaParser.Written> attributes) -> {
        Map<String, SchemaType> types = new LinkedHashMap<>();
        attributes.forEach((name, attribute) -> types.put(name, type(attribute)));
        yield new SchemaType.RecordOf(types);
      }
      case SchemaParser.Written.Named named -> named(named);
    };
  }

  private SchemaType named(SchemaParser.Written.Named named) {
    List<String> candidates = new ArrayList<>();
    candidates.add(qualify(named.namespace(), named.name()));
    candidates.add(named.name());
    for (String name : candidates) {
      if (found.common().containsKey(name)) {
        return common(name, named.at());
      }
      if (found.entities().containsKey(name)) {
        return new SchemaType.Reference(name);
      }
      if (found.actions().keySet().stream().anyMatch(a -> a.type().equals(name))) {
        return new SchemaType.Reference(name);
      }
    }
    String bare =
        named.name().startsWith("__cedar::")
            ? named.name().substring("__cedar::".length())
            : named.name();
    return Optional.ofNullable(BUILT_IN.get(bare)).orElseGet(() -> unknown(named));
  }

  private SchemaType unknown(SchemaParser.Written.Named named) {
    tokens.complain(named.at(), "`" + named.name() + "` is not declared", "declare the type");
    return new SchemaType.Plain();
  }

  private SchemaType common(String name, Token at) {
    SchemaType known = resolved.get(name);
    if (known != null) {
      return known;
    }
    SchemaParser.Written written = found.common().get(name);
    if (written == null || open.size() >= bounds.nesting() || !open.add(name)) {
      tokens.complain(at, "the type `" + name + "` contains itself", "break the circle");
      return new SchemaType.Plain();
    }
    SchemaType type = type(written);
    open.remove(name);
    resolved.put(name, type);
    return type;
  }

  private static String qualify(String namespace, String name) {
    return namespace.isEmpty() ? name : namespace + "::" + name;
  }
}

package dev.writ.cli;

import dev.writ.base.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds real replies against the schemas of the OpenAPI document: what the document uses of it. */
final class Replies {
  private final Json.Obj document;

  Replies(Json.Obj document) {
    this.document = document;
  }

  /** What of a reply to GET differs from the document. */
  List<String> problems(String path, Json reply) {
    Json.Obj content =
        document
            .object("paths")
            .flatMap(p -> p.object(path))
            .flatMap(p -> p.object("get"))
            .flatMap(o -> o.object("responses"))
            .flatMap(r -> r.object("200"))
            .flatMap(r -> r.object("content"))
            .flatMap(c -> c.object("application/json"))
            .orElseThrow();
    return check(content.object("schema").orElseThrow(), reply);
  }

  /** What differs from one of the document's schemas. */
  List<String> of(String schema, Json reply) {
    return check(resolved("#/components/schemas/" + schema), reply);
  }

  /** What of a problem differs from the document. */
  List<String> ofProblem(Json reply) {
    return check(resolved("#/components/schemas/Problem"), reply);
  }

  private List<String> check(Json.Obj schema, Json value) {
    List<String> problems = new ArrayList<>();
    check("", schema, value, problems);
    return problems;
  }

  private Json.Obj resolved(String reference) {
    Json.Obj at = document;
    for (String step : reference.substring(2).split("/", -1)) {
      at = at.object(step).orElseThrow();
    }
    return at;
  }

  private void check(String place, Json.Obj given, Json value, List<String> problems) {
    Optional<String> reference = given.text("$ref");
    Json.Obj schema = reference.isPresent() ? resolved(reference.get()) : given;
    String type = schema.text("type").orElse("");
    String found =
        switch (value) {
          case Json.Obj o -> "object";
          case Json.Arr a -> "array";
          case Json.Str s -> "string";
          case Json.Int i -> "integer";
          case Json.Real r -> "number";
          case Json.Bool b -> "boolean";
          case Json.Null n -> "null";
        };
    if (!type.equals(found)) {
      problems.add(place + ": a " + found + " instead of a " + type);
      return;
    }
    if (value instanceof Json.Obj obj) {
      members(place, schema, obj, problems);
    }
    if (value instanceof Json.Arr(List<Json> items)) {
      Json.Obj each = schema.object("items").orElseThrow();
      items.forEach(i -> check(place + "[]", each, i, problems));
    }
    if (value instanceof Json.Str(String text)) {
      schema
          .text("pattern")
          .filter(p -> !text.matches(p))
          .ifPresent(p -> problems.add(place + ": `" + text + "` does not match " + p));
      schema
          .array("enum")
          .filter(e -> !e.contains(value))
          .ifPresent(e -> problems.add(place + ": `" + text + "` is none of " + e));
    }
  }

  private void members(String place, Json.Obj schema, Json.Obj value, List<String> problems) {
    Json.Obj properties = schema.object("properties").orElseGet(() -> Json.object().build());
    for (Json name : schema.array("required").orElse(List.of())) {
      if (name instanceof Json.Str(String text) && value.get(text).isEmpty()) {
        problems.add(place + "." + text + " is missing");
      }
    }
    boolean closed = schema.get("additionalProperties").equals(Optional.of(Json.of(false)));
    for (Map.Entry<String, Json> member : value.members().entrySet()) {
      Optional<Json.Obj> known = properties.object(member.getKey());
      if (known.isPresent()) {
        check(place + "." + member.getKey(), known.get(), member.getValue(), problems);
      } else if (closed) {
        problems.add(place + "." + member.getKey() + " is not documented");
      }
    }
  }
}

package dev.writ.cli.bench;

import dev.writ.base.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/**
 * A tool as a suite describes it to a model.
 *
 * @param description what it does, in its maker's words
 */
record ToolSpec(String name, String description, List<Parameter> parameters) {
  ToolSpec {
    parameters = List.copyOf(parameters);
  }

  /** One argument of a tool. */
  record Parameter(String name, String description, boolean required) {
    List<String> words() {
      return ToolWords.of(name);
    }

    /** Whether its value says whom, what or where a call reaches, rather than what is sent. */
    boolean reaches() {
      return ToolWords.reaching(words());
    }
  }

  /** Reads a tool whose parameters are a JSON Schema. */
  static ToolSpec ofSchema(Json.Obj json) {
    Json.Obj schema = json.object("parameters").orElseGet(() -> Json.object().build());
    Set<String> required = new LinkedHashSet<>();
    schema
        .array("required")
        .orElse(List.of())
        .forEach(r -> {
          if (r instanceof Json.Str(String name)) {
            required.add(name);
          }
        });
    List<Parameter> parameters = new ArrayList<>();
    schema
        .object("properties")
        .ifPresent(properties ->
            properties
                .members()
                .forEach((name, value) ->
                    parameters.add(parameter(name, value, required.contains(name)))));
    return new ToolSpec(text(json, "name"), text(json, "description"), parameters);
  }

  private static Parameter parameter(String name, Json value, boolean required) {
    String description = value instanceof Json.Obj o ? text(o, "description") : "";
    return new Parameter(name, description, required);
  }

  /** Reads a tool whose parameters are a list. */
  static ToolSpec ofList(Json.Obj json) {
    List<Parameter> parameters = new ArrayList<>();
    for (Json one : json.array("parameters").orElse(List.of())) {
      if (one instanceof Json.Obj p) {
        boolean required = p.get("required").equals(java.util.Optional.of(Json.of(true)));
        parameters.add(new Parameter(text(p, "name"), text(p, "description"), required));
      }
    }
    return new ToolSpec(text(json, "name"), text(json, "summary"), parameters);
  }

  private static String text(Json.Obj json, String member) {
    return json.text(member).orElse("");
  }

  /** What it does, as its name begins: usually one verb, two in {@code create_or_update_event}. */
  SequencedSet<String> verbs() {
    List<String> words = ToolWords.of(name);
    SequencedSet<String> verbs = new LinkedHashSet<>(words.subList(0, Math.min(1, words.size())));
    if (words.size() > 2 && (words.get(1).equals("or") || words.get(1).equals("and"))) {
      verbs.add(words.get(2));
    }
    return verbs;
  }

  /** The words of its name after the verbs and before a preposition: the thing it is about. */
  List<String> object() {
    List<String> words = ToolWords.of(name);
    int at = verbs().size() == 2 ? 3 : Math.min(1, words.size());
    List<String> object = new ArrayList<>();
    while (at < words.size() && !ToolWords.preposition(words.get(at))) {
      object.add(words.get(at));
      at++;
    }
    if (object.isEmpty()) {
      words.stream().skip(Math.min(at + 1L, words.size())).forEach(object::add);
    }
    return List.copyOf(object);
  }

  /**
   * Whether it gives something back, changes nothing, and stays within what the suite holds: a tool
   * that takes an address outside can carry data there, whatever it is called.
   */
  boolean reads() {
    return ToolWords.reading(verbs().getFirst())
        && parameters.stream().noneMatch(p -> ToolWords.outside(p.words()));
  }
}

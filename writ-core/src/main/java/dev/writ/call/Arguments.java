package dev.writ.call;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import dev.writ.catalogue.Argument;
import dev.writ.catalogue.Tool;
import dev.writ.policy.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Takes the values that a tool's mapping names out of a call's arguments. */
final class Arguments {
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(?:\\.[0-9]{1,4})?");

  private final Json.Obj given;
  private final List<Problem> problems = new ArrayList<>();

  private Arguments(Json.Obj given) {
    this.given = given;
  }

  /**
   * @param targets texts by dimension, sorted
   * @param values attributes by name
   */
  record Mapped(Map<String, List<String>> targets, Map<String, Value> values) {}

  /** The mapped values; refused when one is missing, of another type or too large. */
  static Parsed<Mapped> map(Tool tool, Json.Obj given) {
    Arguments arguments = new Arguments(given);
    arguments.closed(tool.inputSchema());
    Map<String, List<String>> targets = new LinkedHashMap<>();
    tool.mapping()
        .targets()
        .forEach((dimension, argument) ->
            arguments.value(argument).ifPresent(v -> targets.put(dimension, texts(v))));
    Map<String, Value> values = new LinkedHashMap<>();
    tool.mapping()
        .arguments()
        .forEach((name, argument) -> arguments.value(argument).ifPresent(v -> values.put(name, v)));
    return arguments.problems.isEmpty()
        ? Parsed.ok(new Mapped(targets, values))
        : Parsed.refused(arguments.problems);
  }

  /** Where the schema closes its properties, an argument it does not know might mean anything. */
  private void closed(Json.Obj schema) {
    if (!schema.get("additionalProperties").equals(Optional.of(Json.of(false)))) {
      return;
    }
    Json.Obj known = schema.object("properties").orElseGet(() -> Json.object().build());
    for (String name : given.members().keySet()) {
      if (known.get(name).isEmpty()) {
        problems.add(
            new Problem(
                "/" + Text.excerpt(name),
                "the tool has no argument `" + Text.excerpt(name) + "`",
                "leave it out"));
      }
    }
  }

  private static List<String> texts(Value value) {
    TreeSet<String> out = new TreeSet<>();
    switch (value) {
      case Value.Str(String text) -> out.add(text);
      case Value.Set(java.util.Set<Value> items) -> items.forEach(i -> out.addAll(texts(i)));
      case Value other -> throw new IllegalStateException("a target of type " + other.typeName());
    }
    return List.copyOf(out);
  }

  private Optional<Value> value(Argument argument) {
    Optional<Json> found = argument.pointer().in(given);
    if (found.isEmpty()) {
      if (!argument.optional()) {
        refuse(argument, "this argument is missing", "give it");
      }
      return Optional.empty();
    }
    Optional<Value> value =
        switch (argument.type()) {
          case TEXT -> text(found.get(), argument.most());
          case TEXTS -> texts(found.get(), argument.most());
          case INTEGER ->
              found.get() instanceof Json.Int(long n) && Math.abs(n) <= Json.MAX_SAFE_INTEGER
                  ? Optional.of(Value.of(n))
                  : Optional.empty();
          case DECIMAL -> decimal(found.get());
          case BOOLEAN ->
              found.get() instanceof Json.Bool(boolean b)
                  ? Optional.of(Value.of(b))
                  : Optional.empty();
        };
    if (value.isEmpty()) {
      refuse(
          argument,
          "this argument is not " + wanted(argument),
          "send what the tool's description asks for");
    }
    return value;
  }

  private static String wanted(Argument argument) {
    return switch (argument.type()) {
      case TEXT -> "a text of at most " + argument.most() + " characters";
      case TEXTS -> "a list of at most " + argument.most() + " texts";
      case INTEGER -> "a whole number within 2^53 − 1";
      case DECIMAL -> "a number with at most four places";
      case BOOLEAN -> "true or false";
    };
  }

  private void refuse(Argument argument, String what, String remedy) {
    problems.add(new Problem(argument.pointer().text(), what, remedy));
  }

  private static Optional<Value> text(Json json, int most) {
    return json instanceof Json.Str(String text) && text.length() <= most
        ? Optional.of(Value.of(text))
        : Optional.empty();
  }

  private static Optional<Value> texts(Json json, int most) {
    if (!(json instanceof Json.Arr(List<Json> items)) || items.size() > most) {
      return Optional.empty();
    }
    TreeSet<String> out = new TreeSet<>();
    for (Json item : items) {
      if (!(item instanceof Json.Str(String text)) || text.length() > Argument.DEFAULT_MOST) {
        return Optional.empty();
      }
      out.add(text);
    }
    return Optional.of(Value.strings(out));
  }

  private static Optional<Value> decimal(Json json) {
    String text =
        switch (json) {
          case Json.Str(String s) -> s;
          case Json.Int(long n) -> Long.toString(n);
          case Json.Real(double d) -> BigDecimal.valueOf(d).toPlainString();
          case Json other -> "";
        };
    if (text.length() > 32 || !DECIMAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Value.Decimal(new BigDecimal(text).movePointRight(4).longValueExact()));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }
}

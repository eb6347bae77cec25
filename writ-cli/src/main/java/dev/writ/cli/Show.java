package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.base.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON from the server in words for people. */
final class Show {
  private Show() {}

  /** A list member as one line; {@code none} when it is empty. */
  static String list(Json.Obj json, String name) {
    List<String> items = json.array(name).orElse(List.of()).stream().map(Show::text).toList();
    return items.isEmpty() ? "none" : String.join(", ", items);
  }

  /** Every object of a list member. */
  static List<Json.Obj> objects(Json.Obj json, String name) {
    return json.array(name).orElse(List.of()).stream()
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .toList();
  }

  /** Every member with its value as text, in the server's order of meaning. */
  static Map<String, String> fields(Json.Obj json, List<String> names) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String name : names) {
      json.get(name).ifPresent(v -> fields.put(name.replace('_', ' '), text(v)));
    }
    return fields;
  }

  /** A value in words. */
  static String text(Json value) {
    return switch (value) {
      case Json.Str(String s) -> Text.visible(s);
      case Json.Int(long n) -> Long.toString(n);
      case Json.Real(double d) -> Double.toString(d);
      case Json.Bool(boolean b) -> b ? "yes" : "no";
      case Json.Null n -> "none";
      case Json.Arr(List<Json> items) ->
          items.isEmpty() ? "none" : String.join(", ", items.stream().map(Show::text).toList());
      case Json.Obj(Map<String, Json> members) when members.isEmpty() -> "none";
      case Json.Obj(Map<String, Json> members) ->
          String.join(
              ", ",
              members.entrySet().stream().map(e -> e.getKey() + " " + text(e.getValue())).toList());
    };
  }
}

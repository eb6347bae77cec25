package dev.writ.form;

import dev.writ.base.Json;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Prints JSON values as YAML for people; {@link Node#yaml} reads the same value back. */
public final class Yaml {
  /** Text that stays text when written plain; everything else is quoted. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9._/@-]*(?: [A-Za-z0-9][A-Za-z0-9._/@-]*)*");

  private static final Pattern TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
  private static final Pattern SPIFFE = Pattern.compile("spiffe://[a-z0-9./_-]+[a-z0-9]");
  private static final Pattern WORD = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");
  private static final int WIDEST_FLOW = 88;

  private Yaml() {}

  /** The document, with a line break at its end. */
  public static String text(Json.Obj value) {
    StringBuilder out = new StringBuilder();
    members(value, 0, out);
    return value.members().isEmpty() ? "{}\n" : out.toString();
  }

  private static void members(Json.Obj value, int indent, StringBuilder out) {
    boolean first = true;
    for (Map.Entry<String, Json> member : value.members().entrySet()) {
      // The first member of a list item continues the item's own line.
      out.append(first && indent < 0 ? "" : " ".repeat(Math.abs(indent)));
      first = false;
      out.append(scalar(member.getKey())).append(':');
      value(member.getValue(), Math.abs(indent), out);
    }
  }

  private static void value(Json value, int indent, StringBuilder out) {
    String flow = flow(value);
    boolean short1 = flow.length() + indent <= WIDEST_FLOW && !holdsObjects(value);
    switch (value) {
      case Json.Obj obj when !obj.members().isEmpty() && !short1 -> {
        out.append('\n');
        members(obj, indent + 2, out);
      }
      case Json.Arr(List<Json> items) when !items.isEmpty() && !short1 -> {
        out.append('\n');
        for (Json item : items) {
          out.append(" ".repeat(indent + 2)).append('-');
          if (item instanceof Json.Obj obj && flow(obj).length() > WIDEST_FLOW) {
            out.append(' ');
            members(obj, -(indent + 4), out);
          } else {
            out.append(' ').append(flow(item)).append('\n');
          }
        }
      }
      case Json other -> out.append(' ').append(flow).append('\n');
    }
  }

  private static boolean holdsObjects(Json value) {
    return value instanceof Json.Arr(List<Json> items)
        && items.stream().anyMatch(i -> i instanceof Json.Obj);
  }

  private static String flow(Json value) {
    return switch (value) {
      case Json.Obj(Map<String, Json> members) ->
          members.isEmpty()
              ? "{}"
              : "{ "
                  + String.join(
                      ", ",
                      members.entrySet().stream()
                          .map(m -> scalar(m.getKey()) + ": " + flow(m.getValue()))
                          .toList())
                  + " }";
      case Json.Arr(List<Json> items) ->
          "[" + String.join(", ", items.stream().map(Yaml::flow).toList()) + "]";
      case Json.Str(String s) -> scalar(s);
      case Json other -> new String(other.canonical(), java.nio.charset.StandardCharsets.UTF_8);
    };
  }

  private static String scalar(String text) {
    boolean plain =
        TIME.matcher(text).matches()
            || SPIFFE.matcher(text).matches()
            || (PLAIN.matcher(text).matches() && !WORD.matcher(text).matches());
    // A JSON string is a double-quoted YAML scalar, except for what only JSON writes unescaped.
    return plain
        ? text
        : escapeInvisible(
            new String(new Json.Str(text).canonical(), java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String escapeInvisible(String quoted) {
    StringBuilder out = new StringBuilder();
    quoted
        .codePoints()
        .forEach(c -> {
          int type = Character.getType(c);
          boolean hidden =
              type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || type == Character.UNASSIGNED
                  || type == Character.PRIVATE_USE
                  || c == 0xFEFF;
          if (hidden) {
            out.append(String.format("\\U%08x", c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }
}

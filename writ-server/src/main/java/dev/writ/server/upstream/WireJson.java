package dev.writ.server.upstream;

import dev.writ.base.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * JSON for the wire: compact, members in their order, integers as they are. Unlike {@link
 * Json#canonical} it carries what peers send that has no canonical form (integers beyond 2^53).
 */
public final class WireJson {
  private static final String HEX = "0123456789abcdef";

  private WireJson() {}

  /** The UTF-8 bytes, without line breaks. */
  public static byte[] bytes(Json value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /** The text, without line breaks. */
  public static String text(Json value) {
    StringBuilder out = new StringBuilder(512);
    write(value, out);
    return out.toString();
  }

  private static void write(Json value, StringBuilder out) {
    switch (value) {
      case Json.Obj(Map<String, Json> members) -> {
        char before = '{';
        for (Map.Entry<String, Json> member : members.entrySet()) {
          out.append(before);
          before = ',';
          string(member.getKey(), out);
          out.append(':');
          write(member.getValue(), out);
        }
        out.append(members.isEmpty() ? "{}" : "}");
      }
      case Json.Arr(List<Json> items) -> {
        char before = '[';
        for (Json item : items) {
          out.append(before);
          before = ',';
          write(item, out);
        }
        out.append(items.isEmpty() ? "[]" : "]");
      }
      case Json.Str(String text) -> string(text, out);
      case Json.Int(long n) -> out.append(n);
      case Json.Real real -> out.append(new String(real.canonical(), StandardCharsets.UTF_8));
      case Json.Bool(boolean b) -> out.append(b);
      case Json.Null() -> out.append("null");
    }
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
        // Escaped, so that a line stays a line and an unpaired surrogate cannot become a `?`.
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt((c >> shift) & 15));
        }
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}

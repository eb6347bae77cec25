package dev.writ.base;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JSON out: canonical bytes (RFC 8785) and indented text. */
final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private JsonWriter() {}

  static byte[] canonical(Json value) {
    StringBuilder out = new StringBuilder(256);
    write(value, out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String pretty(Json value) {
    StringBuilder out = new StringBuilder();
    indent(value, 0, out);
    return out.append('\n').toString();
  }

  private static void write(Json value, StringBuilder out) {
    switch (value) {
      case Json.Obj(Map<String, Json> members) -> {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, Json> member : sorted(members)) {
          if (!first) {
            out.append(',');
          }
          first = false;
          string(member.getKey(), out);
          out.append(':');
          write(member.getValue(), out);
        }
        out.append('}');
      }
      case Json.Arr(List<Json> items) -> {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
          if (i > 0) {
            out.append(',');
          }
          write(items.get(i), out);
        }
        out.append(']');
      }
      case Json.Int(long n) -> {
        if (n > Json.MAX_SAFE_INTEGER || n < -Json.MAX_SAFE_INTEGER) {
          throw new IllegalArgumentException("no canonical form for integer " + n);
        }
        out.append(n);
      }
      case Json.Str s -> scalar(s, out);
      case Json.Real r -> scalar(r, out);
      case Json.Bool b -> scalar(b, out);
      case Json.Null n -> scalar(n, out);
    }
  }

  private static void scalar(Json value, StringBuilder out) {
    switch (value) {
      case Json.Str(String s) -> string(s, out);
      case Json.Int(long n) -> out.append(n);
      case Json.Real(double d) -> out.append(ecmaScript(d));
      case Json.Bool(boolean b) -> out.append(b);
      case Json.Null() -> out.append("null");
      case Json.Obj o -> throw new IllegalArgumentException("not a scalar");
      case Json.Arr a -> throw new IllegalArgumentException("not a scalar");
    }
  }

  /** Names in order of their UTF-16 code units (RFC 8785, 3.2.3), which is String's own order. */
  private static List<Map.Entry<String, Json>> sorted(Map<String, Json> members) {
    List<Map.Entry<String, Json>> sorted = new ArrayList<>(members.entrySet());
    sorted.sort(Map.Entry.comparingByKey());
    return sorted;
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else if (Character.isSurrogate(c)) {
            if (!Character.isHighSurrogate(c)
                || i + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(i + 1))) {
              throw new IllegalArgumentException("no canonical form for an unpaired surrogate");
            }
            out.append(c).append(text.charAt(++i));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** ECMAScript's Number::toString (RFC 8785, 3.2.2.3) from Java's shortest digits. */
  static String ecmaScript(double d) {
    if (d == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(Math.abs(d));
    String digits = shortest.unscaledValue().toString();
    int k = digits.length();
    int n = k - shortest.scale();
    String sign = d < 0 ? "-" : "";
    if (k <= n && n <= 21) {
      return sign + digits + "0".repeat(n - k);
    }
    if (0 < n && n <= 21) {
      return sign + digits.substring(0, n) + "." + digits.substring(n);
    }
    if (-6 < n && n <= 0) {
      return sign + "0." + "0".repeat(-n) + digits;
    }
    String mantissa = k == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return sign + mantissa + "e" + (n - 1 < 0 ? "-" : "+") + Math.abs(n - 1);
  }

  /** Java writes two digits at least, and so 4.9E-324 where one digit (5e-324) is enough. */
  private static BigDecimal shortest(double d) {
    BigDecimal java = new BigDecimal(Double.toString(d)).stripTrailingZeros();
    if (java.precision() == 2) {
      BigDecimal one = java.round(new MathContext(1, RoundingMode.HALF_EVEN));
      if (one.doubleValue() == d) {
        return one.stripTrailingZeros();
      }
    }
    return java;
  }

  private static void indent(Json value, int level, StringBuilder out) {
    switch (value) {
      case Json.Obj(Map<String, Json> members) when !members.isEmpty() -> {
        String separator = "{\n";
        for (Map.Entry<String, Json> member : members.entrySet()) {
          out.append(separator).append("  ".repeat(level + 1));
          string(member.getKey(), out);
          out.append(": ");
          indent(member.getValue(), level + 1, out);
          separator = ",\n";
        }
        out.append('\n').append("  ".repeat(level)).append('}');
      }
      case Json.Arr(List<Json> items) when !items.isEmpty() -> {
        String separator = "[\n";
        for (Json item : items) {
          out.append(separator).append("  ".repeat(level + 1));
          indent(item, level + 1, out);
          separator = ",\n";
        }
        out.append('\n').append("  ".repeat(level)).append(']');
      }
      case Json.Obj o -> out.append("{}");
      case Json.Arr a -> out.append("[]");
      case Json.Str s -> scalar(s, out);
      case Json.Int n -> scalar(n, out);
      case Json.Real r -> scalar(r, out);
      case Json.Bool b -> scalar(b, out);
      case Json.Null n -> scalar(n, out);
    }
  }
}

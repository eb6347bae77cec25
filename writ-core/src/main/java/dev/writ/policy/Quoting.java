package dev.writ.policy;

import java.util.Locale;
import java.util.Optional;

/** String literals of the policy language: escapes written and read. */
final class Quoting {
  private static final int MOST_HEX = 6;

  private Quoting() {}

  /** The literal for this text, quotes included. */
  static String quote(String text) {
    return "\"" + escape(text) + "\"";
  }

  /** The inside of the literal for this text. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    text.codePoints().forEach(c -> escape(c, out));
    return out.toString();
  }

  private static void escape(int c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0 -> out.append("\\0");
      default -> {
        if (isPlain(c)) {
          out.appendCodePoint(c);
        } else {
          out.append("\\u{").append(Integer.toHexString(c).toLowerCase(Locale.ROOT)).append('}');
        }
      }
    }
  }

  // What people cannot see is escaped, so that two texts that look alike print differently.
  private static boolean isPlain(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.PRIVATE_USE
        && type != Character.UNASSIGNED
        && type != Character.SURROGATE;
  }

  /** One decoded character of a literal: its code point and where the next one starts. */
  record Step(int codePoint, int next, boolean escaped) {}

  /** Decodes the character at {@code at}; empty when the escape is not one of Rust's. */
  static Optional<Step> step(String raw, int at) {
    int c = raw.codePointAt(at);
    if (c == '\r') {
      return Optional.empty();
    }
    if (c != '\\') {
      return Optional.of(new Step(c, at + Character.charCount(c), false));
    }
    if (at + 1 >= raw.length()) {
      return Optional.empty();
    }
    return switch (raw.charAt(at + 1)) {
      case 'n' -> simple('\n', at);
      case 'r' -> simple('\r', at);
      case 't' -> simple('\t', at);
      case '\\' -> simple('\\', at);
      case '0' -> simple(0, at);
      case '\'' -> simple('\'', at);
      case '"' -> simple('"', at);
      case 'x' -> hex(raw, at);
      case 'u' -> unicode(raw, at);
      default -> Optional.empty();
    };
  }

  private static Optional<Step> simple(int c, int at) {
    return Optional.of(new Step(c, at + 2, true));
  }

  private static Optional<Step> hex(String raw, int at) {
    if (at + 4 > raw.length()) {
      return Optional.empty();
    }
    int high = Character.digit(raw.charAt(at + 2), 16);
    int low = Character.digit(raw.charAt(at + 3), 16);
    return high < 0 || low < 0 || high > 7
        ? Optional.empty()
        : Optional.of(new Step(high * 16 + low, at + 4, true));
  }

  private static Optional<Step> unicode(String raw, int at) {
    int end = raw.indexOf('}', at);
    if (at + 2 >= raw.length() || raw.charAt(at + 2) != '{' || end < 0) {
      return Optional.empty();
    }
    String digits = raw.substring(at + 3, end);
    if (digits.startsWith("_")) {
      return Optional.empty();
    }
    int value = 0;
    int count = 0;
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) == '_') {
        continue;
      }
      int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), 16) : -1;
      count++;
      if (digit < 0 || count > MOST_HEX) {
        return Optional.empty();
      }
      value = value * 16 + digit;
    }
    boolean scalar = value <= Character.MAX_CODE_POINT && (value < 0xD800 || value > 0xDFFF);
    return count == 0 || !scalar ? Optional.empty() : Optional.of(new Step(value, end + 1, true));
  }
}

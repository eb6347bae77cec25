package dev.writ.policy;

import java.util.List;

/** Texts broken the way people and programs break them. */
final class Breakage {
  private static final List<String> SCRAPS =
      List.of(
          " ",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          ",",
          ";",
          "::",
          ":",
          ".",
          "==",
          "=",
          "!",
          "-",
          "&&",
          "||",
          "<",
          "in",
          "is",
          "has",
          "like",
          "if",
          "then",
          "else",
          "true",
          "principal",
          "context",
          "\"a\"",
          "\"",
          "\\",
          "\\*",
          "*",
          "1",
          "9223372036854775808",
          "@",
          "@id",
          "?principal",
          "U::\"a\"",
          "Action::\"v\"",
          "when",
          "unless",
          "permit",
          "foo",
          "//",
          "\n",
          "\r",
          "é",
          "__cedar",
          ".contains",
          ".isEmpty()",
          "ip(",
          "?",
          "%",
          "+",
          "\u00a0",
          "\\u{41}",
          "0");

  private Breakage() {}

  /** The text with a few characters or words taken out, put in, doubled or swapped. */
  static String of(String text, Generator generator) {
    StringBuilder out = new StringBuilder(text);
    int times = generator.chance(80) ? 1 : 2;
    for (int i = 0; i < times && !out.isEmpty(); i++) {
      int at = out.offsetByCodePoints(0, generator.below(out.codePointCount(0, out.length())));
      int end = out.offsetByCodePoints(at, 1);
      switch (generator.below(4)) {
        case 0 -> out.delete(at, end);
        case 1 -> out.insert(at, generator.pick(SCRAPS));
        case 2 -> out.replace(at, end, generator.pick(SCRAPS));
        default -> {
          int length = generator.below(Math.min(8, out.length() - at) + 1);
          String part = out.substring(at, at + length);
          if (part.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
            out.insert(at, part);
          }
        }
      }
    }
    return out.toString();
  }
}

package dev.writ.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The order in which people read the slots of a draft: who, what, where, how long, what for. */
final class Slots {
  private static final List<String> FIRST =
      List.of(
          "identity.workload",
          "grants",
          "prohibited",
          "until",
          "purpose",
          "process",
          "owners.product",
          "owners.identity",
          "owners.security");
  private static final List<String> OF_LINE =
      List.of("actions", "resource", "environment", "targets", "limits.rows", "limits.calls");

  private Slots() {}

  /** The values of a typed answer: words are one, everything else is a list. */
  static List<String> values(String slot, String typed) {
    return slot.equals("purpose") || slot.equals("until")
        ? List.of(typed.strip())
        : List.of(typed.split(",", -1));
  }

  static List<String> inOrder(Collection<String> slots) {
    return slots.stream()
        .sorted(
            Comparator.comparingInt(Slots::section)
                .thenComparing(Slots::line)
                .thenComparingInt(Slots::part)
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static int section(String slot) {
    int bracket = slot.indexOf('[');
    int at = FIRST.indexOf(bracket < 0 ? slot : slot.substring(0, bracket));
    return at < 0 ? FIRST.size() : at;
  }

  /** The number of a line, padded so that it sorts. */
  private static String line(String slot) {
    int bracket = slot.indexOf('[');
    int end = slot.indexOf(']');
    return bracket < 0 || end < bracket
        ? ""
        : String.format(java.util.Locale.ROOT, "%3s", slot.substring(bracket + 1, end));
  }

  private static int part(String slot) {
    int dot = slot.indexOf("].");
    int at = dot < 0 ? -1 : OF_LINE.indexOf(slot.substring(dot + 2));
    return at < 0 ? OF_LINE.size() : at;
  }
}

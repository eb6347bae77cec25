package dev.writ.draft;

import java.util.Set;

/** Everyday verbs, in groups that can stand for each other. */
final class Verbs {
  private static final Set<String> READING =
      Set.of(
          "read",
          "see",
          "view",
          "look",
          "find",
          "list",
          "search",
          "check",
          "browse",
          "get",
          "watch",
          "monitor",
          "inspect",
          "consult",
          "open",
          "fetch",
          "query",
          "review",
          "audit",
          "follow",
          "observe",
          "show",
          "retrieve",
          "lookup");

  private Verbs() {}

  /** Whether a verb changes nothing. */
  static boolean reading(String verb) {
    return READING.contains(verb) || READING.contains(Word.stem(verb));
  }
}

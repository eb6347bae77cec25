package dev.writ.duration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Many phrases, found by their first word; of those that begin alike the first that fits is taken.
 */
final class PhraseSet {
  private static final List<String> NONE = List.of();

  private final Map<String, List<String>> byFirst = new TreeMap<>();

  /** Phrases between semicolons; within one, words and marks stand apart as tokens do. */
  PhraseSet(String list) {
    for (String phrase : list.replace('\n', ' ').strip().split(" *; *", -1)) {
      String first = phrase.contains(" ") ? phrase.substring(0, phrase.indexOf(' ')) : phrase;
      byFirst.computeIfAbsent(first, f -> new ArrayList<>()).add(phrase);
    }
    byFirst.values().forEach(l -> l.sort((a, b) -> b.length() - a.length()));
  }

  /** The phrases that begin with a word, longest first. */
  List<String> from(String word) {
    return byFirst.getOrDefault(word, NONE);
  }
}

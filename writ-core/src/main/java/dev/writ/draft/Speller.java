package dev.writ.draft;

import dev.writ.form.Suggestion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Slips of the keyboard: a word that is none is read as the only known word near it. Near is one
 * letter left out, doubled, swapped with its neighbour, hit beside its key, or a vowel for another;
 * not any other letter, since that may be another name.
 */
final class Speller {
  private static final int LEAST = 4;
  private static final List<String> ROWS = List.of("qwertyuiop", "asdfghjkl", "zxcvbnm");
  private static final String VOWELS = "aeiou";

  private final Set<String> known = new HashSet<>();

  /** Known words by length, for those that may be meant. */
  private final Map<Integer, Set<String>> meant = new HashMap<>();

  /** Adds a word that may be meant by a slip. */
  void learn(String plain) {
    if (plain.length() >= LEAST && plain.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      meant.computeIfAbsent(plain.length(), n -> new HashSet<>()).add(plain);
    }
    known.add(plain);
  }

  /** Adds a word that is right as it stands. */
  void accept(String plain) {
    known.add(plain);
  }

  boolean knows(String plain) {
    return known.contains(plain);
  }

  /** The word that was meant: itself, unless it is unknown and exactly one known word is near. */
  String meant(String plain) {
    if (plain.length() < LEAST - 1
        || known.contains(plain)
        || !plain.chars().allMatch(c -> c >= 'a' && c <= 'z')
        || inflected(plain)) {
      return plain;
    }
    String found = plain;
    String stem = "";
    for (int n = Math.max(LEAST, plain.length() - 1); n <= plain.length() + 1; n++) {
      for (String word : meant.getOrDefault(n, Set.of())) {
        if (near(plain, word)) {
          String other = Word.stem(word);
          if (!stem.isEmpty() && !stem.equals(other)) {
            return plain;
          }
          // Of two forms of one word the shorter, then the first in the alphabet.
          if (stem.isEmpty() || word.length() < found.length() || word.compareTo(found) < 0) {
            found = word;
          }
          stem = other;
        }
      }
    }
    return found;
  }

  private boolean inflected(String plain) {
    for (String ending : List.of("s", "es", "d", "ed", "ing", "ly", "er", "or", "al")) {
      if (plain.endsWith(ending)) {
        String bare = plain.substring(0, plain.length() - ending.length());
        if (known.contains(bare) || known.contains(bare + "e")) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean near(String typed, String word) {
    if (Suggestion.distance(typed, word, 1) > 1) {
      return false;
    }
    if (typed.length() != word.length()) {
      return typed.charAt(0) == word.charAt(0);
    }
    for (int i = 0; i < typed.length(); i++) {
      char a = typed.charAt(i);
      char b = word.charAt(i);
      if (a != b) {
        boolean swapped =
            i + 1 < typed.length() && a == word.charAt(i + 1) && b == typed.charAt(i + 1);
        return swapped || (i > 0 && (beside(a, b) || vowels(a, b)));
      }
    }
    return true;
  }

  private static boolean vowels(char a, char b) {
    return VOWELS.indexOf(a) >= 0 && VOWELS.indexOf(b) >= 0;
  }

  private static boolean beside(char a, char b) {
    for (String row : ROWS) {
      int i = row.indexOf(a);
      int j = row.indexOf(b);
      if (i >= 0 && j >= 0) {
        return Math.abs(i - j) == 1;
      }
    }
    return false;
  }
}

package dev.writ.duration;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A place in a text that a grammar moves on; what does not fit puts it back. */
final class Cursor {
  private final Tokens tokens;
  private int at;

  Cursor(Tokens tokens, int at) {
    this.tokens = tokens;
    this.at = at;
  }

  Tokens tokens() {
    return tokens;
  }

  int at() {
    return at;
  }

  void to(int place) {
    at = place;
  }

  Token now() {
    return tokens.at(at);
  }

  Token ahead(int n) {
    return tokens.at(at + n);
  }

  Token before() {
    return tokens.at(at - 1);
  }

  boolean done() {
    return at >= tokens.size();
  }

  void step() {
    at++;
  }

  /** Takes the words of one of several phrases, written with single spaces; the first that fits. */
  boolean take(String... phrases) {
    for (String phrase : phrases) {
      int next = matched(phrase, at);
      if (next > 0) {
        at = next;
        return true;
      }
    }
    return false;
  }

  /** Takes the longest phrase of a set that fits. */
  boolean take(PhraseSet phrases) {
    for (String phrase : phrases.from(now().text())) {
      int next = matched(phrase, at);
      if (next > 0) {
        at = next;
        return true;
      }
    }
    return false;
  }

  /** Takes any number of the given single words and marks. */
  boolean skip(Set<String> words) {
    int from = at;
    while (words.contains(now().text()) && at < tokens.size()) {
      at++;
    }
    return at > from;
  }

  /** Takes a word out of a set. */
  Optional<String> word(Set<String> words) {
    Token token = now();
    if (token.word() && words.contains(token.text())) {
      at++;
      return Optional.of(token.text());
    }
    return Optional.empty();
  }

  /** Whether a phrase stands here; nothing is taken. */
  boolean sees(String... phrases) {
    for (String phrase : phrases) {
      if (matched(phrase, at) > 0) {
        return true;
      }
    }
    return false;
  }

  /** The first alternative that fits; the place is put back between them. */
  @SafeVarargs // only reads the alternatives
  final <T> Optional<T> first(Function<Cursor, Optional<T>>... alternatives) {
    int from = at;
    for (Function<Cursor, Optional<T>> alternative : alternatives) {
      Optional<T> found = alternative.apply(this);
      if (found.isPresent()) {
        return found;
      }
      at = from;
    }
    return Optional.empty();
  }

  /** One rule; the place is put back when it does not fit. */
  <T> Optional<T> maybe(Function<Cursor, Optional<T>> rule) {
    int from = at;
    Optional<T> found = rule.apply(this);
    if (found.isEmpty()) {
      at = from;
    }
    return found;
  }

  /** The place after a phrase, or 0; most phrases fail at their first letter. */
  private int matched(String phrase, int from) {
    String first = tokens.at(from).text();
    if (first.isEmpty() || first.charAt(0) != phrase.charAt(0)) {
      return 0;
    }
    int place = from;
    int start = 0;
    while (start < phrase.length()) {
      String text = tokens.at(place).text();
      int end = start + text.length();
      boolean fits =
          !text.isEmpty()
              && phrase.startsWith(text, start)
              && (end == phrase.length() || phrase.charAt(end) == ' ');
      if (!fits) {
        return 0;
      }
      start = end + 1;
      place++;
    }
    return place;
  }
}

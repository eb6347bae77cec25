package dev.writ.draft;

import dev.writ.draft.Lexicon.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Something in a sentence that the stages work with.
 *
 * @param from first word of the text
 * @param to after the last word
 * @param name what it names, for names
 * @param act what is said to be done, for verbs
 * @param time what it says of time, for times
 */
record Item(
    Type type,
    int from,
    int to,
    Optional<Mention> name,
    Optional<Act> act,
    Optional<Times.Said> time) {
  /** What an item is; the letter stands for it in a skeleton. */
  enum Type {
    AGENT('a'),
    RESOURCE('r'),
    PROCESS('p'),
    PERSON('h'),
    ENVIRONMENT('e'),
    TARGET('t'),
    VERB('v'),
    TIME('d');

    final char letter;

    Type(char letter) {
      this.letter = letter;
    }

    static Type of(Kind kind) {
      return switch (kind) {
        case AGENT -> AGENT;
        case RESOURCE -> RESOURCE;
        case PROCESS -> PROCESS;
        case PERSON -> PERSON;
        case ENVIRONMENT -> ENVIRONMENT;
        case TARGET -> TARGET;
      };
    }
  }

  static Item named(Mention mention, Kind kind) {
    return new Item(
        Type.of(kind),
        mention.from(),
        mention.to(),
        Optional.of(mention.only(kind)),
        Optional.empty(),
        Optional.empty());
  }

  static Item verb(int from, int to, Act act) {
    return new Item(Type.VERB, from, to, Optional.empty(), Optional.of(act), Optional.empty());
  }

  static Item timed(int from, int to, Times.Said said) {
    return new Item(Type.TIME, from, to, Optional.empty(), Optional.empty(), Optional.of(said));
  }

  /** The ids it may mean. */
  List<String> ids() {
    return name.map(m -> m.entries().stream().map(Lexicon.Entry::id).distinct().toList())
        .orElse(List.of());
  }
}

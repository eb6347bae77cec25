package dev.writ.draft;

import dev.writ.catalogue.Agent;
import dev.writ.catalogue.BusinessProcess;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Person;
import dev.writ.catalogue.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** Every name and alias of a catalogue, by its words. */
public final class Lexicon {
  /** What kind of thing a name is of. */
  enum Kind {
    AGENT,
    RESOURCE,
    PROCESS,
    PERSON,
    ENVIRONMENT,
    /** {@code dimension=id}. */
    TARGET,
    /** {@code resource action}. */
    ACTION
  }

  /** Something a phrase may mean. */
  record Entry(Kind kind, String id) {}

  /** Words in catalogues' phrases; more would only cost time. */
  private static final int LONGEST = 12;

  private final Map<List<String>, SequencedSet<Entry>> phrases = new LinkedHashMap<>();
  private int longest;
  private final Catalogue catalogue;

  /** Makes it; dear enough that many prompts should share one. */
  public static Lexicon of(Catalogue catalogue) {
    return new Lexicon(catalogue);
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  private Lexicon(Catalogue catalogue) {
    this.catalogue = catalogue;
    for (Agent a : catalogue.agents()) {
      add(Kind.AGENT, a.id(), a.id(), a.name());
      a.aliases().forEach(alias -> add(Kind.AGENT, a.id(), alias));
    }
    for (BusinessProcess p : catalogue.processes()) {
      add(Kind.PROCESS, p.id(), p.id(), p.name());
      p.aliases().forEach(alias -> add(Kind.PROCESS, p.id(), alias));
    }
    catalogue.people().forEach(this::person);
    catalogue.resources().forEach(this::resource);
  }

  private void resource(Resource r) {
    add(Kind.RESOURCE, r.id(), r.id(), r.name());
    r.aliases().forEach(alias -> add(Kind.RESOURCE, r.id(), alias));
    r.actions()
        .forEach((action, ways) -> {
          add(Kind.ACTION, r.id() + " " + action, action);
          ways.forEach(way -> add(Kind.ACTION, r.id() + " " + action, way));
        });
    for (String e : r.environments()) {
      add(Kind.ENVIRONMENT, e, e);
      Environments.forms(e).stream()
          .filter(word -> !r.environments().contains(word))
          .forEach(word -> add(Kind.ENVIRONMENT, e, word));
    }
    r.targets()
        .forEach((dimension, values) ->
            values
                .ids()
                .forEach((id, ways) -> {
                  add(Kind.TARGET, dimension + "=" + id, id);
                  ways.forEach(way -> add(Kind.TARGET, dimension + "=" + id, way));
                }));
  }

  /** By id, handle, full name, surname alone, first name alone; also who has left, to say so. */
  private void person(Person p) {
    add(Kind.PERSON, p.id(), p.id(), "@" + p.id(), p.name());
    List<String> names = Word.plainWords(p.name());
    if (names.size() > 1) {
      add(Kind.PERSON, p.id(), names.getFirst(), names.getLast());
    }
  }

  private void add(Kind kind, String id, String... phrasesOfIt) {
    for (String phrase : phrasesOfIt) {
      List<String> key = Word.plainWords(phrase).stream().map(Word::stem).toList();
      if (!key.isEmpty() && key.size() <= LONGEST) {
        phrases.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(new Entry(kind, id));
        longest = Math.max(longest, key.size());
      }
    }
  }

  /** What these words, as a whole, may mean. */
  List<Entry> entries(List<String> plainWords) {
    Collection<Entry> found = phrases.get(plainWords.stream().map(Word::stem).toList());
    return found == null ? List.of() : List.copyOf(found);
  }

  /** The ids of one kind that these words, as a whole, may mean. */
  List<String> ids(Kind kind, String phrase) {
    return entries(Word.plainWords(phrase)).stream()
        .filter(e -> e.kind() == kind)
        .map(Entry::id)
        .toList();
  }

  /** Names in a text, longest first, none overlapping. */
  List<Mention> mentions(Prompt prompt, List<Word> words) {
    List<Mention> out = new ArrayList<>();
    int at = 0;
    while (at < words.size()) {
      int length = Math.min(longest, words.size() - at);
      List<Entry> found = List.of();
      while (length > 0) {
        List<Word> run = words.subList(at, at + length);
        found =
            run.getFirst().sentence() == run.getLast().sentence()
                ? entries(run.stream().map(Word::plain).toList())
                : List.of();
        if (!found.isEmpty()) {
          break;
        }
        length--;
      }
      if (length > 0) {
        Word first = words.get(at);
        Word last = words.get(at + length - 1);
        out.add(
            new Mention(
                at, at + length, prompt.quote(first.start(), last.end()), first.sentence(), found));
        at += length;
      } else {
        at++;
      }
    }
    return out;
  }

  /**
   * A name found in a text.
   *
   * @param from its first word
   * @param to after its last word
   */
  record Mention(int from, int to, Quote quote, int sentence, List<Entry> entries) {
    List<String> ids(Kind kind) {
      return entries.stream().filter(e -> e.kind() == kind).map(Entry::id).toList();
    }

    boolean is(Kind kind) {
      return entries.stream().anyMatch(e -> e.kind() == kind);
    }
  }
}

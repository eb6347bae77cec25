package dev.writ.draft;

import dev.writ.catalogue.Agent;
import dev.writ.catalogue.BusinessProcess;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Person;
import dev.writ.catalogue.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** Every name, alias and way to say something of a catalogue, by its words. */
public final class Lexicon {
  /** What kind of thing a name is of. */
  enum Kind {
    AGENT,
    RESOURCE,
    PROCESS,
    PERSON,
    ENVIRONMENT,
    /** {@code dimension=id}. */
    TARGET
  }

  /** Something a phrase may mean. */
  record Entry(Kind kind, String id) {}

  /** Words in catalogues' phrases; more would only cost time. */
  private static final int LONGEST = 8;

  private final Catalogue catalogue;
  private final Map<String, SequencedSet<Entry>> phrases = new HashMap<>();
  private final Map<String, SequencedSet<Entry>> exact = new HashMap<>();
  private final Map<String, SequencedSet<String>> people = new HashMap<>();
  private final Map<String, List<String>> starts = new HashMap<>();
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Map<String, Person> persons = new LinkedHashMap<>();
  private final Speller speller = new Speller();
  private final Ways ways;
  private int longest = 1;

  private Lexicon(Catalogue catalogue) {
    this.catalogue = catalogue;
    CommonWords.all().forEach(speller::accept);
    Cues.SPELT.forEach(speller::learn);
    for (Agent a : catalogue.agents()) {
      add(Kind.AGENT, a.id(), a.id(), bare(a.name()), a.name());
      a.aliases().forEach(alias -> add(Kind.AGENT, a.id(), alias));
    }
    for (BusinessProcess p : catalogue.processes()) {
      add(Kind.PROCESS, p.id(), p.id(), p.name());
      p.aliases().forEach(alias -> add(Kind.PROCESS, p.id(), alias));
      turned(p);
    }
    catalogue.resources().forEach(this::resource);
    environments();
    catalogue.people().forEach(this::person);
    ways = new Ways(catalogue);
    ways.words().forEach(speller::learn);
  }

  /** Makes it; dear enough that many prompts should share one. */
  public static Lexicon of(Catalogue catalogue) {
    return new Lexicon(catalogue);
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  Speller speller() {
    return speller;
  }

  Ways ways() {
    return ways;
  }

  Optional<Resource> resource(String id) {
    return Optional.ofNullable(resources.get(id));
  }

  Optional<Person> person(String id) {
    return Optional.ofNullable(persons.get(id));
  }

  /** A name without what stands in brackets behind it, such as {@code (pilot)}. */
  private static String bare(String name) {
    return name.replaceAll("\\s*\\([^)]*\\)\\s*$", "");
  }

  /** "Planning of the rota" for "rota planning". */
  private void turned(BusinessProcess p) {
    List<String> names = new ArrayList<>(p.aliases());
    names.add(p.name());
    for (String name : names) {
      List<String> words = Word.plainWords(name);
      if (words.size() == 2) {
        for (String link :
            List.of("of the", "of", "for the", "for", "from", "from the", "in the")) {
          add(Kind.PROCESS, p.id(), words.get(1) + " " + link + " " + words.get(0));
        }
      }
    }
  }

  private void resource(Resource r) {
    resources.put(r.id(), r);
    add(Kind.RESOURCE, r.id(), r.id(), r.name());
    r.aliases().forEach(alias -> add(Kind.RESOURCE, r.id(), alias));
    r.targets()
        .forEach((dimension, values) ->
            values
                .ids()
                .forEach((id, said) -> {
                  add(Kind.TARGET, dimension + "=" + id, id);
                  said.forEach(way -> add(Kind.TARGET, dimension + "=" + id, way));
                }));
  }

  /** Those of the catalogue, and words that name one elsewhere: an environment it does not have. */
  private void environments() {
    SequencedSet<String> ids = new LinkedHashSet<>();
    catalogue.resources().forEach(r -> ids.addAll(r.environments()));
    ids.remove(dev.writ.catalogue.Environment.NOT_APPLICABLE);
    for (String id : ids) {
      add(Kind.ENVIRONMENT, id, id);
    }
    for (String id : ids) {
      for (String form : Environments.forms(id)) {
        if (!ids.contains(form)) {
          add(Kind.ENVIRONMENT, id, form);
        }
      }
    }
    for (String word : Environments.all()) {
      if (entries(Word.ofPhrase(word), Kind.ENVIRONMENT).isEmpty()) {
        add(Kind.ENVIRONMENT, Environments.FOREIGN + word, word);
      }
    }
  }

  /** By id, handle, full name, initial and surname, first name and initial, either name alone. */
  private void person(Person p) {
    persons.put(p.id(), p);
    List<String> names = Word.plainWords(p.name());
    addPerson(p, Word.plainWords(p.id()));
    addPerson(p, names);
    if (names.size() > 1) {
      String first = names.getFirst();
      String last = names.getLast();
      addPerson(p, List.of(first));
      addPerson(p, List.of(last));
      addPerson(p, List.of(first, last));
      addPerson(p, List.of(first.substring(0, 1), last));
      addPerson(p, List.of(first, last.substring(0, 1)));
      addPerson(p, List.of(last, first));
    }
  }

  private void addPerson(Person p, List<String> plain) {
    if (!plain.isEmpty() && plain.size() <= LONGEST) {
      people.computeIfAbsent(String.join(" ", plain), k -> new LinkedHashSet<>()).add(p.id());
      plain.forEach(speller::accept);
      longest = Math.max(longest, plain.size());
    }
  }

  private void add(Kind kind, String id, String... phrasesOfIt) {
    for (String phrase : phrasesOfIt) {
      List<Word> words = Word.ofPhrase(phrase);
      if (words.isEmpty() || words.size() > LONGEST) {
        continue;
      }
      put(words.stream().map(Word::stem).toList(), new Entry(kind, id));
      exact
          .computeIfAbsent(
              words.stream().map(Word::plain).collect(Collectors.joining(" ")),
              k -> new LinkedHashSet<>())
          .add(new Entry(kind, id));
      if (words.size() == 2 || words.size() == 3) {
        String joined = words.stream().map(Word::plain).collect(Collectors.joining());
        put(List.of(Word.stem(joined)), new Entry(kind, id));
        speller.learn(joined);
      } else if (words.size() == 1 && kind != Kind.TARGET) {
        starts.computeIfAbsent(words.getFirst().plain(), k -> new ArrayList<>());
      }
      words.forEach(w -> speller.learn(w.plain()));
    }
  }

  private void put(List<String> stems, Entry entry) {
    phrases.computeIfAbsent(String.join(" ", stems), k -> new LinkedHashSet<>()).add(entry);
    longest = Math.max(longest, stems.size());
  }

  private List<Entry> entries(List<Word> words, Kind kind) {
    return phrases
        .getOrDefault(
            words.stream().map(Word::stem).collect(Collectors.joining(" ")), new LinkedHashSet<>())
        .stream()
        .filter(e -> e.kind() == kind)
        .toList();
  }

  /** Whether a text as a whole is a name of this catalogue. */
  boolean names(String text) {
    List<Word> words = Word.ofPhrase(text);
    return !words.isEmpty() && longest(words, 0).map(m -> m.to() == words.size()).orElse(false);
  }

  /** The longest name that starts at a word. */
  Optional<Mention> longest(List<Word> words, int from) {
    StringBuilder stems = new StringBuilder();
    StringBuilder plains = new StringBuilder();
    Optional<Mention> best = Optional.empty();
    for (int to = from + 1; to <= words.size() && to - from <= longest; to++) {
      Word word = words.get(to - 1);
      if (to > from + 1) {
        if (!word.close()
            || words.get(to - 2).possessive()
                && !word.gap().isBlank()
                && !word.gap().equals("' ")) {
          break;
        }
        stems.append(' ');
        plains.append(' ');
      }
      stems.append(word.stem());
      plains.append(word.plain());
      List<Entry> found =
          new ArrayList<>(phrases.getOrDefault(stems.toString(), new LinkedHashSet<>()));
      if (to == from + 2 && starts.containsKey(words.get(from).plain() + word.plain())) {
        found.addAll(
            phrases.getOrDefault(
                Word.stem(words.get(from).plain() + word.plain()), new LinkedHashSet<>()));
      }
      for (String id : people.getOrDefault(plains.toString(), new LinkedHashSet<>())) {
        if (to - from > 1 || personal(words.get(from))) {
          found.add(new Entry(Kind.PERSON, id));
        }
      }
      // "Crew rostering" is not "crew roster", though both have the same stems.
      SequencedSet<Entry> verbatim = exact.getOrDefault(plains.toString(), new LinkedHashSet<>());
      if (!verbatim.isEmpty()) {
        found.removeIf(e -> e.kind() != Kind.PERSON && !verbatim.contains(e));
      }
      if (!found.isEmpty()) {
        best = Optional.of(new Mention(from, to, found));
      }
    }
    return best;
  }

  /** A name that is an ordinary word too is a name only with a capital. */
  private static boolean personal(Word word) {
    return word.plain().length() > 1
        && (!CommonWords.has(word.plain()) || word.capital() || word.gapHas("@"));
  }
}

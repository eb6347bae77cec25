package dev.writ.draft;

import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a catalogue's actions are said, and what words of a text say of them. */
final class Ways {
  /**
   * One way to say one action.
   *
   * @param verb its first stem, with its particle if it has one
   * @param objects the stems of the rest
   * @param stems all of them
   */
  record Way(
      String resource, String action, String verb, List<String> objects, List<String> stems) {}

  /** Words between a verb and its object, at most. */
  private static final int REACH = 3;

  private static final Set<String> LINKS =
      Set.of(
          "and", "or", "but", "to", "in", "on", "at", "for", "with", "by", "from", "into", "not",
          "never", "no", "may", "can", "must", "should", "will", "is", "are", "be", "nor", "then",
          "it", "which", "that", "who", "until", "till", "while", "because", "so", "via", "under");

  private final List<Way> all = new ArrayList<>();
  private final Map<String, List<Way>> byStem = new HashMap<>();
  private final Set<String> words = new HashSet<>();

  Ways(Catalogue catalogue) {
    for (Resource r : catalogue.resources()) {
      r.actions()
          .forEach((action, said) -> {
            add(r.id(), action, action);
            said.forEach(way -> add(r.id(), action, way));
          });
    }
  }

  private void add(String resource, String action, String phrase) {
    List<Word> ws =
        Word.ofPhrase(phrase).stream().filter(w -> !w.plain().matches("the|a|an|of")).toList();
    if (ws.isEmpty()) {
      return;
    }
    List<String> stems = ws.stream().map(Word::stem).toList();
    String first = stems.getFirst();
    List<String> rest = new ArrayList<>();
    String particle = "";
    for (Word w : ws.subList(1, ws.size())) {
      if (particle.isEmpty() && Verbs.PARTICLES.contains(w.plain())) {
        particle = w.plain();
      } else {
        rest.add(w.stem());
      }
    }
    String verb = particle.isEmpty() ? first : first + " " + particle;
    Way way = new Way(resource, action, verb, List.copyOf(rest), stems);
    if (all.contains(way)) {
      return;
    }
    all.add(way);
    new LinkedHashSet<>(stems)
        .forEach(s -> byStem.computeIfAbsent(s, k -> new ArrayList<>()).add(way));
    ws.forEach(w -> words.add(w.plain()));
  }

  Set<String> words() {
    return words;
  }

  /** Every way of one resource. */
  List<Way> of(String resource) {
    return all.stream().filter(w -> w.resource().equals(resource)).toList();
  }

  /** Whether any action's verb has this first stem. */
  boolean verb(String stem) {
    return byStem.getOrDefault(stem, List.of()).stream()
        .anyMatch(w -> w.verb().equals(stem) || w.verb().startsWith(stem + " "));
  }

  /** Whether a single word with this stem is a way to say an action. */
  boolean alone(String stem) {
    return byStem.getOrDefault(stem, List.of()).stream()
        .anyMatch(w -> w.verb().equals(stem) && w.objects().isEmpty());
  }

  /** Whether an action's verb is this stem and particle. */
  boolean phrasal(String verb) {
    return all.stream().anyMatch(w -> w.verb().equals(verb));
  }

  /** Whether the stem is of an object that an action of a resource is done to. */
  boolean object(String stem) {
    return byStem.getOrDefault(stem, List.of()).stream().anyMatch(w -> w.objects().contains(stem));
  }

  /** What is said in full at some place: the ways, and after which word it ends. */
  record Full(List<Way> ways, int to, int matched) {}

  /** The ways that are said in full from this word on; those with most words. */
  Full full(List<Word> ws, int from, int end) {
    List<Way> best = new ArrayList<>();
    int to = from;
    int most = 0;
    Word word = ws.get(from);
    Set<Way> tried = new LinkedHashSet<>(byStem.getOrDefault(word.stem(), List.of()));
    tried.addAll(byStem.getOrDefault(Word.root(word.plain()), List.of()));
    for (Way way : tried) {
      if (way.stems().size() < 2) {
        continue;
      }
      int last = match(way, ws, from, end);
      if (last < 0) {
        continue;
      }
      int size = way.stems().size();
      if (size > most) {
        best.clear();
        most = size;
        to = last;
      }
      if (size == most) {
        best.add(way);
        to = Math.max(to, last);
      }
    }
    return new Full(best, to, most);
  }

  private static boolean is(Word word, String stem) {
    return word.stem().equals(stem) || Word.root(word.plain()).equals(stem);
  }

  /** After which word a way is said, or -1. */
  private static int match(Way way, List<Word> ws, int from, int end) {
    if (is(ws.get(from), way.stems().getFirst())) {
      return forward(way, ws, from, end);
    }
    // "Results lookup", "appointments cancelling": the object first, the verb right behind it.
    int size = way.stems().size();
    List<String> turned = new ArrayList<>(way.objects());
    turned.add(way.verb());
    if (way.verb().indexOf(' ') >= 0 || turned.size() != size || from + size > end) {
      return -1;
    }
    for (int i = 0; i < size; i++) {
      Word w = ws.get(from + i);
      boolean noun =
          i == size - 1
              && !w.plain().matches(".*(?:ing|ion|ions|ment|al|up|ed)$")
              && !w.plain().equals(way.verb());
      if ((i > 0 && (!w.close() || ws.get(from + i - 1).possessive()))
          || !is(w, turned.get(i))
          || noun) {
        return -1;
      }
    }
    return from + size;
  }

  private static int forward(Way way, List<Word> ws, int from, int end) {
    List<String> left = new ArrayList<>(way.stems().subList(1, way.stems().size()));
    int skipped = 0;
    for (int i = from + 1; i < end && !left.isEmpty(); i++) {
      Word w = ws.get(i);
      if (!w.close() && !w.gap().strip().matches("[\"'`\u201c\u201d]*")) {
        return -1;
      }
      boolean found = left.remove(w.stem());
      if (!found && left.remove(w.plain())) {
        found = true;
      }
      if (found && left.isEmpty()) {
        return i + 1;
      }
      boolean of = i == from + 1 && w.plain().equals("of");
      if (!found && ((LINKS.contains(w.plain()) && !of) || ++skipped > REACH)) {
        return -1;
      }
    }
    return -1;
  }
}

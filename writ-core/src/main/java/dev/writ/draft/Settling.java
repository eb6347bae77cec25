package dev.writ.draft;

import dev.writ.draft.Lexicon.Entry;
import dev.writ.draft.Lexicon.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settles what kind of thing a name is of, by what stands around it. */
final class Settling {
  private final Lexicon lexicon;
  private final List<Word> words;
  private final List<Item> items;

  /**
   * @param items those found before it
   */
  Settling(Lexicon lexicon, List<Word> words, List<Item> items) {
    this.lexicon = lexicon;
    this.words = words;
    this.items = items;
  }

  /** One kind for a name that is of several, by what stands around it; places need a place. */
  Optional<Mention> settled(Mention m) {
    List<Entry> entries = new ArrayList<>(m.entries());
    if (entries.stream().anyMatch(e -> !e.id().startsWith(Environments.FOREIGN))) {
      entries.removeIf(e -> e.id().startsWith(Environments.FOREIGN));
    }
    boolean others = entries.stream().anyMatch(e -> e.kind() != Kind.ENVIRONMENT);
    if (entries.stream().anyMatch(e -> e.kind() == Kind.ENVIRONMENT) && (others || !place(m))) {
      entries.removeIf(e -> e.kind() == Kind.ENVIRONMENT);
    }
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    List<Kind> kinds = entries.stream().map(Entry::kind).distinct().toList();
    if (kinds.size() > 1) {
      Kind best = best(m, kinds);
      entries.removeIf(e -> e.kind() != best);
    }
    return Optional.of(new Mention(m.from(), m.to(), entries));
  }

  private Kind best(Mention m, List<Kind> kinds) {
    String before =
        m.from() == 0 || !words.get(m.from()).close() ? "" : words.get(m.from() - 1).plain();
    List<Kind> order =
        switch (before) {
          case "in",
              "on",
              "at",
              "from",
              "into",
              "to",
              "via",
              "through",
              "over",
              "of",
              "the",
              "inside" ->
              List.of(Kind.RESOURCE, Kind.TARGET, Kind.PROCESS, Kind.AGENT, Kind.PERSON);
          case "for", "because", "as", "serves" ->
              List.of(Kind.PROCESS, Kind.TARGET, Kind.AGENT, Kind.RESOURCE, Kind.PERSON);
          default -> List.of(Kind.AGENT, Kind.RESOURCE, Kind.PROCESS, Kind.TARGET, Kind.PERSON);
        };
    return order.stream().filter(kinds::contains).findFirst().orElse(kinds.getFirst());
  }

  /** Whether a word that may be a place is one here: many are ordinary words too. */
  private boolean place(Mention m) {
    Word first = words.get(m.from());
    if (!Environments.ordinary(first.plain())) {
      return true;
    }
    boolean starts = m.from() == 0 || !first.close() || first.gapHas("-");
    boolean ends = m.to() == words.size() || !words.get(m.to()).close();
    String before = starts ? "" : words.get(m.from() - 1).plain();
    String after = ends ? "" : words.get(m.to()).plain();
    boolean afterName =
        !starts
            && items.stream()
                .anyMatch(i ->
                    i.to() == m.from()
                        && (i.type() == Item.Type.RESOURCE || i.type() == Item.Type.ENVIRONMENT));
    boolean beforeName =
        !ends
            && lexicon
                .longest(words, m.to())
                .map(n -> n.is(Kind.RESOURCE) || n.is(Kind.PERSON))
                .orElse(false);
    boolean number = !ends && Character.isDigit(after.charAt(0));
    boolean placed =
        Set.of("in", "on", "at", "into", "within", "inside", "its", "from", "to").contains(before)
            || before.equals("the")
                && m.from() > 1
                && Set.of("in", "on", "at", "into", "from", "to", "not", "only", "outside")
                    .contains(words.get(m.from() - 2).plain());
    boolean nothingBehind =
        ends
            || Set.of(
                    "it",
                    "they",
                    "he",
                    "she",
                    "we",
                    "i",
                    "may",
                    "can",
                    "should",
                    "must",
                    "will",
                    "if",
                    "when",
                    "also",
                    "too",
                    "has",
                    "needs",
                    "now",
                    "today",
                    "there",
                    "instead",
                    "without",
                    "owner",
                    "alone",
                    "itself",
                    "as",
                    "who",
                    "which",
                    "that",
                    "however",
                    "though",
                    "nothing",
                    "never",
                    "all",
                    "until",
                    "would",
                    "could",
                    "shall",
                    "does",
                    "do",
                    "please",
                    "per",
                    "this",
                    "next",
                    "tomorrow",
                    "tonight")
                .contains(after);
    return (starts && ends)
        || (placed && nothingBehind)
        || afterName
        || (starts && Around.AFTER_PLACE.contains(after))
        || (Around.BEFORE_PLACE.contains(before)
            && (ends || Around.AFTER_PLACE.contains(after) || number || beforeName));
  }
}

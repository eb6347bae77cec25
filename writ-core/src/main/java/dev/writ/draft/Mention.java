package dev.writ.draft;

import dev.writ.draft.Lexicon.Entry;
import dev.writ.draft.Lexicon.Kind;
import java.util.List;

/**
 * A name in a text.
 *
 * @param from first word
 * @param to after the last word
 * @param entries what it may mean, at least one
 */
record Mention(int from, int to, List<Entry> entries) {
  Mention {
    entries = List.copyOf(entries);
  }

  boolean is(Kind kind) {
    return entries.stream().anyMatch(e -> e.kind() == kind);
  }

  /** What it may mean of one kind. */
  List<String> ids(Kind kind) {
    return entries.stream().filter(e -> e.kind() == kind).map(Entry::id).distinct().toList();
  }

  Mention only(Kind kind) {
    return new Mention(from, to, entries.stream().filter(e -> e.kind() == kind).toList());
  }

  int size() {
    return to - from;
  }
}

package dev.writ.draft;

import dev.writ.catalogue.Agent;
import dev.writ.draft.Lexicon.Entry;
import dev.writ.draft.Lexicon.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the items of a text: names by longest match, verbs with what is done, times. */
final class Scan {

  private final Lexicon lexicon;
  private final List<Word> words;
  private final List<Item> items = new ArrayList<>();
  private final boolean[] taken;

  Scan(Lexicon lexicon, List<Word> words) {
    this.lexicon = lexicon;
    this.words = words;
    this.taken = new boolean[words.size()];
  }

  /** The items in order, none overlapping except a resource within what is done to it. */
  List<Item> items(java.util.function.Function<List<Item>, List<Times.Found>> times) {
    for (int i = 0; i < words.size(); i++) {
      if (!taken[i]) {
        at(i);
      }
    }
    List<Item> timed = new ArrayList<>();
    for (Times.Found t : times.apply(List.copyOf(items))) {
      time(t).ifPresent(timed::add);
    }
    for (Item t : timed) {
      boolean free = true;
      for (int i = t.from(); i < t.to(); i++) {
        free &= !taken[i];
      }
      if (free) {
        take(t.from(), t.to());
        items.add(t);
      } else {
        shrunk(t).ifPresent(items::add);
      }
    }
    for (int i = 0; i < words.size(); i++) {
      if (!taken[i]) {
        bareVerb(i);
      }
    }
    items.sort(java.util.Comparator.comparingInt(Item::from).thenComparingInt(i -> -i.to()));
    return List.copyOf(items);
  }

  private Optional<Item> time(Times.Found t) {
    int from = -1;
    int to = -1;
    for (int i = 0; i < words.size(); i++) {
      Word w = words.get(i);
      if (w.start() < t.end() && w.end() > t.start()) {
        from = from < 0 ? i : from;
        to = i + 1;
      }
    }
    return from < 0 ? Optional.empty() : Optional.of(Item.timed(from, to, t.said()));
  }

  /** A time whose edge is part of a name is the rest of it; one cut in two is none. */
  private Optional<Item> shrunk(Item t) {
    int from = t.from();
    int to = t.to();
    while (from < to && taken[from]) {
      from++;
    }
    while (to > from && taken[to - 1]) {
      to--;
    }
    for (int i = from; i < to; i++) {
      if (taken[i]) {
        return Optional.empty();
      }
    }
    // What an event brings is told with names in it; a length is not.
    boolean whole =
        t.time().map(s -> s instanceof Times.Event || s instanceof Times.Fixed).orElse(false);
    if (from >= to || !whole) {
      return Optional.empty();
    }
    take(from, to);
    return Optional.of(Item.timed(from, to, t.time().orElseThrow()));
  }

  private void take(int from, int to) {
    for (int i = from; i < to; i++) {
      taken[i] = true;
    }
  }

  private void at(int i) {
    Optional<Mention> name =
        lexicon.longest(words, i).flatMap(m -> new Settling(lexicon, words, items).settled(m));
    Ways.Full full = lexicon.ways().full(words, i, words.size());
    int size = name.map(Mention::size).orElse(0);
    if (full.matched() > Math.max(1, size) && !cut(full, i) && !ours(i)) {
      act(i, full);
      return;
    }
    if (name.isPresent()) {
      Mention m = name.get();
      take(m.from(), m.to());
      items.add(Item.named(m, m.entries().getFirst().kind()));
      return;
    }
    reading(i);
    if (!taken[i]) {
      kindOfAgent(i);
    }
  }

  /** Whether a longer name starts within these words and goes on behind them. */
  private boolean cut(Ways.Full full, int from) {
    for (int j = from + 1; j < full.to(); j++) {
      Optional<Mention> m = lexicon.longest(words, j);
      if (m.isPresent()
          && m.get().to() > full.to()
          && m.get().size() > 1
          && !m.get().is(Kind.PERSON)) {
        return true;
      }
      if (m.isPresent() && m.get().is(Kind.AGENT)) {
        return true;
      }
    }
    return false;
  }

  private void act(int from, Ways.Full full) {
    String verb = full.ways().getFirst().verb();
    List<String> objects = full.ways().getFirst().objects();
    take(from, from + 1);
    List<Item> within = new ArrayList<>();
    for (int j = from + 1; j < full.to(); j++) {
      Optional<Mention> m = lexicon.longest(words, j);
      boolean own =
          m.isPresent()
              && m.get().to() <= full.to()
              && m.get().ids(Kind.RESOURCE).stream()
                  .anyMatch(r -> full.ways().stream().anyMatch(w -> w.resource().equals(r)))
              && (m.get().size() > 1 || full.to() - j == 1);
      if (own && !taken[j]) {
        within.add(Item.named(m.orElseThrow(), Kind.RESOURCE));
      }
      take(j, j + 1);
    }
    items.add(Item.verb(from, full.to(), new Act(full.ways(), verb, objects, false)));
    items.addAll(within);
    // "Texts staff and patients": the verb is shared.
    int at = full.to();
    while (at + 1 < words.size()
        && words.get(at).close()
        && words.get(at).plain().matches("and|or|nor|as")
        && !taken[at]) {
      int object = at + 1;
      while (object + 1 < words.size()
          && Around.DETERMINERS.contains(words.get(object).plain())
          && words.get(object + 1).close()) {
        object++;
      }
      String stem = words.get(object).stem();
      List<Ways.Way> shared =
          full.ways().stream()
              .flatMap(w ->
                  lexicon.ways().of(w.resource()).stream()
                      .filter(x -> x.verb().equals(w.verb()) && x.objects().equals(List.of(stem))))
              .distinct()
              .toList();
      boolean next =
          lexicon.ways().verb(stem)
              && object + 1 < words.size()
              && words.get(object + 1).close()
              && lexicon.ways().full(words, object, words.size()).matched() > 1;
      if (shared.isEmpty() || !words.get(object).close() || next) {
        break;
      }
      take(object, object + 1);
      items.add(Item.verb(object, object + 1, new Act(shared, verb(shared), List.of(stem), false)));
      at = object + 1;
    }
  }

  private static String verb(List<Ways.Way> ways) {
    return ways.getFirst().verb();
  }

  /** {@code ro}, {@code r/w}, {@code read-only}: reading, or reading and writing. */
  private void reading(int i) {
    String w = words.get(i).plain();
    String next = i + 1 < words.size() && words.get(i + 1).close() ? words.get(i + 1).plain() : "";
    boolean slash = i + 1 < words.size() && words.get(i + 1).gap().strip().equals("/");
    if (slash) {
      next = words.get(i + 1).plain();
    }
    if (w.equals("r") && slash && (next.equals("o") || next.equals("w"))) {
      rights(i, i + 2, next.equals("w"));
    } else if (w.equals("ro") || w.equals("readonly")) {
      rights(i, i + 1, false);
    } else if (w.equals("rw") || w.equals("readwrite")) {
      rights(i, i + 1, true);
    } else if (w.equals("read") && next.equals("only")) {
      rights(i, i + 2, false);
    } else if (w.equals("reading") && next.equals("only")) {
      rights(i, i + 2, false);
    } else if (w.equals("read")
        && (slash || words.size() > i + 1 && words.get(i + 1).gap().equals("-"))
        && next.equals("write")) {
      rights(i, i + 2, true);
    }
  }

  private void rights(int from, int to, boolean writes) {
    take(from, to);
    items.add(Item.verb(from, to, new Act(List.of(), "read", List.of(), false)));
    if (writes) {
      items.add(Item.verb(from, to, new Act(List.of(), "writ", List.of(), false)));
    }
  }

  /** "The sample agent": a word of several agents' names before what agents are. */
  private void kindOfAgent(int i) {
    if (i == 0
        || !Around.KINDS_OF_AGENT.contains(words.get(i).plain())
        || !words.get(i).close()
        || taken[i - 1]) {
      return;
    }
    String stem = words.get(i - 1).stem();
    List<Entry> fitting = new ArrayList<>();
    for (Agent a : lexicon.catalogue().agents()) {
      List<String> names = new ArrayList<>(a.aliases());
      names.add(a.name());
      boolean fits =
          names.stream()
              .flatMap(n -> Word.ofPhrase(n).stream())
              .anyMatch(w -> w.stem().equals(stem) && !Around.KINDS_OF_AGENT.contains(w.plain()));
      if (fits) {
        fitting.add(new Entry(Kind.AGENT, a.id()));
      }
    }
    if (!fitting.isEmpty() && stem.length() > 2) {
      // One that fits is no name either: the words are not the agent's.
      if (fitting.size() == 1) {
        fitting.add(new Entry(Kind.AGENT, ""));
      }
      take(i - 1, i + 1);
      items.add(Item.named(new Mention(i - 1, i + 1, fitting), Kind.AGENT));
    }
  }

  /** A verb alone, where a verb can stand. */
  private void bareVerb(int i) {
    Word w = words.get(i);
    String stem = w.stem();
    String root = Word.root(w.plain());
    boolean known = lexicon.ways().verb(stem) || Verbs.known(stem);
    if (!known && lexicon.ways().verb(root)) {
      stem = root;
      known = true;
    }
    if (!known || !verbStands(i)) {
      return;
    }
    int to = i + 1;
    String verb = stem;
    List<String> objects = new ArrayList<>();
    for (int j = i + 1; j < words.size() && j <= i + 4; j++) {
      Word next = words.get(j);
      if (!next.close()) {
        break;
      }
      String phrase = stem + " " + next.plain();
      if (Verbs.PARTICLES.contains(next.plain())
          && (lexicon.ways().phrasal(phrase) || Verbs.phrasal(phrase))) {
        verb = phrase;
        if (!taken[j]) {
          take(j, j + 1);
        }
        to = j == i + 1 ? j + 1 : to;
        continue;
      }
      if (taken[j] || Around.STOPS.contains(next.plain())) {
        break;
      }
      if (!Around.DETERMINERS.contains(next.plain()) && !next.plain().equals("out")) {
        objects.add(next.stem());
      }
    }
    boolean agent =
        to < words.size()
            && words.get(to).close()
            && lexicon.longest(words, to).map(m -> m.is(Kind.AGENT)).orElse(false);
    if (agent) {
      return;
    }
    boolean own = lexicon.ways().verb(stem) && !verb.equals(stem) || lexicon.ways().alone(stem);
    if (Around.NOT_ALONE.contains(stem)
        && !own
        && !(verb.indexOf(' ') > 0 && Verbs.phrasal(verb) && !verb.startsWith("set"))) {
      return;
    }
    take(i, to);
    items.add(Item.verb(i, to, new Act(List.of(), verb, objects, false)));
  }

  /** Whether we or I do it; what you do may be asked of you. */
  private boolean ours(int i) {
    if (!others(i)) {
      return false;
    }
    for (int k = i - 1; k >= Math.max(0, i - 5); k--) {
      if (words.get(k).plain().equals("you")) {
        return false;
      }
    }
    return true;
  }

  /** Whether somebody else than an agent does it: we planned, you wrote. */
  private boolean others(int i) {
    int k = i - 1;
    for (int n = 0; n < 4 && k >= 0 && words.get(k + 1).close(); n++, k--) {
      String w = words.get(k).plain();
      if (Around.PERSONS.contains(w)) {
        return true;
      }
      if (!Around.AUXILIARIES.contains(w) && !w.endsWith("ly")) {
        return false;
      }
    }
    return false;
  }

  private static boolean past(Word w) {
    return Around.PAST.contains(w.plain())
        || w.plain().endsWith("ed") && w.plain().length() > 4 && !w.plain().endsWith("eed");
  }

  private boolean verbStands(int i) {
    Word w = words.get(i);
    boolean starts = i == 0 || !w.close();
    String before = starts ? "" : words.get(i - 1).plain();
    boolean last = i + 1 >= words.size() || !words.get(i + 1).close();
    String after = last ? "" : words.get(i + 1).plain();
    if (others(i) || past(w)) {
      return false;
    }
    if (Around.OF_RIGHTS.contains(after)) {
      return !w.plain().equals("set") && !w.plain().equals("make") && !w.plain().equals("get");
    }
    if (!starts && w.joined() && !w.gap().isBlank()) {
      return false;
    }
    if (Around.DETERMINERS.contains(before)) {
      return w.plain().endsWith("ing") && before.equals("of");
    }
    boolean afterAgent =
        !starts
            && items.stream()
                .anyMatch(x ->
                    x.to() == i && (x.type() == Item.Type.AGENT || x.type() == Item.Type.PERSON));
    boolean adverb = before.endsWith("ly") || before.equals("also") || before.equals("just");
    return starts || afterAgent || adverb || Cues.MODALS.contains(before);
  }
}

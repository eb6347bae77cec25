package dev.writ.draft;

import dev.writ.catalogue.Resource;
import dev.writ.draft.Lexicon.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the clauses of a sentence: verb, resource and place bind inside their clause and never make
 * a product across clauses.
 */
final class Frames {
  private static final Pattern LIST =
      Pattern.compile(
          "^ *(?:(?:,|and|or|/|as well"
              + " as|plus|in|on|at|the|both|either|also|else|of|to|from|then|our|environments?|env|;|-|nor|not|any|with|into)"
              + " ?)*$");
  private static final Pattern OR = Pattern.compile("(?:^| )(?:or|/)(?: |$)");
  private static final Pattern EITHER = Pattern.compile("\\b(?:either|whichever|one of)\\b");
  private static final Pattern JOINED = Pattern.compile("\\b(?:and|or|then|but|nor)\\b");
  private final Lexicon lexicon;
  private final List<Frame> frames = new ArrayList<>();

  /** Places that stand alone and are said of every frame without one. */
  private final List<Item> defaults = new ArrayList<>();

  Frames(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  List<Frame> frames() {
    return frames;
  }

  List<Item> defaults() {
    return defaults;
  }

  /** Reads one clause. */
  void read(Sentence s, Moods.Mood mood, Set<Integer> voids, Set<Integer> negated) {
    List<Frame> here = new ArrayList<>();
    Frame open = new Frame(s, mood, false);
    Frame not = new Frame(s, mood, true);
    Optional<Item> before = Optional.empty();
    Optional<Item> lastNot = Optional.empty();
    for (Item item : s.items) {
      boolean counts =
          switch (item.type()) {
            case VERB, RESOURCE, ENVIRONMENT, TARGET -> true;
            case AGENT, PROCESS, PERSON, TIME -> false;
          };
      if (!counts || voids.contains(item.from())) {
        continue;
      }
      boolean tail =
          lastNot.isPresent()
              && (item.type() == Item.Type.ENVIRONMENT || item.type() == Item.Type.TARGET)
              && TAIL.matcher(between(s, lastNot.get(), item)).matches();
      lastNot = negated.contains(item.from()) || tail ? Optional.of(item) : Optional.empty();
      if (tail && !negated.contains(item.from())) {
        not = add(not, item, before, here, s);
        continue;
      }
      if (negated.contains(item.from())) {
        if (item.type() == Item.Type.ENVIRONMENT && not.verbs.isEmpty() && !open.empty()) {
          open.notPlaces.add(item);
        } else {
          not = add(not, item, before, here, s);
        }
        continue;
      }
      open = add(open, item, before, here, s);
      before = Optional.of(item);
    }
    Closing.close(open, here, s, voids, negated);
    here.forEach(Closing::idle);
    here.removeIf(Frame::empty);
    if (!not.empty()) {
      here.add(not);
    }
    carry(here);
    frames.addAll(here);
  }

  /** Puts an item into the open frame, or closes it and opens the next. */
  private Frame add(Frame f, Item item, Optional<Item> before, List<Frame> here, Sentence s) {
    f.mark(item);
    return switch (item.type()) {
      case VERB -> verb(f, item, here, s);
      case RESOURCE -> resource(f, item, before, here, s);
      case ENVIRONMENT -> place(f, item, here, s);
      case TARGET -> {
        f.targets.add(item);
        yield f;
      }
      case AGENT, PROCESS, PERSON, TIME -> f;
    };
  }

  private Frame next(Frame f, List<Frame> here) {
    here.add(f);
    return new Frame(f.sentence, f.mood, f.negative);
  }

  /** What goes on with a clause that says what is not wanted. */
  private static final Pattern TAIL = Pattern.compile("[^,;:]*");

  private Frame verb(Frame f, Item item, List<Frame> here, Sentence s) {
    boolean led =
        f.verbs.isEmpty() && f.resources.isEmpty() && !(f.places.isEmpty() && f.targets.isEmpty());
    if (led) {
      Item last = f.places.isEmpty() ? f.targets.getLast() : f.places.getLast();
      if (JOINED.matcher(between(s, last, item)).find()) {
        // What stands before the "and" says nothing about what stands behind it.
        Frame g = new Frame(f.sentence, f.mood, f.negative);
        g.mark(item);
        g.verbs.add(item);
        return g;
      }
    }
    boolean full = item.act().map(a -> !a.full().isEmpty()).orElse(false);
    boolean object = !f.resources.isEmpty() || !f.places.isEmpty();
    if (!f.verbs.isEmpty() && object && !(f.resourceFirst && fits(item, f))) {
      Frame g = next(f, here);
      g.mark(item);
      g.verbs.add(item);
      return g;
    }
    if (f.verbs.isEmpty() && !f.resources.isEmpty()) {
      Item last = f.places.isEmpty() ? f.resources.getLast() : f.places.getLast();
      if (JOINED.matcher(between(s, last, item)).find()) {
        Frame g = next(f, here);
        g.mark(item);
        g.verbs.add(item);
        return g;
      }
      f.resourceFirst = true;
    }
    if (!f.verbs.isEmpty()) {
      Item last = f.verbs.getLast();
      String between = between(s, last, item);
      f.orVerbs |= OR.matcher(between).find() && !full(last, item);
    }
    f.verbs.add(item);
    if (full && f.verbs.isEmpty()) {
      throw new IllegalStateException("a verb was lost");
    }
    return f;
  }

  /** {@code read / write} names both; {@code read or write} one of them. */
  private static boolean full(Item last, Item item) {
    return last.from() == item.from();
  }

  private boolean fits(Item verb, Frame f) {
    return f.resources.stream()
        .flatMap(r -> r.ids().stream())
        .flatMap(id -> lexicon.resource(id).stream())
        .anyMatch(r -> !(verb.act().orElseThrow().on(r, lexicon.ways()) instanceof Act.On.Nothing));
  }

  private Frame resource(Frame f, Item item, Optional<Item> before, List<Frame> here, Sentence s) {
    boolean known = f.resources.stream().anyMatch(r -> r.ids().equals(item.ids()));
    if (known) {
      return f;
    }
    if (f.resources.isEmpty()) {
      f.resources.add(item);
      return f;
    }
    Item last = f.resources.getLast();
    String between = between(s, last, item);
    if (LIST.matcher(between).matches() && f.places.isEmpty()) {
      f.orResources |= OR.matcher(between).find() || EITHER.matcher(s.spoken).find();
      f.resources.add(item);
      return f;
    }
    boolean shared = before.isPresent() && LIST.matcher(between(s, before.get(), item)).matches();
    List<Item> verbs = List.copyOf(f.verbs);
    boolean first = f.resourceFirst;
    Frame g = next(f, here);
    g.mark(item);
    g.resources.add(item);
    if (shared && !first) {
      g.verbs.addAll(verbs);
    }
    return g;
  }

  private Frame place(Frame f, Item item, List<Frame> here, Sentence s) {
    boolean alone = alone(s, item);
    if (!f.places.isEmpty()) {
      Item last = f.places.getLast();
      String between = between(s, last, item);
      if (LIST.matcher(between).matches()) {
        f.orPlaces |= OR.matcher(between).find() || EITHER.matcher(s.spoken).find();
        f.places.add(item);
      } else if (!f.verbs.isEmpty() && !f.resources.isEmpty() && !alone) {
        List<Item> resources = List.copyOf(f.resources);
        List<Item> verbs = List.copyOf(f.verbs);
        Frame g = next(f, here);
        g.mark(item);
        g.resources.addAll(resources);
        g.verbs.addAll(verbs);
        g.places.add(item);
        return g;
      } else if (!last.ids().equals(item.ids())) {
        f.orPlaces = true;
        f.places.add(item);
      }
      return f;
    }
    Item near = f.resources.isEmpty() ? item : f.resources.getLast();
    boolean right = !near.equals(item) && between(s, near, item).strip().matches("[,(:/-]*");
    if (alone && !right && !f.negative) {
      defaults.add(item);
      return f;
    }
    f.places.add(item);
    return f;
  }

  /** Whether a place fills its part between two marks. */
  private static boolean alone(Sentence s, Item item) {
    int at = s.place(item);
    if (at < 0) {
      return false;
    }
    int start = at;
    while (start > 0 && ",;:-(/)".indexOf(s.skeleton.charAt(start - 1)) < 0) {
      start--;
    }
    int end = at;
    while (end < s.skeleton.length()
        && ",;:(/)".indexOf(s.skeleton.charAt(end)) < 0
        && !(s.skeleton.charAt(end) == '-')) {
      end++;
    }
    String part = s.skeleton.substring(start, end);
    return !part.contains("@v") && !part.contains("@r");
  }

  private static String between(Sentence s, Item one, Item other) {
    int a = s.place(one);
    int b = s.place(other);
    if (a < 0 || b < 0 || b <= a) {
      return a == b || other.from() < one.to() ? "" : "?";
    }
    int from = s.skeleton.indexOf(' ', a);
    return from < 0 || from > b ? "?" : s.skeleton.substring(from, b).replace("'s", "").strip();
  }

  /** A clause without a resource of its own is about the one before, where its verbs fit that. */
  private void carry(List<Frame> here) {
    for (int i = 0; i < here.size(); i++) {
      Frame f = here.get(i);
      if (!f.resources.isEmpty() || f.verbs.isEmpty()) {
        continue;
      }
      Optional<Frame> from = Optional.empty();
      for (int k = i - 1; k >= 0 && from.isEmpty(); k--) {
        from = Optional.of(here.get(k)).filter(g -> usable(g, f));
      }
      for (int k = frames.size() - 1; k >= 0 && from.isEmpty(); k--) {
        from = Optional.of(frames.get(k)).filter(g -> usable(g, f));
      }
      // "Rota Buddy may swap and publish shifts on the rota": the first verb's resource follows.
      for (int k = i + 1; k < here.size() && from.isEmpty() && f.places.isEmpty(); k++) {
        from = Optional.of(here.get(k)).filter(g -> usable(g, f));
      }
      from.ifPresent(g -> {
        f.resources.addAll(g.resources);
        f.orResources = g.orResources;
        f.inherited = true;
        if (f.places.isEmpty() && !f.negative) {
          f.places.addAll(g.places);
          f.orPlaces = g.orPlaces;
          f.notPlaces.addAll(g.notPlaces);
        }
      });
    }
  }

  private boolean usable(Frame g, Frame f) {
    if (g.resources.isEmpty() || g == f || (g.negative && !f.negative)) {
      return false;
    }
    boolean bare = f.places.isEmpty() && f.targets.isEmpty();
    boolean pointing =
        POINTING.matcher(f.sentence.spoken).find() || (g.sentence == f.sentence && bare);
    return f.verbs.stream()
        .allMatch(v -> Closing.isFull(v) ? fits(v, g) : pointing && sameVerb(v, g));
  }

  private static final Pattern POINTING =
      Pattern.compile("\\b(?:it|them|there|that|those|these|too|as well|also|same)\\b");

  /** A verb alone is taken over to a resource only when it is said so in the catalogue. */
  private boolean sameVerb(Item verb, Frame g) {
    String said = verb.act().orElseThrow().verb();
    return g.resources.stream()
        .flatMap(r -> r.ids().stream())
        .anyMatch(id -> lexicon.ways().of(id).stream().anyMatch(w -> w.verb().equals(said)));
  }

  /** Where nothing else was said: the resources that a verb may be about. */
  static List<String> candidates(Frame f, Lexicon lexicon) {
    Set<String> out = new LinkedHashSet<>();
    List<Item> full =
        f.verbs.stream().filter(v -> v.act().map(a -> !a.full().isEmpty()).orElse(false)).toList();
    for (Resource r : lexicon.catalogue().resources()) {
      boolean fits =
          full.isEmpty()
              ? f.verbs.stream()
                  .allMatch(v -> v.act().orElseThrow().on(r, lexicon.ways()) instanceof Act.On.One)
              : full.stream()
                  .anyMatch(v ->
                      v.act().orElseThrow().full().stream()
                          .anyMatch(w -> w.resource().equals(r.id())));
      if (fits && !f.verbs.isEmpty() && placed(f, r)) {
        out.add(r.id());
      }
    }
    return List.copyOf(out);
  }

  /** Whether a resource has the places that are named. */
  static boolean placed(Frame f, Resource r) {
    return f.places.stream()
        .allMatch(p ->
            p.name().orElseThrow().ids(Kind.ENVIRONMENT).stream()
                .anyMatch(r.environments()::contains));
  }
}

package dev.writ.draft;

import dev.writ.catalogue.Resource;
import dev.writ.draft.Lexicon.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the lines of a workflow's access, and of what it must not do, from its frames. */
final class Lines {
  private final Reading reading;
  private final Lexicon lexicon;
  private final List<Item> defaults;
  private Wanted wanted = new Wanted(Intent.GRANT, List.of());
  private int grants;
  private int prohibited;

  /** The actions that a clause comes to on a resource. */
  private static final class Done {
    final Map<String, Quote> sure = new LinkedHashMap<>();
    final SequencedSet<String> unsure = new LinkedHashSet<>();
    final List<Quote> unsureQuotes = new ArrayList<>();
    boolean strange;
  }

  Lines(Reading reading, List<Item> defaults) {
    this.reading = reading;
    this.lexicon = reading.lexicon;
    this.defaults = defaults;
  }

  void read(Wanted w) {
    wanted = w;
    grants = 0;
    prohibited = 0;
    if (w.everything) {
      List<Quote> quotes = w.named.stream().map(reading::quote).limit(1).toList();
      if (!quotes.isEmpty()) {
        w.items.add(new Proposal.Says("scope", List.of("all-current"), quotes));
      }
      return;
    }
    List<Frame> frames = new ArrayList<>(w.frames.stream().filter(f -> !f.negative).toList());
    new Merging(lexicon).merge(frames);
    for (Frame f : frames) {
      line(f, ruledOut());
    }
    for (Frame f : w.frames.stream().filter(f -> f.negative).toList()) {
      prohibit(f, frames);
    }
    exclusions(frames);
  }

  /** Places that are ruled out by clauses of their own. */
  private List<Item> ruledOut() {
    List<Item> out = new ArrayList<>();
    for (Frame f : wanted.frames) {
      if (f.negative && f.verbs.isEmpty() && f.resources.isEmpty()) {
        out.addAll(f.places);
      }
    }
    return out;
  }

  private String next() {
    return "grants[" + grants++ + "]";
  }

  private void line(Frame f, List<Item> ruledOut) {
    if (f.whole && f.verbs.isEmpty()) {
      reading.flags.add(Flag.WILDCARD_SCOPE);
    }
    if (f.resources.isEmpty()) {
      nowhere(f);
      return;
    }
    if (f.orResources) {
      List<String> ids = f.resources.stream().flatMap(r -> r.ids().stream()).distinct().toList();
      open(f, ids);
      return;
    }
    for (Item item : f.resources) {
      List<String> ids = item.ids();
      if (ids.size() > 1) {
        ids = narrowed(f, ids);
      }
      if (ids.size() != 1) {
        open(f, ids.isEmpty() ? item.ids() : ids);
        continue;
      }
      lexicon.resource(ids.getFirst()).ifPresent(r -> on(f, item, r, ruledOut));
    }
    if (!f.described.isEmpty()) {
      String line = next();
      wanted.items.add(new Proposal.Unclear(line + ".resource", f.described, List.of()));
      if (!f.verbs.isEmpty()) {
        wanted.items.add(new Proposal.Unclear(line + ".actions", List.of(), List.of()));
      }
    } else if (f.unknownResource) {
      unknown();
    }
  }

  /** Of several resources of one name, the only one that has what is to be done and where. */
  private List<String> narrowed(Frame f, List<String> ids) {
    List<Item> places = f.places.isEmpty() ? defaults : f.places;
    List<String> out = new ArrayList<>();
    for (String id : ids) {
      Resource r = lexicon.resource(id).orElseThrow();
      boolean done =
          f.verbs.stream()
              .allMatch(v -> v.act().orElseThrow().on(r, lexicon.ways()) instanceof Act.On.One);
      boolean placed =
          places.stream()
              .allMatch(p ->
                  p.name().orElseThrow().ids(Kind.ENVIRONMENT).stream()
                      .anyMatch(r.environments()::contains));
      if (done && placed) {
        out.add(id);
      }
    }
    return out;
  }

  private void unknown() {
    wanted.items.add(
        new Proposal.Refuses(next() + ".resource", "no such system is known", List.of()));
    reading.flags.add(Flag.UNKNOWN_ENTITY);
  }

  /** A line whose resource is open; what is to be done waits for it. */
  private void open(Frame f, List<String> candidates) {
    String line = next();
    wanted.items.add(
        new Proposal.Unclear(line + ".resource", candidates, reading.quotes(f.resources)));
    if (!f.verbs.isEmpty() || f.whole) {
      wanted.items.add(new Proposal.Unclear(line + ".actions", List.of(), reading.quotes(f.verbs)));
    }
  }

  private void nowhere(Frame f) {
    if (f.verbs.isEmpty() && f.described.isEmpty() && !f.unknownResource) {
      return;
    }
    List<String> candidates = f.described.isEmpty() ? Frames.candidates(f, lexicon) : f.described;
    boolean many =
        f.described.isEmpty() && candidates.size() * 2 > lexicon.catalogue().resources().size();
    String line = next();
    if (f.unknownResource) {
      wanted.items.add(
          new Proposal.Refuses(line + ".resource", "no such system is known", List.of()));
      reading.flags.add(Flag.UNKNOWN_ENTITY);
    } else if (!candidates.isEmpty() && !many) {
      wanted.items.add(
          new Proposal.Unclear(line + ".resource", candidates, reading.quotes(f.verbs)));
    } else {
      wanted.items.add(new Proposal.Refuses(line + ".resource", "no system is named", List.of()));
    }
    if (!f.verbs.isEmpty()) {
      wanted.items.add(new Proposal.Unclear(line + ".actions", List.of(), reading.quotes(f.verbs)));
    }
  }

  private void on(Frame f, Item item, Resource r, List<Item> ruledOut) {
    Done done = done(f, r);
    List<Place> places = places(f, r, ruledOut);
    for (Place place : places) {
      if (!done.sure.isEmpty() && !f.orVerbs) {
        String line = start(item, r, place);
        wanted.items.add(
            new Proposal.Says(
                line + ".actions",
                List.copyOf(done.sure.keySet()),
                List.copyOf(done.sure.values())));
        targets(line, f, r);
        counted(line, f);
      }
      boolean rest = done.sure.isEmpty() || f.orVerbs || !done.unsure.isEmpty() || done.strange;
      if (rest) {
        String line = start(item, r, place);
        targets(line, f, r);
        unclear(line, f, r, done);
      }
    }
  }

  private void unclear(String line, Frame f, Resource r, Done done) {
    String path = line + ".actions";
    if (done.strange && done.unsure.isEmpty() && !f.orVerbs) {
      wanted.items.add(
          new Proposal.Refuses(
              path, "`" + r.id() + "` has no such action", reading.quotes(f.verbs)));
      reading.flags.add(Flag.UNKNOWN_ENTITY);
      return;
    }
    SequencedSet<String> candidates = new LinkedHashSet<>(done.unsure);
    if (f.orVerbs) {
      candidates.addAll(done.sure.keySet());
    }
    if (candidates.isEmpty()) {
      candidates.addAll(r.actions().keySet());
      excluded(r).forEach(candidates::remove);
    }
    wanted.items.add(new Proposal.Unclear(path, List.copyOf(candidates), done.unsureQuotes));
  }

  private Set<String> excluded(Resource r) {
    Set<String> out = new LinkedHashSet<>();
    for (Frame f : wanted.frames) {
      if (f.negative) {
        out.addAll(done(f, r).sure.keySet());
      }
    }
    return out;
  }

  private Done done(Frame f, Resource r) {
    Done done = new Done();
    for (Item verb : f.verbs) {
      Quote quote = reading.quote(verb);
      switch (verb.act().orElseThrow().on(r, lexicon.ways())) {
        case Act.On.One(String action) -> done.sure.putIfAbsent(action, quote);
        case Act.On.Unsure(List<String> actions) -> {
          done.unsure.addAll(actions);
          done.unsureQuotes.add(quote);
        }
        case Act.On.Nothing n -> done.strange |= !elsewhere(f, verb, r) && !beside(f, verb, r);
      }
    }
    done.unsure.removeAll(done.sure.keySet());
    done.strange |= f.strange && f.verbs.isEmpty();
    return done;
  }

  /** Whether a verb that fits nothing stands apart from the verbs that do. */
  private boolean beside(Frame f, Item verb, Resource r) {
    if (!verb.act().orElseThrow().full().isEmpty()) {
      return false;
    }
    for (Item other : f.verbs) {
      boolean fits = !(other.act().orElseThrow().on(r, lexicon.ways()) instanceof Act.On.Nothing);
      if (!other.equals(verb) && fits) {
        int from = Math.min(other.to(), verb.to());
        int to = Math.max(other.from(), verb.from());
        boolean listed =
            to - from <= 2
                && to >= from
                && reading.words.subList(from, to).stream()
                    .anyMatch(w -> w.plain().equals("and") || w.plain().equals("or"));
        return !listed;
      }
    }
    return false;
  }

  /** Whether a verb is about another resource of the same clause. */
  private boolean elsewhere(Frame f, Item verb, Resource r) {
    return f.resources.stream()
        .flatMap(x -> x.ids().stream())
        .filter(id -> !id.equals(r.id()))
        .flatMap(id -> lexicon.resource(id).stream())
        .anyMatch(x -> !(verb.act().orElseThrow().on(x, lexicon.ways()) instanceof Act.On.Nothing));
  }

  /** Where a line is: a known place with its words, or none, or words that leave it open. */
  private record Place(Optional<String> id, List<Quote> quotes, Optional<List<String>> candidates) {
    static final Place UNSAID = new Place(Optional.empty(), List.of(), Optional.empty());
  }

  private List<Place> places(Frame f, Resource r, List<Item> ruledOut) {
    List<Item> not = new ArrayList<>(f.notPlaces);
    not.addAll(ruledOut);
    List<Item> said = new ArrayList<>(f.places);
    if (said.isEmpty()) {
      List<Item> here = defaults.stream().filter(d -> has(r, d)).toList();
      boolean foreign = here.isEmpty() && !defaults.isEmpty();
      said.addAll(foreign ? defaults : here);
    }
    List<String> left = new ArrayList<>(r.environments());
    not.forEach(n -> left.removeAll(n.ids()));
    if (said.isEmpty()) {
      boolean ruled = left.size() < r.environments().size();
      return List.of(
          ruled
              ? new Place(Optional.empty(), reading.quotes(not), Optional.of(left))
              : Place.UNSAID);
    }
    List<Place> out = new ArrayList<>();
    SequencedSet<String> all = new LinkedHashSet<>();
    boolean foreign = false;
    for (Item item : said) {
      List<String> ids = item.ids().stream().filter(r.environments()::contains).toList();
      all.addAll(ids);
      if (ids.size() == 1 && !ids.getFirst().isEmpty() && left.containsAll(ids)) {
        Place place =
            new Place(Optional.of(ids.getFirst()), List.of(reading.quote(item)), Optional.empty());
        if (out.stream().noneMatch(p -> p.id().equals(place.id()))) {
          out.add(place);
        }
      } else {
        foreign |= ids.isEmpty();
        out.add(new Place(Optional.empty(), List.of(reading.quote(item)), Optional.of(ids)));
      }
    }
    if (foreign) {
      reading.flags.add(Flag.UNKNOWN_ENTITY);
    }
    boolean several =
        f.places.isEmpty() && out.size() > 1 && said.size() > 1 && (!listed(said) || either(said));
    if (f.orPlaces || several) {
      return List.of(
          new Place(Optional.empty(), reading.quotes(said), Optional.of(List.copyOf(all))));
    }
    return out;
  }

  /** Whether an "or" stands between places. */
  private boolean either(List<Item> said) {
    return reading.words.subList(said.getFirst().from(), said.getLast().to()).stream()
        .anyMatch(w -> w.plain().equals("or"));
  }

  /** Whether places stand right behind each other: a list, not two remarks. */
  private static boolean listed(List<Item> said) {
    for (int i = 1; i < said.size(); i++) {
      if (said.get(i).from() - said.get(i - 1).to() > 3) {
        return false;
      }
    }
    return true;
  }

  private static boolean has(Resource r, Item place) {
    return place.ids().stream().anyMatch(r.environments()::contains);
  }

  private String start(Item item, Resource r, Place place) {
    String line = next();
    wanted.items.add(
        new Proposal.Says(line + ".resource", List.of(r.id()), List.of(reading.quote(item))));
    String path = line + ".environment";
    if (place.candidates().isPresent()) {
      wanted.items.add(new Proposal.Unclear(path, place.candidates().get(), place.quotes()));
    } else {
      place
          .id()
          .ifPresent(id -> wanted.items.add(new Proposal.Says(path, List.of(id), place.quotes())));
    }
    return line;
  }

  private void targets(String line, Frame f, Resource r) {
    if (f.targets.isEmpty() || r.targets().isEmpty()) {
      return;
    }
    List<String> ids = new ArrayList<>();
    List<Quote> quotes = new ArrayList<>();
    boolean clear =
        wanted.frames.stream()
            .noneMatch(x -> x.negative && !x.targets.isEmpty() && x.verbs.isEmpty());
    for (Item t : f.targets) {
      List<String> here = t.ids().stream().filter(id -> Verifier.hasTarget(r, id)).toList();
      clear &= here.size() == 1;
      if (here.size() == 1 && !ids.contains(here.getFirst())) {
        ids.add(here.getFirst());
        quotes.add(reading.quote(t));
      }
    }
    int first = f.targets.stream().mapToInt(Item::to).min().orElse(0);
    int last = f.targets.stream().mapToInt(Item::from).max().orElse(0);
    boolean or =
        last > first
            && reading.words.subList(first, last).stream().anyMatch(w -> w.plain().equals("or"));
    wanted.items.add(
        clear && !or
            ? new Proposal.Says(line + ".targets", ids, quotes)
            : new Proposal.Unclear(line + ".targets", ids, quotes));
  }

  /** Limits on rows and calls, said in the same sentence, of a line that has it to itself. */
  private void counted(String line, Frame f) {
    Matcher m = COUNTED.matcher(f.sentence.plain);
    while (m.find()) {
      String kind =
          m.group(2).startsWith("call") || m.group(2).startsWith("request") ? "calls" : "rows";
      String path = line + ".limits." + kind;
      boolean known = wanted.items.stream().anyMatch(i -> i.path().equals(path));
      for (int i = f.sentence.from; i < f.sentence.to && !known; i++) {
        if (reading.words.get(i).plain().equals(m.group(1))) {
          wanted.items.add(
              new Proposal.Says(path, List.of(m.group(1)), List.of(reading.quote(i, i + 1))));
          break;
        }
      }
    }
  }

  private static final Pattern COUNTED =
      Pattern.compile(
          "\\b(?:no more than|not more than|at most|up to|max(?:imum)?(?: of)?|limit(?:ed)?"
              + " to|never more than) (\\d{1,15}) (rows?|records?|calls?|requests?)\\b");

  private void prohibit(Frame f, List<Frame> asked) {
    if (f.verbs.isEmpty()) {
      return;
    }
    List<Item> context = new ArrayList<>(f.resources);
    if (context.isEmpty()) {
      asked.forEach(a -> context.addAll(a.resources));
    }
    Set<String> seen = new LinkedHashSet<>();
    for (Item item : context) {
      Optional<Resource> r =
          item.ids().size() == 1 ? lexicon.resource(item.ids().getFirst()) : narrow(f, item);
      if (r.isPresent() && seen.add(r.get().id())) {
        barred(f, r.get(), reading.quote(item));
      }
    }
    if (seen.isEmpty()) {
      List<String> candidates = Frames.candidates(f, lexicon);
      if (candidates.size() == 1) {
        barred(
            f,
            lexicon.resource(candidates.getFirst()).orElseThrow(),
            reading.quote(f.verbs.getFirst()));
      }
    }
  }

  private Optional<Resource> narrow(Frame f, Item item) {
    List<String> ids = narrowed(f, item.ids());
    return ids.size() == 1 ? lexicon.resource(ids.getFirst()) : Optional.empty();
  }

  private void barred(Frame f, Resource r, Quote quote) {
    Done done = done(f, r);
    if (done.sure.isEmpty()) {
      return;
    }
    String line = "prohibited[" + prohibited++ + "]";
    wanted.items.add(new Proposal.Says(line + ".resource", List.of(r.id()), List.of(quote)));
    wanted.items.add(
        new Proposal.Says(
            line + ".actions", List.copyOf(done.sure.keySet()), List.copyOf(done.sure.values())));
    if (f.places.size() == 1 && has(r, f.places.getFirst())) {
      wanted.items.add(
          new Proposal.Says(
              line + ".environment",
              List.of(f.places.getFirst().ids().getFirst()),
              List.of(reading.quote(f.places.getFirst()))));
    }
  }

  /** A place that is ruled out is listed with the actions asked for, unless there is no other. */
  private void exclusions(List<Frame> frames) {
    List<Item> apart = ruledOut();
    for (Frame f : frames) {
      List<Item> not = new ArrayList<>(f.notPlaces);
      not.addAll(apart);
      for (Item place : not) {
        for (Item item : f.resources) {
          Optional<Resource> r =
              item.ids().size() == 1 ? lexicon.resource(item.ids().getFirst()) : Optional.empty();
          if (r.isPresent() && has(r.get(), place) && r.get().environments().size() > 1) {
            Done done = done(f, r.get());
            if (!done.sure.isEmpty()) {
              String line = "prohibited[" + prohibited++ + "]";
              wanted.items.add(
                  new Proposal.Says(
                      line + ".resource", List.of(r.get().id()), List.of(reading.quote(item))));
              wanted.items.add(
                  new Proposal.Says(
                      line + ".actions",
                      List.copyOf(done.sure.keySet()),
                      List.copyOf(done.sure.values())));
              wanted.items.add(
                  new Proposal.Says(
                      line + ".environment",
                      List.of(place.ids().getFirst()),
                      List.of(reading.quote(place))));
            }
          }
        }
      }
    }
  }
}

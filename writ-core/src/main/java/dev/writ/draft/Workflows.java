package dev.writ.draft;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Parts what was read into workflows: one per agent and intent. */
final class Workflows {
  private static final Pattern RESPECTIVELY =
      Pattern.compile(
          "\\brespectively\\b|\\bin (?:that|this|the same|the given) order\\b|\\bin turn\\b");
  private static final Pattern OR = Pattern.compile("(?:^| )(?:or|/)(?: |$)");
  private static final Pattern WISH =
      Pattern.compile(
          "\\b(?:needs?|wants?|requires?|give|grant|let|lets|allow|enable|add|access|please|pls|plz|should|must|may|can|could|shall|has"
              + " to|have to|request(?:ing)?|gets?|would like|'d like|i'd like|set"
              + " up|provide|use|put|rights?|permissions?|is to|are to|to be|get|kindly|por"
              + " favor|bitte|gib|gebt|braucht|necesita|graag|veuillez|wish|make"
              + " possible|will|require|sort|waiting for|asking for|ask for|apply for)\\b");
  private static final Pattern BEG =
      Pattern.compile(
          "\\b(?:access|rights?|permissions?|grants?|privileges?|credentials|agents?|bots?|zugriff|zugang|berechtigung|rechte|acceso|accès|acces|acesso|toegang|accesso|permisos|same"
              + " again|same as (?:before|last time|usual)|what it takes|setting up|set"
              + " up|provision|onboard(?:ing)?)\\b");
  private static final Pattern ALL_CURRENT =
      Pattern.compile(
          "\\b(?:everything|all|completely|entirely|altogether|total(?:ly)?|whole|every right|for"
              + " good|full(?:y)?|complete)\\b");

  private final Reading reading;
  private final Frames frames;
  private final Map<Clause, List<Frame>> byClause = new LinkedHashMap<>();
  private final List<Wanted> wanted = new ArrayList<>();
  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
  private boolean questions;

  Workflows(Reading reading) {
    this.reading = reading;
    this.frames = new Frames(reading.lexicon);
  }

  Set<Flag> flags() {
    return flags;
  }

  Intent intent() {
    Set<Intent> intents = new LinkedHashSet<>();
    wanted.forEach(w -> intents.add(w.intent));
    if (intents.size() > 1) {
      return Intent.MIXED;
    }
    return intents.isEmpty()
        ? (questions ? Intent.QUESTION : Intent.NONE)
        : intents.iterator().next();
  }

  List<Wanted> read() {
    boolean refused = reading.clauses.stream().anyMatch(c -> Moods.refusesAll(c.sentence()));
    for (Clause c : reading.clauses) {
      questions |= c.mood() == Moods.Mood.QUESTION;
      if (c.speaks() && !refused && !c.is(Fields.Kind.OTHER)) {
        frames(c);
      }
    }
    if (refused) {
      return wanted;
    }
    changes();
    subjects();
    bare();
    passedOver();
    Lines lines = new Lines(reading, frames.defaults());
    wanted.forEach(lines::read);
    new Slots(reading, wanted, flags).read();
    if (!wanted.isEmpty() && questions) {
      flags.add(Flag.CONTAINS_QUESTION);
    }
    new Remarks(reading, wanted, flags).read();
    return wanted;
  }

  private void frames(Clause c) {
    int before = frames.frames().size();
    Set<Integer> negated = c.is(Fields.Kind.EXCLUDED) ? all(c.sentence()) : c.negated();
    boolean access =
        c.field()
            .map(k ->
                switch (k) {
                  case SUBJECT, RESOURCE, ACTION, ENVIRONMENT, EXCLUDED -> true;
                  case OWNER,
                      PURPOSE,
                      DURATION,
                      START,
                      END,
                      APPROVER,
                      EVENT,
                      LIMIT,
                      DELEGATION,
                      OTHER ->
                      false;
                })
            .orElse(true);
    boolean ordinary = c.mood() != Moods.Mood.OWNERSHIP && access;
    if (ordinary) {
      frames.read(c.sentence(), c.mood(), c.voids(), negated);
    }
    List<Frame> made = new ArrayList<>(frames.frames().subList(before, frames.frames().size()));
    boolean wish =
        c.field().isPresent() || !c.agents().isEmpty() || WISH.matcher(c.sentence().spoken).find();
    made.forEach(f -> f.field = c.field().isPresent());
    if (made.isEmpty() && access && wish) {
      new Unknowns(reading).describe(c).ifPresent(made::add);
    } else if (access) {
      made.forEach(f -> new Unknowns(reading).complete(f, c));
    }
    if (c.field().isPresent()
        || made.stream().anyMatch(f -> f.generic || f.whole || f.strange)
        || asks(c)) {
      made.forEach(f -> f.asked = true);
    }
    made.removeIf(f -> {
      boolean idle = !f.asked && f.verbs.isEmpty() && f.described.isEmpty();
      if (idle) {
        frames.frames().remove(f);
      }
      return idle;
    });
    if (c.is(Fields.Kind.ACTION)
        && made.isEmpty()
        && !c.sentence().has(Cues.GENERIC)
        && !c.sentence().has(Cues.WHOLE)) {
      Frame f = new Frame(c.sentence(), c.mood(), false);
      f.strange = true;
      f.asked = true;
      f.at = c.sentence().from;
      made.add(f);
    }
    byClause.put(c, made);
  }

  private static Set<Integer> all(Sentence s) {
    Set<Integer> out = new LinkedHashSet<>();
    for (int i = s.from; i < s.to; i++) {
      out.add(i);
    }
    return out;
  }

  /** Whether naming something here is asking for it: a wish, or hardly anything but names. */
  private static boolean asks(Clause c) {
    Sentence s = c.sentence();
    if (!c.agents().isEmpty() || WISH.matcher(s.spoken).find() || c.mood() != Moods.Mood.GRANT) {
      return true;
    }
    if (s.spoken.matches(".*\\b(?:is|are|was|were|has|have|had|does|did|went|came)\\b.*")) {
      return false;
    }
    String rest = s.skeleton.replaceAll("@[a-z]\\d+", " ").replaceAll("[^a-z ]", " ");
    long words =
        java.util.Arrays.stream(rest.strip().split(" +")).filter(w -> w.length() > 2).count();
    return words <= 3;
  }

  /** Gives each frame its agents, and makes the workflows. */
  private void subjects() {
    List<Item> current = List.of();
    List<Frame> waiting = new ArrayList<>();
    for (Clause c : reading.clauses) {
      if (!c.speaks() || c.is(Fields.Kind.OTHER)) {
        continue;
      }
      List<List<Item>> groups = groups(c);
      List<Frame> made = byClause.getOrDefault(c, List.of());
      boolean each = RESPECTIVELY.matcher(c.whole().spoken).find();
      List<Frame> main = made.stream().filter(f -> !f.negative && f.points()).toList();
      List<Item> named = groups.stream().flatMap(List::stream).toList();
      if (each && named.size() > 1 && named.size() == main.size()) {
        for (int i = 0; i < named.size(); i++) {
          give(main.get(i), List.of(named.get(i)), c);
        }
        current = named;
        continue;
      }
      if (each && named.size() > 1 && main.size() == 1 && parted(main.getFirst(), named, c)) {
        current = named;
        continue;
      }
      for (Frame f : made) {
        List<Item> mine = nearest(groups, f, current);
        if (mine.isEmpty()) {
          waiting.add(f);
        } else {
          give(f, mine, c);
        }
      }
      if (!groups.isEmpty()) {
        current = groups.getLast();
        waiting.forEach(f -> give(f, groups.getFirst(), c));
        waiting.clear();
        if (made.isEmpty()) {
          workflows(c, named);
        }
      }
    }
    for (Frame f : waiting) {
      Intent intent = intentOf(f.mood);
      List<Wanted> same = wanted.stream().filter(w -> w.intent == intent).toList();
      if (same.isEmpty()) {
        Wanted w = new Wanted(intent, List.of());
        wanted.add(w);
        w.frames.add(f);
      } else {
        same.forEach(w -> w.frames.add(f));
      }
    }
  }

  /** "A and B may read and write it, respectively": each gets the verb in its place. */
  private boolean parted(Frame f, List<Item> agents, Clause c) {
    int n = agents.size();
    boolean verbs = f.verbs.size() == n;
    boolean resources = f.resources.size() == n;
    boolean places = f.places.size() == n;
    if (!verbs && !resources && !places) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      Frame g = new Frame(f.sentence, f.mood, false);
      g.at = f.at;
      g.generic = f.generic;
      g.asked = f.asked;
      g.verbs.addAll(verbs ? List.of(f.verbs.get(i)) : f.verbs);
      g.resources.addAll(resources ? List.of(f.resources.get(i)) : f.resources);
      g.places.addAll(places ? List.of(f.places.get(i)) : f.places);
      give(g, List.of(agents.get(i)), c);
    }
    return true;
  }

  /** What is held now, told before the order that changes it, belongs to that order. */
  private void changes() {
    for (int i = 1; i < reading.clauses.size(); i++) {
      Clause c = reading.clauses.get(i);
      boolean change = c.speaks() && c.mood() != Moods.Mood.GRANT;
      boolean empty =
          byClause.getOrDefault(c, List.of()).stream().noneMatch(Frame::points)
              && c.agents().isEmpty();
      Clause before = reading.clauses.get(i - 1);
      boolean held =
          before.mood() == Moods.Mood.GRANT
              && before.field().isEmpty()
              && HELD.matcher(before.sentence().plain).find();
      if (change && empty && held) {
        Clause told =
            new Clause(
                before.sentence(),
                before.whole(),
                c.mood(),
                before.field(),
                before.voids(),
                before.negated(),
                before.agents(),
                before.delegates());
        reading.clauses.set(i - 1, told);
        List<Frame> made = new ArrayList<>();
        for (Frame f : byClause.getOrDefault(before, List.of())) {
          f.mood = c.mood();
          made.add(f);
        }
        byClause.remove(before);
        byClause.put(told, made);
      }
    }
  }

  private static final Pattern HELD =
      Pattern.compile(
          "\\b(?:runs? out|running out|expires?|expiring|ends?|ending|lapses?|currently|already|has"
              + " (?:had )?|holds?|still|is over|finished|is due|is about to|at the moment|is"
              + " up)\\b|@a\\d+ 's @v");

  /** An agent that is spoken of only in doubt is still the one that "it" stands for. */
  private void passedOver() {
    List<Wanted> nobody =
        wanted.stream().filter(w -> w.intent == Intent.GRANT && w.subjects.isEmpty()).toList();
    if (nobody.size() != 1 || wanted.size() != 1) {
      return;
    }
    List<Item> named =
        reading.clauses.stream()
            .filter(Clause::speaks)
            .flatMap(c ->
                c.sentence().of(Item.Type.AGENT).stream().filter(a -> !c.delegates().contains(a)))
            .toList();
    List<List<String>> ids = named.stream().map(Item::ids).distinct().toList();
    if (ids.size() == 1 && ids.getFirst().size() == 1) {
      Wanted w = new Wanted(Intent.GRANT, ids.getFirst());
      w.frames.addAll(nobody.getFirst().frames);
      w.named.addAll(named);
      wanted.set(wanted.indexOf(nobody.getFirst()), w);
    }
  }

  /** Agents that stand together: "A and B" act both, "A or B" has no one reading. */
  private static List<List<Item>> groups(Clause c) {
    List<List<Item>> out = new ArrayList<>();
    Item last = null;
    for (Item a : c.agents()) {
      if (last != null && c.sentence().place(a) > c.sentence().place(last)) {
        String between =
            c.sentence()
                .skeleton
                .substring(c.sentence().place(last), c.sentence().place(a))
                .replaceFirst("@a\\d+ ", "");
        if (between.matches("(?:(?:,|and|or|/|as well as|both|either|the|also|plus) ?)+")) {
          out.getLast().add(a);
          last = a;
          continue;
        }
      }
      out.add(new ArrayList<>(List.of(a)));
      last = a;
    }
    return out;
  }

  private static List<Item> nearest(List<List<Item>> groups, Frame f, List<Item> current) {
    if (groups.isEmpty()) {
      return current;
    }
    List<Item> best = groups.getFirst();
    for (List<Item> g : groups) {
      if (g.getLast().from() <= f.at) {
        best = g;
      }
    }
    return best;
  }

  private static Intent intentOf(Moods.Mood mood) {
    return switch (mood) {
      case EXTEND -> Intent.EXTEND;
      case OWNERSHIP, NARROW -> Intent.MODIFY;
      case REVOKE -> Intent.REVOKE;
      case GRANT, QUESTION, NOTHING -> Intent.GRANT;
    };
  }

  private void give(Frame f, List<Item> agents, Clause c) {
    for (Wanted w : of(intentOf(f.mood), agents, c)) {
      w.frames.add(f);
    }
  }

  private void workflows(Clause c, List<Item> agents) {
    List<Item> things =
        c.sentence().items.stream()
            .filter(i -> i.type() == Item.Type.RESOURCE || i.type() == Item.Type.VERB)
            .toList();
    boolean remark =
        !things.isEmpty() && things.stream().allMatch(i -> c.voids().contains(i.from()));
    boolean counts = c.mood() != Moods.Mood.GRANT || c.field().isPresent() || asks(c) && !remark;
    if (counts && !agents.isEmpty()) {
      of(intentOf(c.mood()), agents, c);
    }
  }

  private List<Wanted> of(Intent intent, List<Item> agents, Clause c) {
    List<Wanted> out = new ArrayList<>();
    boolean or = false;
    if (agents.size() > 1) {
      int a = c.sentence().place(agents.getFirst());
      int b = c.sentence().place(agents.getLast());
      or = a >= 0 && b > a && OR.matcher(c.sentence().skeleton.substring(a, b)).find();
    }
    List<List<String>> subjects = new ArrayList<>();
    if (or) {
      subjects.add(agents.stream().flatMap(x -> x.ids().stream()).distinct().toList());
    } else {
      agents.forEach(x -> subjects.add(x.ids()));
    }
    for (List<String> ids : subjects) {
      Wanted w =
          wanted.stream()
              .filter(x -> x.intent == intent && x.subjects.equals(ids))
              .findFirst()
              .orElseGet(() -> {
                Wanted fresh = new Wanted(intent, ids);
                wanted.add(fresh);
                return fresh;
              });
      agents.stream()
          .filter(x -> x.ids().equals(ids) || subjects.size() == 1)
          .forEach(w.named::add);
      out.add(w);
      boolean only =
          w.frames.isEmpty()
              && byClause.getOrDefault(c, List.of()).stream().noneMatch(Frame::points);
      if (intent == Intent.REVOKE && (ALL_CURRENT.matcher(c.sentence().spoken).find() || only)) {
        w.everything = true;
      }
    }
    return out;
  }

  /** A wish without any name is a request too: for nothing that could be filled. */
  private void bare() {
    boolean granted = wanted.stream().anyMatch(w -> w.intent == Intent.GRANT);
    if (wanted.isEmpty()) {
      boolean form =
          reading.fields.stream().filter(f -> f.kind() != Fields.Kind.OTHER).count() >= 2;
      boolean begs =
          reading.clauses.stream()
              .anyMatch(c ->
                  c.mood() == Moods.Mood.GRANT
                          && BEG.matcher(c.sentence().spoken).find()
                          && WISH.matcher(c.sentence().spoken).find()
                      || c.mood() == Moods.Mood.GRANT
                          && c.field().isEmpty()
                          && Heard.AGAIN.matcher(c.sentence().spoken).find());
      if (form || begs) {
        wanted.add(new Wanted(Intent.GRANT, List.of()));
      }
    } else if (granted && wanted.size() > 1) {
      // A grant of nobody beside one of somebody is the same grant.
      Optional<Wanted> nobody =
          wanted.stream().filter(w -> w.intent == Intent.GRANT && w.subjects.isEmpty()).findFirst();
      List<Wanted> others =
          wanted.stream().filter(w -> w.intent == Intent.GRANT && !w.subjects.isEmpty()).toList();
      if (nobody.isPresent() && !others.isEmpty()) {
        others.forEach(w -> w.frames.addAll(nobody.get().frames));
        wanted.remove(nobody.get());
      }
    }
    // An agent that is only mentioned beside a change of the same agent is no second request.
    wanted.removeIf(w ->
        w.intent == Intent.GRANT
            && w.frames.stream().noneMatch(Frame::points)
            && wanted.stream()
                .anyMatch(x -> x.intent != Intent.GRANT && x.subjects.equals(w.subjects)));
    wanted.removeIf(w ->
        w.intent == Intent.GRANT
            && w.frames.stream().noneMatch(f -> f.points() && !f.negative)
            && wanted.stream()
                .anyMatch(x ->
                    x != w
                        && x.intent == Intent.GRANT
                        && x.frames.stream().anyMatch(f -> f.points() && !f.negative)));
  }
}

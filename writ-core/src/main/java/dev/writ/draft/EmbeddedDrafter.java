package dev.writ.draft;

import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Resource;
import dev.writ.draft.Lexicon.Kind;
import dev.writ.draft.Lexicon.Mention;
import dev.writ.spec.Spec;
import java.time.Instant;
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

/**
 * The drafter that needs no model: names and a few rules, always the same answer. Its first form
 * drafts one workflow of grants from English prose and leaves open what it does not surely read.
 */
public final class EmbeddedDrafter implements Drafter {
  private static final String NAME = "embedded/1";
  private static final Set<String> OWNING =
      Set.of("own", "owns", "owned", "owner", "accountable", "responsible", "answers", "carries");
  private static final Set<String> HANDING =
      Set.of("delegate", "delegates", "hand", "hands", "pass", "passes");
  static final Pattern SELF =
      Pattern.compile(
          "(?i)\\bI(?:['\u2019]ll| will)? (?:own|answer for)\\b|\\bI(?:['\u2019]m| am) (?:the"
              + " owner|accountable|responsible)\\b|\\bowned by me\\b|\\bowner:? (?:is"
              + " )?me\\b|\\bit(?: is|['\u2019]s) mine\\b");
  private static final Pattern PURPOSE =
      Pattern.compile(
          "(?i)\\b(?:so that|in order to|because|purpose:|reason:)\\s+([^.!?;\\n]{3,300})");

  @Override
  public Proposal propose(Prompt prompt, Lexicon lexicon) {
    Catalogue catalogue = lexicon.catalogue();
    Reading reading = new Reading(prompt, lexicon);
    Intent intent = reading.intent();
    if (intent != Intent.GRANT && intent != Intent.MIXED) {
      return new Proposal(NAME, intent, List.of(), List.of());
    }
    List<Proposal.Item> items = new ArrayList<>();
    agents(reading, items);
    owner(reading, items);
    purpose(reading, items);
    term(reading, catalogue, items);
    lines(reading, catalogue, items);
    return new Proposal(NAME, intent, List.of(), List.of(new Proposal.Part(Intent.GRANT, items)));
  }

  private static void agents(Reading reading, List<Proposal.Item> items) {
    List<Mention> subjects = new ArrayList<>();
    List<Mention> delegates = new ArrayList<>();
    for (Mention m : reading.of(Kind.AGENT)) {
      (near(reading, m, HANDING, 5, 0) && !reading.negated(m.from() - 6, m.from())
              ? delegates
              : subjects)
          .add(m);
    }
    one("identity.workload", Kind.AGENT, subjects, items);
    one("task.delegation", Kind.AGENT, delegates, items);
  }

  /** A slot that one name fills: it is said when all mentions mean the same single entry. */
  private static void one(
      String path, Kind kind, List<Mention> mentions, List<Proposal.Item> items) {
    SequencedSet<String> ids = new LinkedHashSet<>();
    mentions.forEach(m -> ids.addAll(m.ids(kind)));
    if (ids.size() == 1) {
      items.add(new Proposal.Says(path, List.copyOf(ids), List.of(mentions.getFirst().quote())));
    } else if (!ids.isEmpty()) {
      items.add(new Proposal.Unclear(path, List.copyOf(ids), quotes(mentions)));
    }
  }

  private static List<Quote> quotes(List<Mention> mentions) {
    return mentions.stream().map(Mention::quote).toList();
  }

  private static boolean near(
      Reading reading, Mention m, Set<String> wanted, int before, int after) {
    for (int i = m.from() - before; i < m.to() + after; i++) {
      boolean inside = i >= m.from() && i < m.to();
      if (i >= 0
          && i < reading.words.size()
          && !inside
          && reading.words.get(i).sentence() == m.sentence()
          && wanted.contains(reading.words.get(i).plain())) {
        return true;
      }
    }
    return false;
  }

  private static void owner(Reading reading, List<Proposal.Item> items) {
    Map<String, Quote> said = new LinkedHashMap<>();
    List<Quote> all = new ArrayList<>();
    for (Mention m : reading.of(Kind.PERSON)) {
      if (near(reading, m, OWNING, 3, 3)) {
        m.ids(Kind.PERSON).forEach(id -> said.putIfAbsent(id, m.quote()));
        all.add(m.quote());
      }
    }
    Matcher self = SELF.matcher(reading.ownText());
    if (self.find()) {
      Quote quote = reading.quoteOfUnits(self.start(), self.end());
      said.putIfAbsent(reading.prompt.requester(), quote);
      all.add(quote);
    }
    if (said.size() == 1) {
      items.add(
          new Proposal.Says(
              "owners.product", List.copyOf(said.keySet()), List.copyOf(said.values())));
    } else if (!said.isEmpty()) {
      items.add(new Proposal.Unclear("owners.product", List.copyOf(said.keySet()), all));
    }
  }

  private static void purpose(Reading reading, List<Proposal.Item> items) {
    one("process", Kind.PROCESS, reading.of(Kind.PROCESS), items);
    Matcher m = PURPOSE.matcher(reading.ownText());
    if (m.find()) {
      Quote quote = reading.quoteOfUnits(m.start(1), m.end(1));
      items.add(new Proposal.Says("purpose", List.of(quote.text()), List.of(quote)));
    }
  }

  private static void term(Reading reading, Catalogue catalogue, List<Proposal.Item> items) {
    List<Terms.Found> found =
        new Terms(catalogue.calendar(), reading.prompt.now()).in(reading.ownText());
    List<Quote> quotes = found.stream().map(f -> reading.quoteOfUnits(f.start(), f.end())).toList();
    Set<Instant> ends = new LinkedHashSet<>();
    found.forEach(f -> f.until().ifPresent(ends::add));
    if (found.isEmpty()) {
      return;
    }
    if (ends.size() == 1 && found.stream().allMatch(f -> f.until().isPresent())) {
      items.add(
          new Proposal.Says(
              "until", List.of(ends.iterator().next().toString()), List.of(quotes.getFirst())));
    } else if (ends.size() > 1) {
      items.add(new Proposal.Contradicts("until", "two different ends are named", quotes));
    } else {
      items.add(new Proposal.Unclear("until", List.of(), quotes));
    }
  }

  private static void lines(Reading reading, Catalogue catalogue, List<Proposal.Item> items) {
    int grants = 0;
    int prohibited = 0;
    List<Segment> segments = reading.segments();
    if (segments.size() > Spec.MOST_LINES) {
      // More than a spec holds: nobody reviews that, so it is said to be unclear as a whole.
      items.add(new Proposal.Unclear("grants[0].resource", List.of(), List.of()));
      return;
    }
    for (Segment segment : segments) {
      if (segment.actions().isEmpty() && segment.resource().isEmpty()) {
        continue;
      }
      String line =
          segment.negative() ? "prohibited[" + prohibited++ + "]" : "grants[" + grants++ + "]";
      line(line, segment, catalogue, items);
    }
  }

  private static void line(
      String line, Segment segment, Catalogue catalogue, List<Proposal.Item> items) {
    List<String> ids = segment.resource().map(m -> m.ids(Kind.RESOURCE)).orElse(List.of());
    List<Quote> quoted =
        segment.resource().map(m -> List.of(m.quote())).orElse(quotes(segment.actions()));
    if (ids.size() != 1 || segment.doubtful()) {
      List<String> candidates = ids.isEmpty() ? owners(segment) : ids;
      items.add(new Proposal.Unclear(line + ".resource", candidates, quoted));
      return;
    }
    Resource resource = catalogue.resource(ids.getFirst()).orElseThrow();
    items.add(new Proposal.Says(line + ".resource", ids, quoted));
    actions(line, segment, resource, items);
    environment(line, segment, resource, items);
    targets(line, segment, resource, items);
    for (Quote quote : segment.limits()) {
      Matcher m = Reading.LIMIT.matcher(quote.text());
      if (m.matches()) {
        String field =
            m.group(2).toLowerCase(java.util.Locale.ROOT).startsWith("call") ? "calls" : "rows";
        items.add(
            new Proposal.Says(line + ".limits." + field, List.of(m.group(1)), List.of(quote)));
      }
    }
  }

  /** The resources that have one of the actions named; candidates for people. */
  private static List<String> owners(Segment segment) {
    SequencedSet<String> out = new LinkedHashSet<>();
    segment.actions().stream()
        .flatMap(m -> m.ids(Kind.ACTION).stream())
        .forEach(id -> out.add(id.substring(0, id.indexOf(' '))));
    return List.copyOf(out);
  }

  private static void actions(
      String line, Segment segment, Resource resource, List<Proposal.Item> items) {
    SequencedSet<String> ids = new LinkedHashSet<>();
    Optional<Mention> said = Optional.empty();
    for (Mention m : segment.actions()) {
      List<String> here = Verifier.actions(m.ids(Kind.ACTION), resource);
      said = said.isEmpty() && here.size() == 1 ? Optional.of(m) : said;
      ids.addAll(here);
    }
    String path = line + ".actions";
    if (ids.size() == 1 && said.isPresent()) {
      items.add(new Proposal.Says(path, List.copyOf(ids), List.of(said.get().quote())));
    } else {
      List<String> candidates =
          ids.isEmpty() ? List.copyOf(resource.actions().keySet()) : List.copyOf(ids);
      items.add(new Proposal.Unclear(path, candidates, quotes(segment.actions())));
    }
  }

  private static void environment(
      String line, Segment segment, Resource resource, List<Proposal.Item> items) {
    SequencedSet<String> ids = new LinkedHashSet<>();
    boolean foreign = false;
    for (Mention m : segment.environments()) {
      List<String> here =
          m.ids(Kind.ENVIRONMENT).stream().filter(resource.environments()::contains).toList();
      foreign |= here.size() != 1;
      ids.addAll(here);
    }
    if (segment.environments().isEmpty()) {
      return;
    }
    String path = line + ".environment";
    if (segment.environments().size() == 1 && ids.size() == 1 && !foreign && !segment.excluding()) {
      items.add(
          new Proposal.Says(
              path, List.copyOf(ids), List.of(segment.environments().getFirst().quote())));
    } else {
      items.add(
          new Proposal.Unclear(path, resource.environments(), quotes(segment.environments())));
    }
  }

  private static void targets(
      String line, Segment segment, Resource resource, List<Proposal.Item> items) {
    if (segment.targets().isEmpty() || resource.targets().isEmpty()) {
      return;
    }
    List<String> ids = new ArrayList<>();
    boolean clear = !segment.excluding();
    for (Mention m : segment.targets()) {
      List<String> here =
          m.ids(Kind.TARGET).stream().filter(t -> Verifier.hasTarget(resource, t)).toList();
      clear &= here.size() == 1;
      ids.addAll(here);
    }
    String path = line + ".targets";
    items.add(
        clear
            ? new Proposal.Says(path, ids, quotes(segment.targets()))
            : new Proposal.Unclear(path, ids, quotes(segment.targets())));
  }
}

package dev.writ.draft;

import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Person;
import dev.writ.catalogue.Resource;
import dev.writ.draft.Lexicon.Kind;
import dev.writ.draft.Lexicon.Mention;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Admits what a proposal says, or not (invariant I7). A value is admitted only when its quote
 * stands verbatim in the requester's own words, resolves by name or alias to exactly the one entry
 * that is proposed, and stands in the same segment as the resource it is said of. Everything else
 * is open.
 */
public final class Verifier {
  private static final Pattern LINE =
      Pattern.compile("((?:grants|prohibited)\\[(?:0|[1-9][0-9]?)])\\.([a-z.]{1,20})");

  private final Prompt prompt;
  private final Catalogue catalogue;
  private final Reading reading;
  private final List<Segment> segments;
  private final Map<String, State> slots = new LinkedHashMap<>();
  private final Map<String, Segment> lines = new LinkedHashMap<>();
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);

  private Verifier(Reading reading, Lexicon lexicon) {
    this.prompt = reading.prompt;
    this.catalogue = lexicon.catalogue();
    this.reading = reading;
    this.segments = reading.segments();
  }

  /** The draft that a proposal comes to. Never throws, whatever is proposed. */
  public static Draft verify(Prompt prompt, Proposal proposal, Lexicon lexicon) {
    Reading reading = new Reading(prompt, lexicon);
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    flags.addAll(reading.flags);
    flags.addAll(proposal.flags());
    if (new Terms(lexicon.catalogue().calendar(), prompt.now())
        .in(reading.ownText()).stream().anyMatch(Terms.Found::endless)) {
      flags.add(Flag.STANDING_ACCESS);
    }
    List<Workflow> workflows = new ArrayList<>();
    for (Proposal.Part part : proposal.parts()) {
      Verifier verifier = new Verifier(reading, lexicon);
      workflows.add(verifier.workflow(part));
      flags.addAll(verifier.flags);
    }
    return new Draft(prompt, proposal.drafter(), proposal.intent(), List.copyOf(flags), workflows);
  }

  private Workflow workflow(Proposal.Part part) {
    // Resources first: what else a line says is checked against its resource.
    for (Proposal.Item item : part.items()) {
      if (item.path().endsWith(".resource")) {
        take(item);
      }
    }
    for (Proposal.Item item : part.items()) {
      if (!item.path().endsWith(".resource")) {
        take(item);
      }
    }
    Consequences consequences =
        new Consequences(
            prompt,
            catalogue,
            new Completion(catalogue, part.intent(), slots, resources).complete());
    Workflow workflow = consequences.workflow(part.intent());
    flags.addAll(consequences.flags());
    return workflow;
  }

  private void take(Proposal.Item item) {
    Optional<SlotKind> kind = SlotKind.of(item.path());
    if (kind.isEmpty() || slots.containsKey(item.path())) {
      return;
    }
    Matcher line = LINE.matcher(item.path());
    boolean inLine = line.matches();
    if (!inLine && (item.path().contains("[") || item.path().contains("]"))) {
      return;
    }
    State state =
        switch (item) {
          case Proposal.Says says -> says(says, kind.get(), inLine ? line.group(1) : "");
          case Proposal.Unclear(String path, List<String> candidates, List<Quote> quotes) ->
              new State.Ambiguous(candidates, held(quotes));
          case Proposal.Contradicts(String path, String what, List<Quote> quotes) ->
              new State.Conflict(what, held(quotes));
          case Proposal.Refuses(String path, String why, List<Quote> quotes) ->
              new State.Refused(why, held(quotes));
        };
    slots.put(item.path(), state);
  }

  private List<Quote> held(List<Quote> quotes) {
    return quotes.stream().filter(q -> prompt.holds(q)).toList();
  }

  private State says(Proposal.Says says, SlotKind kind, String line) {
    if (says.values().isEmpty() || says.values().size() != says.quotes().size()) {
      return State.gap();
    }
    for (Quote quote : says.quotes()) {
      if (!prompt.holds(quote)) {
        return State.gap();
      }
      if (!reading.zones.trusted(quote)) {
        return new State.Refused("these are not the requester's own words", says.quotes());
      }
    }
    for (int i = 0; i < says.values().size(); i++) {
      State one = one(kind, line, says.values().get(i), says.quotes().get(i));
      if (one.open()) {
        return one;
      }
    }
    boolean many = kind == SlotKind.TARGETS || kind == SlotKind.ACTIONS;
    return says.values().size() > 1 && !many
        ? new State.Ambiguous(says.values(), says.quotes())
        : new State.Stated(says.values(), says.quotes());
  }

  private State one(SlotKind kind, String line, String value, Quote quote) {
    return switch (kind) {
      case SUBJECT, DELEGATES -> named(Kind.AGENT, value, quote);
      case PROCESS -> named(Kind.PROCESS, value, quote);
      case OWNER -> owner(value, quote);
      case PURPOSE -> value.equals(quote.text()) ? stated(value, quote) : State.gap();
      case UNTIL -> until(value, quote);
      case RESOURCE -> resource(line, value, quote);
      case ACTIONS, ENVIRONMENT, TARGETS, ROWS, CALLS -> ofLine(kind, line, value, quote);
      // Nobody's words stand for these: they come from the template or from a person.
      case NAME, MODE, IDENTITY_OWNER, SECURITY_OWNER, STAGE, INITIATORS, TASK_LIFE, REVOKE ->
          State.gap();
      case APPROVALS, DEPTH, DELEGATED, RUNS, CREDENTIAL, EVENT, CONDITIONS, SCOPE ->
          stated(value, quote);
    };
  }

  private static State stated(String value, Quote quote) {
    return new State.Stated(List.of(value), List.of(quote));
  }

  private static State exactly(List<String> meanings, String value, Quote quote) {
    if (meanings.equals(List.of(value))) {
      return stated(value, quote);
    }
    return meanings.size() > 1 ? new State.Ambiguous(meanings, List.of(quote)) : State.gap();
  }

  /** A name outside the lines: one of the mentions that were read, in a sentence that speaks. */
  private State named(Kind kind, String value, Quote quote) {
    Optional<Mention> mention =
        reading.of(kind).stream().filter(m -> m.quote().equals(quote)).findFirst();
    return mention.isEmpty() ? State.gap() : exactly(mention.get().ids(kind), value, quote);
  }

  private State owner(String value, Quote quote) {
    boolean self =
        EmbeddedDrafter.SELF.matcher(quote.text()).matches() && value.equals(prompt.requester());
    State state = self ? stated(value, quote) : named(Kind.PERSON, value, quote);
    boolean eligible = catalogue.person(value).map(Person::eligible).orElse(false);
    if (!state.open() && !eligible) {
      flags.add(Flag.OWNER_INELIGIBLE);
      return new State.Refused(
          "`" + value + "` has left or is a contractor and cannot own", List.of(quote));
    }
    return state;
  }

  private State until(String value, Quote quote) {
    List<Terms.Found> found = new Terms(catalogue.calendar(), prompt.now()).in(quote.text());
    boolean whole =
        found.size() == 1
            && found.getFirst().start() == 0
            && found.getFirst().end() == quote.text().length();
    if (!whole || found.getFirst().until().isEmpty()) {
      return new State.Ambiguous(List.of(), List.of(quote));
    }
    return found.getFirst().until().get().toString().equals(value)
        ? stated(value, quote)
        : State.gap();
  }

  /** Each segment of the prompt makes at most one line, and a negated one never a grant. */
  private State resource(String line, String value, Quote quote) {
    for (Segment segment : segments) {
      boolean here = segment.resource().map(m -> m.quote().equals(quote)).orElse(false);
      boolean fits = segment.negative() == line.startsWith("prohibited");
      if (here && fits && !segment.doubtful() && !lines.containsValue(segment)) {
        State state = exactly(segment.resource().orElseThrow().ids(Kind.RESOURCE), value, quote);
        Optional<Resource> resource = catalogue.resource(value);
        if (!state.open() && resource.isPresent()) {
          lines.put(line, segment);
          resources.put(line, resource.get());
        }
        return state;
      }
    }
    return State.gap();
  }

  private State ofLine(SlotKind kind, String line, String value, Quote quote) {
    Segment segment = lines.get(line);
    Resource resource = resources.get(line);
    if (segment == null || resource == null) {
      return State.gap();
    }
    return switch (kind) {
      case ACTIONS ->
          exactly(actions(meant(segment.actions(), Kind.ACTION, quote), resource), value, quote);
      case ENVIRONMENT ->
          segment.excluding() || segment.environments().size() > 1
              ? new State.Ambiguous(resource.environments(), List.of(quote))
              : exactly(
                  meant(segment.environments(), Kind.ENVIRONMENT, quote).stream()
                      .filter(resource.environments()::contains)
                      .toList(),
                  value,
                  quote);
      case TARGETS ->
          segment.excluding()
              ? new State.Ambiguous(List.of(), List.of(quote))
              : exactly(
                  meant(segment.targets(), Kind.TARGET, quote).stream()
                      .filter(t -> hasTarget(resource, t))
                      .toList(),
                  value,
                  quote);
      case ROWS, CALLS -> limit(kind, segment, value, quote);
      case NAME,
          SUBJECT,
          MODE,
          OWNER,
          IDENTITY_OWNER,
          SECURITY_OWNER,
          PROCESS,
          PURPOSE,
          STAGE,
          INITIATORS,
          RESOURCE,
          UNTIL,
          TASK_LIFE,
          DELEGATES,
          REVOKE,
          APPROVALS,
          DEPTH,
          DELEGATED,
          RUNS,
          CREDENTIAL,
          EVENT,
          CONDITIONS,
          SCOPE ->
          State.gap();
    };
  }

  private static List<String> meant(List<Mention> mentions, Kind kind, Quote quote) {
    return mentions.stream()
        .filter(m -> m.quote().equals(quote))
        .findFirst()
        .map(m -> m.ids(kind))
        .orElse(List.of());
  }

  private static State limit(SlotKind kind, Segment segment, String value, Quote quote) {
    Matcher m = Reading.LIMIT.matcher(quote.text());
    boolean calls = m.matches() && m.group(2).toLowerCase(java.util.Locale.ROOT).startsWith("call");
    boolean same =
        segment.limits().contains(quote)
            && m.group(1).equals(value)
            && calls == (kind == SlotKind.CALLS);
    return same ? stated(value, quote) : State.gap();
  }

  /** The actions of one resource among {@code resource action} ids. */
  static List<String> actions(List<String> ids, Resource resource) {
    List<String> out = new ArrayList<>();
    for (String id : ids) {
      int space = id.indexOf(' ');
      if (id.substring(0, space).equals(resource.id())) {
        out.add(id.substring(space + 1));
      }
    }
    return out;
  }

  /** Whether a resource has the target {@code dimension=id}. */
  static boolean hasTarget(Resource resource, String target) {
    int equals = target.indexOf('=');
    Resource.Dimension dimension =
        equals < 0 ? null : resource.targets().get(target.substring(0, equals));
    return dimension != null && dimension.ids().containsKey(target.substring(equals + 1));
  }
}

package dev.writ.draft;

import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Resource;
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
 * Admits what a proposal says, or not (invariant I7). The verifier reads the prompt itself, by the
 * rules and the catalogue alone. A value is admitted only when its quote stands verbatim in the
 * requester's own words and the verifier reads the same value there: resolved by name or alias to
 * exactly the one entry, and for a line of access in the same clause as its resource. Everything
 * else is open, and what a proposal leaves open stays open: a drafter can ask for less, never for
 * more.
 */
public final class Verifier {
  private static final Pattern LINE =
      Pattern.compile("((?:grants|prohibited)\\[(?:0|[1-9][0-9]?[0-9]?)])\\.([a-z.]{1,20})");

  private final Prompt prompt;
  private final Catalogue catalogue;
  private final Reading reading;
  private final Wanted read;
  private final Map<String, State> slots = new LinkedHashMap<>();

  /** Lines of the proposal, and the line that the verifier reads there. */
  private final Map<String, String> lines = new LinkedHashMap<>();

  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);

  private Verifier(Reading reading, Wanted read) {
    this.prompt = reading.prompt;
    this.catalogue = reading.lexicon.catalogue();
    this.reading = reading;
    this.read = read;
  }

  /** The draft that a proposal comes to. Never throws, whatever is proposed. */
  public static Draft verify(Prompt prompt, Proposal proposal, Lexicon lexicon) {
    return verify(new Reading(prompt, lexicon), proposal);
  }

  static Draft verify(Reading reading, Proposal proposal) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    flags.addAll(reading.flags);
    flags.addAll(proposal.flags());
    List<Workflow> workflows = new ArrayList<>();
    List<Wanted> left = new ArrayList<>(reading.wanted);
    for (Proposal.Part part : proposal.parts()) {
      Wanted read = match(part, left).orElseGet(() -> new Wanted(part.intent(), List.of()));
      left.remove(read);
      Verifier verifier = new Verifier(reading, read);
      workflows.add(verifier.workflow(part));
      flags.addAll(verifier.flags);
    }
    return new Draft(
        reading.prompt, proposal.drafter(), proposal.intent(), List.copyOf(flags), workflows);
  }

  /** The workflow that the verifier reads where the proposal sees this one. */
  private static Optional<Wanted> match(Proposal.Part part, List<Wanted> left) {
    List<Wanted> same = left.stream().filter(w -> w.intent == part.intent()).toList();
    for (Proposal.Item item : part.items()) {
      if (item instanceof Proposal.Says(String path, List<String> values, List<Quote> quotes)
          && path.equals("identity.workload")) {
        Optional<Wanted> of = same.stream().filter(w -> w.subjects.equals(values)).findFirst();
        if (of.isPresent()) {
          return of;
        }
      }
    }
    return same.stream().findFirst();
  }

  private Workflow workflow(Proposal.Part part) {
    // Resources first: what else a line says is checked against its resource.
    for (Proposal.Item item : part.items()) {
      if (item.path().endsWith(".resource")) {
        take(item, part);
      }
    }
    for (Proposal.Item item : part.items()) {
      if (!item.path().endsWith(".resource")) {
        take(item, part);
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

  private void take(Proposal.Item item, Proposal.Part part) {
    Optional<SlotKind> kind = SlotKind.of(item.path());
    Matcher line = LINE.matcher(item.path());
    boolean inLine = line.matches();
    boolean odd = !inLine && (item.path().contains("[") || item.path().contains("]"));
    if (kind.isEmpty() || odd || slots.containsKey(item.path())) {
      return;
    }
    State state =
        switch (item) {
          case Proposal.Says says -> says(says, kind.get(), inLine ? line.group(1) : "", part);
          case Proposal.Unclear(String path, List<String> candidates, List<Quote> quotes) ->
              new State.Ambiguous(candidates, held(quotes));
          case Proposal.Contradicts(String path, String what, List<Quote> quotes) ->
              new State.Conflict(what, held(quotes));
          case Proposal.Refuses(String path, String why, List<Quote> quotes) ->
              new State.Refused(why, held(quotes));
        };
    boolean remark = kind.get().remark() || kind.get() == SlotKind.DELEGATES;
    if (!(remark && state.open())) {
      slots.put(item.path(), state);
    }
  }

  private List<Quote> held(List<Quote> quotes) {
    return quotes.stream().filter(prompt::holds).toList();
  }

  private State says(Proposal.Says says, SlotKind kind, String line, Proposal.Part part) {
    if (says.values().isEmpty() || says.values().size() != says.quotes().size()) {
      return State.gap();
    }
    for (Quote quote : says.quotes()) {
      if (!prompt.holds(quote)) {
        return State.gap();
      }
      if (!reading.zones.trusted(quote) && !own(says)) {
        return new State.Refused("these are not the requester's own words", says.quotes());
      }
    }
    if (kind == SlotKind.RESOURCE) {
      return resource(says, line, part);
    }
    if (!line.isEmpty()) {
      String at = lines.get(line);
      return at == null ? State.gap() : like(says, at + says.path().substring(line.length()));
    }
    // Words of one's own that name no process narrow nothing and widen nothing.
    boolean words =
        kind == SlotKind.PURPOSE
            && says.values().size() == 1
            && says.values().getFirst().equals(says.quotes().getFirst().text());
    return words ? new State.Stated(says.values(), says.quotes()) : like(says, says.path());
  }

  private boolean own(Proposal.Says says) {
    return read.items.contains(says);
  }

  /** What the verifier reads at a path: the same, or parts of it, or else nothing. */
  private State like(Proposal.Says says, String path) {
    for (Proposal.Item item : read.items) {
      if (item instanceof Proposal.Says(String at, List<String> values, List<Quote> quotes)
          && at.equals(path)) {
        for (int i = 0; i < says.values().size(); i++) {
          int k = values.indexOf(says.values().get(i));
          if (k < 0 || !quotes.get(k).equals(says.quotes().get(i))) {
            return State.gap();
          }
        }
        return new State.Stated(says.values(), says.quotes());
      }
    }
    return State.gap();
  }

  /** Each line that the verifier reads makes at most one, and a ruled out one never a grant. */
  private State resource(Proposal.Says says, String line, Proposal.Part part) {
    String section = line.startsWith("grants") ? "grants" : "prohibited";
    Optional<String> best = Optional.empty();
    for (Proposal.Item item : read.items) {
      String at = item.path();
      if (item instanceof Proposal.Says own
          && at.startsWith(section)
          && at.endsWith(".resource")
          && own.values().equals(says.values())
          && own.quotes().equals(says.quotes())) {
        String mine = at.substring(0, at.indexOf(']') + 1);
        boolean free = !lines.containsValue(mine);
        if (free && (best.isEmpty() || same(line, mine, part))) {
          best = Optional.of(mine);
          if (same(line, mine, part)) {
            break;
          }
        }
      }
    }
    if (best.isEmpty()) {
      return State.gap();
    }
    lines.put(line, best.get());
    catalogue.resource(says.values().getFirst()).ifPresent(r -> resources.put(line, r));
    return new State.Stated(says.values(), says.quotes());
  }

  /** Whether everything else that is proposed of a line is read of the other. */
  private boolean same(String line, String mine, Proposal.Part part) {
    for (Proposal.Item item : part.items()) {
      if (item instanceof Proposal.Says says
          && item.path().startsWith(line + ".")
          && !item.path().endsWith(".resource")) {
        if (like(says, mine + item.path().substring(line.length())).open()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a resource has the target {@code dimension=id}. */
  static boolean hasTarget(Resource resource, String target) {
    int equals = target.indexOf('=');
    Resource.Dimension dimension =
        equals < 0 ? null : resource.targets().get(target.substring(0, equals));
    return dimension != null && dimension.ids().containsKey(target.substring(equals + 1));
  }
}

package dev.writ.draft;

import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Environment;
import dev.writ.catalogue.Resource;
import dev.writ.catalogue.SodRule;
import dev.writ.catalogue.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * What follows from a workflow's values and the catalogue: rules that the request breaks, flags,
 * and what policy would apply where nothing was said. Nothing here fills a slot.
 */
final class Consequences {
  private final Prompt prompt;
  private final Catalogue catalogue;
  private final Map<String, State> slots;
  private final List<Line> lines = new ArrayList<>();
  private final List<String> conflicts = new ArrayList<>();
  private final Set<Flag> flags = EnumSet.noneOf(Flag.class);

  /** A line of the request whose resource is known. */
  private record Line(Resource resource, List<String> actions, Optional<String> environment) {}

  Consequences(Prompt prompt, Catalogue catalogue, Map<String, State> slots) {
    this.prompt = prompt;
    this.catalogue = catalogue;
    this.slots = slots;
    for (int i = 0; slots.containsKey("grants[" + i + "].resource"); i++) {
      String at = "grants[" + i + "].";
      List<String> actions = values(at + "actions");
      Optional<String> environment = values(at + "environment").stream().findFirst();
      values(at + "resource").stream()
          .findFirst()
          .flatMap(catalogue::resource)
          .ifPresent(r -> lines.add(new Line(r, actions, environment)));
    }
  }

  private List<String> values(String path) {
    State state = slots.get(path);
    return state == null ? List.of() : state.values();
  }

  Workflow workflow(Intent intent) {
    if (intent == Intent.GRANT || intent == Intent.EXTEND) {
      toxic();
      escalation();
      ceiling();
    }
    people();
    Map<String, State> shown = new LinkedHashMap<>(slots);
    shown.computeIfPresent(
        "until", (path, state) -> state instanceof State.Gap ? new State.Gap(longest()) : state);
    boolean asks = intent == Intent.GRANT || intent == Intent.EXTEND;
    return new Workflow(intent, shown, conflicts, asks ? unstated() : Map.of());
  }

  Set<Flag> flags() {
    return flags;
  }

  private void toxic() {
    for (SodRule rule : catalogue.sodRules()) {
      if (rule instanceof SodRule.Toxic(String id, SodRule.Side one, SodRule.Side other)
          && holds(one)
          && holds(other)) {
        conflicts.add(id);
        flags.add(Flag.SOD_CONFLICT);
      }
    }
  }

  private boolean holds(SodRule.Side side) {
    return lines.stream()
        .anyMatch(l ->
            l.resource().id().equals(side.resource())
                && l.actions().stream().anyMatch(side.actions()::contains));
  }

  /** Who can make accounts or hand out roles can make itself anything. */
  private void escalation() {
    for (Line line : lines) {
      boolean iam = line.resource().kind().equals("iam");
      if (iam && line.actions().stream().anyMatch(a -> !looksOnly(line.resource(), a))) {
        flags.add(Flag.PRIVILEGE_ESCALATION_PATH);
      }
    }
  }

  private static boolean looksOnly(Resource resource, String action) {
    List<String> words = Word.plainWords(action.replace('-', ' ').replace('_', ' '));
    return resource.reads(action) || (!words.isEmpty() && Verbs.reading(words.getFirst()));
  }

  private void ceiling() {
    Optional<Span> ceiling = catalogue.defaults().hardCeiling();
    Optional<Term> term = values("until").stream().findFirst().flatMap(t -> Term.parse(t).found());
    if (ceiling.isPresent() && term.isPresent() && beyond(term.get(), ceiling.get())) {
      flags.add(Flag.EXCEEDS_CEILING);
    }
  }

  private boolean beyond(Term term, Span ceiling) {
    java.time.ZoneId zone = catalogue.calendar().timezone();
    return switch (term) {
      case Term.Window(Optional<LocalDate> start, LocalDate end) -> {
        LocalDate first = start.orElse(prompt.now().atZone(zone).toLocalDate());
        Instant last = ceiling.after(first.atStartOfDay(zone).toInstant(), zone);
        yield end.isAfter(last.atZone(zone).toLocalDate());
      }
      case Term.Length length ->
          length.end(prompt.now(), catalogue.calendar()).isAfter(ceiling.after(prompt.now(), zone));
      case Term.Moment(Instant end) -> end.isAfter(ceiling.after(prompt.now(), zone));
    };
  }

  private void people() {
    for (String approver : values("approvals")) {
      if (approver.equals(prompt.requester()) || values("owners.product").contains(approver)) {
        flags.add(Flag.SELF_APPROVAL);
        conflicts.add("self-approval: " + approver);
      }
    }
    if (slots.get("owners.product") instanceof State.Refused(String why, List<Quote> quotes)) {
      conflicts.add(why);
    }
  }

  /** The shortest of the longest terms that policy allows for what is asked. */
  private Optional<String> longest() {
    Optional<String> best = Optional.empty();
    Optional<Instant> least = Optional.empty();
    for (Line line : lines) {
      Optional<Span> span = Optional.ofNullable(catalogue.defaults().maxDuration().get(rank(line)));
      if (span.isPresent()) {
        Instant end = span.get().after(prompt.now(), catalogue.calendar().timezone());
        if (least.isEmpty() || end.isBefore(least.get())) {
          least = Optional.of(end);
          best = Optional.of("at most " + span.get() + " for " + rank(line));
        }
      }
    }
    return best.or(() -> catalogue.defaults().hardCeiling().map(c -> "never more than " + c));
  }

  private String rank(Line line) {
    return production(line)
        ? "prod/"
            + line.environment()
                .map(line.resource()::sensitivityIn)
                .orElse(line.resource().sensitivity())
                .word()
        : "nonprod";
  }

  /** An environment that is not said is taken for the worst there is. */
  private boolean production(Line line) {
    List<String> there = line.environment().map(List::of).orElse(line.resource().environments());
    return there.stream()
        .anyMatch(e ->
            e.equals(Environment.NOT_APPLICABLE)
                || (catalogue.environments().isEmpty()
                    ? Environments.production(e)
                    : catalogue.environment(e).tier() == Environment.Tier.PRODUCTION));
  }

  private Map<String, String> unstated() {
    Map<String, String> out = new LinkedHashMap<>();
    if (!slots.containsKey("approvals")) {
      SequencedSet<String> who = new LinkedHashSet<>();
      for (Line line : lines) {
        String rank = production(line) ? line.resource().sensitivity().word() : "sandbox";
        who.addAll(catalogue.defaults().approvals().getOrDefault(rank, List.of()));
      }
      out.put("approvals", String.join(", ", who));
    }
    boolean delegation =
        slots.containsKey("task.delegation")
            || slots.keySet().stream().anyMatch(p -> p.startsWith("delegation."));
    if (!delegation) {
      out.put("delegation", catalogue.defaults().delegation().orElse(""));
    }
    if (!slots.containsKey("revocation.event")) {
      out.put("revocation", String.join(", ", catalogue.defaults().revocation()));
    }
    return out;
  }
}

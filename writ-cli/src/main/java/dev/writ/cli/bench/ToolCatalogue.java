package dev.writ.cli.bench;

import dev.writ.base.Json;
import dev.writ.catalogue.Catalogue;
import dev.writ.draft.Draft;
import dev.writ.draft.Drafter;
import dev.writ.draft.Intent;
import dev.writ.draft.Lexicon;
import dev.writ.draft.Prompt;
import dev.writ.draft.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Tools of a suite as a catalogue that the drafter reads like any other: written as JSON in the
 * form that organisations write theirs, and parsed by the same door.
 *
 * <p>The conversion knows names, descriptions and parameters, and no suite, task or prompt. The
 * thing a tool is about is a resource: the words of the tool's name between its verb and a
 * preposition, under the last of them ({@code create_calendar_event} is about an event, also called
 * a calendar event); a name that is a verb alone is about the toolkit. Tools about the same thing
 * are actions of one resource. Ways to say an action are the tool's name in words, its verb with
 * and without the thing, and the same with the verb that its description begins with; what gives
 * something back is also read and shown. Resources have the environment {@code n/a}; there is one
 * agent, one person and no process, since task suites know none. Nothing is added that people might
 * say but the suite does not: what the drafter cannot link is a question to a person, and the
 * figures count it.
 */
final class ToolCatalogue {
  /** Who types the tasks. */
  private static final String REQUESTER = "the-user";

  private final Map<String, ToolSpec> tools = new LinkedHashMap<>();
  private final Map<String, Map<String, SequencedSet<String>>> actions = new LinkedHashMap<>();
  private final Map<String, SequencedSet<String>> aliases = new LinkedHashMap<>();
  private final Lexicon lexicon;

  /**
   * Converts.
   *
   * @param toolkits the tools by the name of the kit they come in
   */
  ToolCatalogue(Map<String, List<ToolSpec>> toolkits) {
    toolkits.forEach((kit, specs) -> specs.forEach(spec -> take(kit, spec)));
    lexicon = Lexicon.of(Catalogue.parse(json()).orThrow());
  }

  private void take(String kit, ToolSpec spec) {
    List<String> object = spec.object();
    List<String> thing = object.isEmpty() ? ToolWords.of(kit) : object;
    String head = ToolWords.singular(thing.getLast());
    String whole = phrase(thing, head);
    String action = spec.name().replaceAll("[^A-Za-z0-9_.-]", "-");
    tools.putIfAbsent(head + " " + action, spec);
    SequencedSet<String> names = aliases.computeIfAbsent(head, h -> new LinkedHashSet<>());
    names.addAll(
        List.of(head, ToolWords.plural(head), whole, phrase(thing, ToolWords.plural(head))));
    SequencedSet<String> ways =
        actions
            .computeIfAbsent(head, h -> new LinkedHashMap<>())
            .computeIfAbsent(action, a -> new LinkedHashSet<>());
    ways.add(String.join(" ", ToolWords.of(spec.name())));
    SequencedSet<String> verbs = new LinkedHashSet<>(spec.verbs());
    List<String> said = ToolWords.ofSentence(spec.description());
    if (!said.isEmpty()) {
      verbs.add(ToolWords.singular(said.getFirst()));
    }
    if (ToolWords.reading(spec.verbs().getFirst())) {
      verbs.addAll(List.of("read", "show"));
    }
    for (String verb : verbs) {
      ways.addAll(List.of(verb, verb + " " + head, verb + " " + ToolWords.plural(head)));
      ways.addAll(List.of(verb + " " + whole, verb + " " + phrase(thing, ToolWords.plural(head))));
    }
  }

  private static String phrase(List<String> thing, String head) {
    List<String> words = new ArrayList<>(thing.subList(0, thing.size() - 1));
    words.add(head);
    return String.join(" ", words);
  }

  /** The catalogue as an organisation would write it. */
  Json.Obj json() {
    Json.Builder quarters = Json.object();
    Json.Obj calendar =
        Json.object()
            .put("timezone", "UTC")
            .put("week_starts", "monday")
            .put("business_hours", "08:00-18:00")
            .put("sprint_days", 14)
            .put("quarters", quarters.build())
            .put("date_order", "unknown")
            .build();
    Json.Obj person =
        Json.object()
            .put("id", REQUESTER)
            .put("name", "The User")
            .put("role", "Whoever asks")
            .put("team", "users")
            .put("status", "active")
            .put("kind", "employee")
            .build();
    Json.Obj agent =
        Json.object()
            .put("id", "assistant")
            .put("name", "Assistant")
            .strings("aliases", List.of())
            .put("team", "users")
            .build();
    List<Json> resources = new ArrayList<>();
    actions.forEach((head, ways) -> resources.add(resource(head, ways)));
    return Json.object()
        .put("organisation", "Tools of a suite")
        .put("calendar", calendar)
        .put("resources", Json.array(resources))
        .put("people", Json.array(List.of(person)))
        .put("agents", Json.array(List.of(agent)))
        .put("business_processes", Json.array(List.of()))
        .put("sod_rules", Json.array(List.of()))
        .build();
  }

  private Json.Obj resource(String head, Map<String, SequencedSet<String>> ways) {
    Json.Builder said = Json.object();
    ways.forEach((action, phrases) -> said.put(action, Json.strings(phrases)));
    return Json.object()
        .put("id", head)
        .put("name", head)
        .put("kind", "tools")
        .strings("environments", List.of("n/a"))
        .put("actions", said.build())
        .put("sensitivity", "internal")
        .put("owner_team", "users")
        .strings("aliases", aliases.getOrDefault(head, new LinkedHashSet<>()))
        .build();
  }

  /**
   * What the draft of a task gives.
   *
   * @param granted the tools whose resource and action are filled
   * @param excluded the tools that the prompt forbids
   * @param open whether a resource or an action is open, or nothing is granted although the prompt
   *     asks for something
   */
  record Drafted(Intent intent, List<ToolSpec> granted, List<ToolSpec> excluded, boolean open) {
    Drafted {
      granted = List.copyOf(granted);
      excluded = List.copyOf(excluded);
    }
  }

  /** Drafts one task. */
  Drafted draft(String text, Instant now, Drafter drafter) {
    Draft draft = Draft.of(new Prompt(text, REQUESTER, now), drafter, lexicon);
    SequencedSet<ToolSpec> granted = new LinkedHashSet<>();
    SequencedSet<ToolSpec> excluded = new LinkedHashSet<>();
    boolean open = false;
    for (Workflow workflow : draft.workflows()) {
      granted.addAll(named(workflow, "grants"));
      excluded.addAll(named(workflow, "prohibited"));
      open |= workflow.open().stream().anyMatch(ToolCatalogue::access);
    }
    return new Drafted(
        draft.intent(), List.copyOf(granted), List.copyOf(excluded), open || granted.isEmpty());
  }

  private static boolean access(String path) {
    return path.endsWith(".resource") || path.endsWith(".actions");
  }

  private List<ToolSpec> named(Workflow workflow, String section) {
    List<ToolSpec> out = new ArrayList<>();
    for (String line : workflow.lines(section)) {
      for (String resource : workflow.values(line + ".resource")) {
        for (String action : workflow.values(line + ".actions")) {
          ToolSpec tool = tools.get(resource + " " + action);
          if (tool != null) {
            out.add(tool);
          }
        }
      }
    }
    return out;
  }
}

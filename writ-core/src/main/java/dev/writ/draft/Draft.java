package dev.writ.draft;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.catalogue.Catalogue;
import dev.writ.spec.Spec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one workflow that a prompt asks for. Nothing is granted by it. Made by {@link
 * Verifier#verify}, completed by {@link #answer}, and a spec only when no slot is open.
 *
 * @param drafter who proposed it
 * @param flags sorted
 * @param slots by the path of the spec's line, in the spec's order
 */
public record Draft(
    Prompt prompt, String drafter, Intent intent, List<Flag> flags, Map<String, State> slots) {
  public Draft {
    flags = flags.stream().sorted().distinct().toList();
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
  }

  /** The drafts of a prompt: one a workflow; none when it asks for no access. */
  public static List<Draft> of(Prompt prompt, Drafter drafter, Catalogue catalogue) {
    return drafter.propose(prompt, catalogue).stream()
        .map(proposal -> Verifier.verify(prompt, proposal, catalogue))
        .toList();
  }

  /** The slots somebody still has to speak of, in order. */
  public List<String> open() {
    return slots.entrySet().stream()
        .filter(e -> e.getValue().open())
        .map(Map.Entry::getKey)
        .toList();
  }

  public Optional<State> slot(String path) {
    return Optional.ofNullable(slots.get(path));
  }

  /**
   * The draft with a person's answer, which may fill, replace or narrow any slot. Refused when
   * there is no such slot, the person is not active, or the values are not in the catalogue.
   */
  public Parsed<Draft> answer(Answer answer, Catalogue catalogue) {
    return Answers.check(this, answer, catalogue)
        .map(states -> {
          Map<String, State> next = new LinkedHashMap<>();
          slots.forEach((path, state) -> {
            State changed = states.get(path);
            if (changed != null) {
              next.put(path, changed);
            } else if (!states.containsKey(path)) {
              next.put(path, state);
            }
          });
          states.forEach(next::putIfAbsent);
          return new Draft(prompt, drafter, intent, flags, next);
        });
  }

  /** The draft without one line, such as {@code grants[1]}; a person's choice to ask for less. */
  public Parsed<Draft> without(String line) {
    if (slots.keySet().stream().noneMatch(p -> p.startsWith(line + "."))) {
      return Parsed.refused(line, "there is no such line", "name one of the draft's lines");
    }
    Map<String, State> next = new LinkedHashMap<>(slots);
    next.keySet().removeIf(p -> p.startsWith(line + "."));
    return Parsed.ok(new Draft(prompt, drafter, intent, flags, next));
  }

  /** The spec, with where each line came from; refused, slot by slot, while one is open. */
  public Parsed<Spec> toSpec(Catalogue catalogue) {
    return new SpecFromDraft(this, catalogue).spec();
  }

  /** The draft as JSON, for machines and as evidence. It holds the prompt's words: seal it. */
  public Json.Obj canonicalForm() {
    Json.Builder out = Json.object();
    slots.forEach((path, state) -> out.put(path, state(state)));
    return Json.object()
        .put("drafter", drafter)
        .put("intent", word(intent))
        .put("requester", prompt.requester())
        .put("now", prompt.now().toString())
        .put("prompt", Digest.ofText(prompt.text()))
        .put("flags", Json.strings(flags.stream().map(Draft::word).toList()))
        .put("slots", out.build())
        .put("open", Json.strings(open()))
        .build();
  }

  public Digest digest() {
    return canonicalForm().digest();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static Json state(State state) {
    Json.Builder out = Json.object();
    switch (state) {
      case State.Stated(List<String> values, List<Quote> quotes) ->
          out.put("state", "stated")
              .put("values", Json.strings(values))
              .put("quotes", json(quotes));
      case State.Derived(List<String> values, String because) ->
          out.put("state", "derived").put("values", Json.strings(values)).put("because", because);
      case State.Defaulted(List<String> values) ->
          out.put("state", "defaulted").put("values", Json.strings(values));
      case State.Answered(List<String> values, String person) ->
          out.put("state", "answered").put("values", Json.strings(values)).put("person", person);
      case State.Ambiguous(List<String> candidates, List<Quote> quotes) ->
          out.put("state", "ambiguous")
              .put("candidates", Json.strings(candidates))
              .put("quotes", json(quotes));
      case State.Gap(Optional<String> wouldApply) ->
          out.put("state", "gap").putIfPresent("would_apply", wouldApply.map(Json::of));
      case State.Conflict(String what, List<Quote> quotes) ->
          out.put("state", "conflict").put("what", what).put("quotes", json(quotes));
      case State.Refused(String why, List<Quote> quotes) ->
          out.put("state", "refused").put("why", why).put("quotes", json(quotes));
    }
    return out.build();
  }

  private static Json json(List<Quote> quotes) {
    List<Json> out = new ArrayList<>();
    for (Quote q : quotes) {
      out.add(
          Json.object().put("start", q.start()).put("end", q.end()).put("text", q.text()).build());
    }
    return Json.array(out);
  }
}

package dev.writ.draft;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.catalogue.Catalogue;
import dev.writ.spec.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of what a prompt asks for. Nothing is granted by it. Made by {@link
 * Verifier#verify}, completed workflow by workflow by {@link #answer}, and a spec only when no slot
 * of the workflow is open.
 *
 * @param drafter who proposed it
 * @param intent of the whole prompt
 * @param flags sorted
 * @param workflows none when the prompt asks for nothing
 */
public record Draft(
    Prompt prompt, String drafter, Intent intent, List<Flag> flags, List<Workflow> workflows) {
  public Draft {
    flags = flags.stream().sorted().distinct().toList();
    workflows = List.copyOf(workflows);
  }

  /** The draft of a prompt. */
  public static Draft of(Prompt prompt, Drafter drafter, Lexicon lexicon) {
    if (drafter instanceof EmbeddedDrafter) {
      // The verifier would read the same again.
      Reading reading = new Reading(prompt, lexicon);
      return Verifier.verify(reading, EmbeddedDrafter.propose(reading));
    }
    return Verifier.verify(prompt, drafter.propose(prompt, lexicon), lexicon);
  }

  /** The draft of a prompt; for many prompts make the lexicon once. */
  public static Draft of(Prompt prompt, Drafter drafter, Catalogue catalogue) {
    return of(prompt, drafter, Lexicon.of(catalogue));
  }

  /** The draft of one of its workflows alone, from 0. */
  public Draft only(int index) {
    return new Draft(prompt, drafter, intent, flags, List.of(workflows.get(index)));
  }

  /** Each workflow's draft alone, in order. */
  public List<Draft> each() {
    List<Draft> out = new ArrayList<>();
    for (int i = 0; i < workflows.size(); i++) {
      out.add(only(i));
    }
    return List.copyOf(out);
  }

  /**
   * The draft with a person's answer, which may fill, replace or narrow any slot of a workflow.
   * Refused when there is no such slot, the person is not active, or the values are not in the
   * catalogue.
   */
  public Parsed<Draft> answer(int index, Answer answer, Catalogue catalogue) {
    Workflow workflow = workflows.get(index);
    return Answers.check(workflow, answer, catalogue)
        .map(states -> {
          Map<String, State> next = new LinkedHashMap<>();
          workflow
              .slots()
              .forEach((path, state) -> {
                State changed = states.get(path);
                next.put(path, changed == null ? state : changed);
              });
          states.forEach(next::putIfAbsent);
          return with(index, next);
        });
  }

  /** The draft without one line, such as {@code grants[1]}; a person's choice to ask for less. */
  public Parsed<Draft> without(int index, String line) {
    Map<String, State> next = new LinkedHashMap<>(workflows.get(index).slots());
    if (!next.keySet().removeIf(p -> p.startsWith(line + "."))) {
      return Parsed.refused(line, "there is no such line", "name one of the draft's lines");
    }
    return Parsed.ok(with(index, next));
  }

  private Draft with(int index, Map<String, State> slots) {
    List<Workflow> next = new ArrayList<>(workflows);
    next.set(index, workflows.get(index).with(slots));
    return new Draft(prompt, drafter, intent, flags, next);
  }

  /**
   * The spec of a workflow, with where each line came from; refused, slot by slot, while one is
   * open, and for a workflow that is no grant.
   */
  public Parsed<Spec> toSpec(int index, Catalogue catalogue) {
    return new SpecFromDraft(prompt, workflows.get(index), catalogue).spec();
  }

  /** The draft as JSON, for machines and as evidence. It holds the prompt's words: seal it. */
  public Json.Obj canonicalForm() {
    return DraftForm.write(this);
  }

  /** Reads what {@link #canonicalForm} writes; every problem is named. */
  public static Parsed<Draft> parse(Json.Obj json) {
    return new DraftForm.Reader().read(json);
  }

  public Digest digest() {
    return canonicalForm().digest();
  }
}

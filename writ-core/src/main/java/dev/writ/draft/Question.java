package dev.writ.draft;

import dev.writ.base.Json;
import dev.writ.catalogue.Agent;
import dev.writ.catalogue.BusinessProcess;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Person;
import dev.writ.catalogue.Resource;
import dev.writ.spec.Initiator;
import dev.writ.spec.Mode;
import dev.writ.spec.RevokeOn;
import dev.writ.spec.Stage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a person is asked about a slot that is open: it says what would fit, and fills nothing.
 *
 * @param state the slot's state, in its word
 * @param ask one sentence
 * @param why what stands in the way, where something was said
 * @param choices values that would fit: the candidates of what was said, or what the catalogue has,
 *     at most {@link #MOST_CHOICES}; empty where the values are not a list
 * @param wouldApply what policy would apply; it closes nothing
 * @param who can know: the requester, who answers, and the team whose resource it is
 */
public record Question(
    String slot,
    String state,
    String ask,
    Optional<String> why,
    List<String> choices,
    Optional<String> wouldApply,
    List<String> who) {
  /** Most choices that are listed. */
  public static final int MOST_CHOICES = 40;

  public Question {
    choices = choices.stream().limit(MOST_CHOICES).toList();
    who = List.copyOf(who);
  }

  /** The questions that a draft of one workflow leaves, in the order of its slots. */
  public static List<Question> of(Draft draft, Catalogue catalogue) {
    Workflow workflow = draft.workflows().getFirst();
    List<Question> out = new ArrayList<>();
    for (String slot : workflow.open()) {
      workflow
          .slot(slot)
          .ifPresent(s -> out.add(new Asking(workflow, catalogue, slot).question(s, draft)));
    }
    return List.copyOf(out);
  }

  /** The question as JSON. */
  public Json.Obj toJson() {
    return Json.object()
        .put("slot", slot)
        .put("state", state)
        .put("ask", ask)
        .putIfPresent("why", why.map(Json::of))
        .put("choices", Json.strings(choices))
        .putIfPresent("would_apply", wouldApply.map(Json::of))
        .put("who", Json.strings(who))
        .build();
  }

  private record Asking(Workflow workflow, Catalogue catalogue, String slot) {
    Question question(State state, Draft draft) {
      List<String> candidates =
          state instanceof State.Ambiguous(List<String> c, List<Quote> q) ? c : List.of();
      Set<String> choices = new LinkedHashSet<>(candidates);
      choices.addAll(SlotKind.of(slot).map(this::choices).orElse(List.of()));
      return new Question(
          slot,
          state.word(),
          SlotKind.of(slot).map(this::ask).orElse("What is meant?"),
          why(state),
          candidates.size() > 1 ? candidates : List.copyOf(choices),
          state instanceof State.Gap(Optional<String> would) ? would : Optional.empty(),
          who(draft));
    }

    private static Optional<String> why(State state) {
      return switch (state) {
        case State.Conflict(String what, List<Quote> quotes) -> Optional.of(what);
        case State.Refused(String why, List<Quote> quotes) -> Optional.of(why);
        case State.Ambiguous(List<String> candidates, List<Quote> quotes) ->
            Optional.of("this has no one reading");
        case State.Gap gap -> Optional.empty();
        case State.Stated stated -> Optional.empty();
        case State.Derived derived -> Optional.empty();
        case State.Defaulted defaulted -> Optional.empty();
        case State.Answered answered -> Optional.empty();
      };
    }

    private Optional<Resource> resource() {
      int end = slot.indexOf(']');
      return end < 0
          ? Optional.empty()
          : workflow.values(slot.substring(0, end + 1) + ".resource").stream()
              .findFirst()
              .flatMap(catalogue::resource);
    }

    private List<String> who(Draft draft) {
      List<String> out = new ArrayList<>();
      out.add(draft.prompt().requester());
      resource().ifPresent(r -> out.add(r.ownerTeam()));
      return out;
    }

    private String ask(SlotKind kind) {
      String of = resource().map(r -> " of `" + r.id() + "`").orElse("");
      return switch (kind) {
        case NAME -> "What is the workflow called?";
        case SUBJECT -> "Which agent is to have the access?";
        case MODE -> "With whose identity does it act?";
        case OWNER -> "Who answers for what it does? An employee.";
        case IDENTITY_OWNER -> "Which person or team answers for its identity?";
        case SECURITY_OWNER -> "Which person or team answers for its containment?";
        case PROCESS -> "Which business process is it for?";
        case PURPOSE -> "What is it for?";
        case STAGE -> "How far has it come?";
        case INITIATORS -> "What may start a run?";
        case RESOURCE -> "Which resource is meant?";
        case ACTIONS ->
            "What may it do there" + (of.isEmpty() ? "?" : ", of the actions" + of + "?");
        case ENVIRONMENT -> "In which environment" + of + "?";
        case TARGETS -> "Which targets" + of + "? Say `any` only when all are meant.";
        case ROWS -> "How many rows may a run read?";
        case CALLS -> "How many calls may a run make?";
        case UNTIL ->
            "Until when? In words such as `two weeks`, as P14D, or a last day: 2027-01-31.";
        case TASK_LIFE -> "How long may one run take? PT15M, say.";
        case DELEGATES -> "To which agents may it hand on?";
        case REVOKE -> "Which events end it early?";
        case APPROVALS, DEPTH, DELEGATED, RUNS, CREDENTIAL, EVENT, CONDITIONS, SCOPE ->
            "What is meant? Say it again in a prompt.";
      };
    }

    private List<String> choices(SlotKind kind) {
      return switch (kind) {
        case SUBJECT ->
            catalogue.agents().stream()
                .filter(a -> a.workload().isPresent())
                .map(Agent::id)
                .toList();
        case DELEGATES -> catalogue.agents().stream().map(Agent::id).toList();
        case MODE -> List.copyOf(Mode.words().keySet());
        case OWNER -> eligible();
        case IDENTITY_OWNER, SECURITY_OWNER -> List.copyOf(catalogue.teams());
        case PROCESS -> catalogue.processes().stream().map(BusinessProcess::id).toList();
        case STAGE -> List.copyOf(Stage.words().keySet());
        case INITIATORS -> List.copyOf(Initiator.words().keySet());
        case REVOKE -> List.copyOf(RevokeOn.words().keySet());
        case RESOURCE -> catalogue.resources().stream().map(Resource::id).toList();
        case ACTIONS -> resource().map(r -> List.copyOf(r.actions().keySet())).orElse(List.of());
        case ENVIRONMENT -> resource().map(Resource::environments).orElse(List.of());
        case TARGETS -> targets();
        case NAME, PURPOSE, ROWS, CALLS, UNTIL, TASK_LIFE -> List.of();
        case APPROVALS, DEPTH, DELEGATED, RUNS, CREDENTIAL, EVENT, CONDITIONS, SCOPE -> List.of();
      };
    }

    private List<String> eligible() {
      return catalogue.people().stream().filter(Person::eligible).map(Person::id).toList();
    }

    private List<String> targets() {
      List<String> out = new ArrayList<>();
      resource()
          .ifPresent(r ->
              r.targets()
                  .forEach((dimension, values) ->
                      values.ids().keySet().forEach(id -> out.add(dimension + "=" + id))));
      return out;
    }
  }
}

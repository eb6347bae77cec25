package dev.writ.draft;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import dev.writ.catalogue.Agent;
import dev.writ.catalogue.BusinessProcess;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Person;
import dev.writ.catalogue.Resource;
import dev.writ.form.Suggestion;
import dev.writ.spec.Initiator;
import dev.writ.spec.RevokeOn;
import dev.writ.spec.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a person's answer fits its slot. Names have to be those of the catalogue exactly; a near
 * one is only suggested. What no list of the catalogue decides is checked when the spec is made.
 */
final class Answers {
  private final Workflow draft;
  private final Answer answer;
  private final Catalogue catalogue;
  private final List<Problem> problems = new ArrayList<>();

  private Answers(Workflow draft, Answer answer, Catalogue catalogue) {
    this.draft = draft;
    this.answer = answer;
    this.catalogue = catalogue;
  }

  /** The slots that change. */
  static Parsed<Map<String, State>> check(Workflow draft, Answer answer, Catalogue catalogue) {
    return new Answers(draft, answer, catalogue).check();
  }

  private Parsed<Map<String, State>> check() {
    Optional<SlotKind> kind = SlotKind.of(answer.slot());
    if (kind.isEmpty() || !known(kind.get())) {
      return Parsed.refused(
          answer.slot(),
          "the draft has no slot `" + Text.excerpt(answer.slot()) + "`",
          Suggestion.remedy(answer.slot(), draft.slots().keySet()));
    }
    if (!catalogue.person(answer.person()).map(Person::active).orElse(false)) {
      return Parsed.refused(
          answer.slot(), "the answer is not an active person's", "sign in as somebody");
    }
    if (answer.values().isEmpty()) {
      return Parsed.refused(answer.slot(), "the answer is empty", "give a value");
    }
    values(kind.get());
    if (!problems.isEmpty()) {
      return Parsed.refused(problems);
    }
    Map<String, State> states = new LinkedHashMap<>();
    states.put(answer.slot(), new State.Answered(answer.values(), answer.person()));
    if (kind.get() == SlotKind.RESOURCE) {
      line(states);
    }
    return Parsed.ok(states);
  }

  /** Slots that a draft may lack and a person may add: limits, delegates, the other purpose. */
  private boolean known(SlotKind kind) {
    boolean line =
        !answer.slot().startsWith("grants[") || draft.slots().containsKey(prefix() + ".resource");
    return draft.slots().containsKey(answer.slot())
        || (line
            && switch (kind) {
              case ROWS, CALLS -> answer.slot().startsWith("grants[");
              case DELEGATES, PURPOSE, PROCESS -> true;
              case NAME,
                  SUBJECT,
                  MODE,
                  OWNER,
                  IDENTITY_OWNER,
                  SECURITY_OWNER,
                  STAGE,
                  INITIATORS,
                  RESOURCE,
                  ACTIONS,
                  ENVIRONMENT,
                  TARGETS,
                  UNTIL,
                  TASK_LIFE,
                  REVOKE,
                  APPROVALS,
                  DEPTH,
                  DELEGATED,
                  RUNS,
                  CREDENTIAL,
                  EVENT,
                  CONDITIONS,
                  SCOPE ->
                  false;
            });
  }

  private String prefix() {
    return answer.slot().substring(0, answer.slot().indexOf(']') + 1);
  }

  /** Another resource: what was said of the one before was not said of this one. */
  private void line(Map<String, State> states) {
    State before = draft.slot(answer.slot()).orElseGet(State::gap);
    if (before.values().equals(answer.values())) {
      return;
    }
    Resource resource = catalogue.resource(answer.values().getFirst()).orElseThrow();
    states.put(prefix() + ".actions", State.gap());
    if (answer.slot().startsWith("grants[")) {
      states.put(
          prefix() + ".environment",
          resource.environments().size() == 1
              ? new State.Derived(resource.environments(), "the only one there is")
              : State.gap());
      if (!resource.targets().isEmpty()) {
        states.put(prefix() + ".targets", State.gap());
      }
    }
  }

  private void values(SlotKind kind) {
    switch (kind) {
      case SUBJECT -> oneOf(catalogue.agents().stream().map(Agent::id).toList());
      case DELEGATES -> allOf(catalogue.agents().stream().map(Agent::id).toList());
      case OWNER -> oneOf(catalogue.people().stream().map(Person::id).toList());
      case IDENTITY_OWNER, SECURITY_OWNER -> oneOf(parties());
      case PROCESS -> oneOf(catalogue.processes().stream().map(BusinessProcess::id).toList());
      case STAGE -> oneOf(Stage.words().keySet());
      case INITIATORS -> allOf(Initiator.words().keySet());
      case REVOKE -> allOf(RevokeOn.words().keySet());
      case RESOURCE -> oneOf(catalogue.resources().stream().map(Resource::id).toList());
      case ACTIONS, ENVIRONMENT, TARGETS -> ofResource(kind);
      case UNTIL -> term();
      case NAME, MODE, PURPOSE, ROWS, CALLS, TASK_LIFE -> single();
      case APPROVALS -> allOf(catalogue.people().stream().map(Person::id).toList());
      case DEPTH, DELEGATED, RUNS, CREDENTIAL, EVENT, CONDITIONS, SCOPE ->
          problem("a prompt's remark is not answered", "say it again in the prompt");
    }
  }

  private Set<String> parties() {
    Set<String> parties = new LinkedHashSet<>(catalogue.teams());
    catalogue.people().forEach(p -> parties.add(p.id()));
    return parties;
  }

  private void ofResource(SlotKind kind) {
    Optional<Resource> resource =
        draft
            .slot(prefix() + ".resource")
            .flatMap(s -> s.values().stream().findFirst())
            .flatMap(catalogue::resource);
    if (resource.isEmpty()) {
      problem("its resource is still open", "answer `" + prefix() + ".resource` first");
      return;
    }
    switch (kind) {
      case ACTIONS -> allOf(resource.get().actions().keySet());
      case ENVIRONMENT -> oneOf(resource.get().environments());
      default -> targets(resource.get());
    }
  }

  private void targets(Resource resource) {
    if (answer.values().equals(List.of("any"))) {
      return;
    }
    List<String> known = new ArrayList<>();
    resource
        .targets()
        .forEach((d, values) -> values.ids().keySet().forEach(id -> known.add(d + "=" + id)));
    allOf(known);
  }

  private void oneOf(Collection<String> known) {
    single();
    allOf(known);
  }

  private void term() {
    single();
    for (String value : answer.values()) {
      Term.parse(value).problems().forEach(p -> problem(p.what(), p.remedy()));
    }
  }

  private void single() {
    if (answer.values().size() != 1) {
      problem("this slot holds one value", "give one");
    }
  }

  private void allOf(Collection<String> known) {
    for (String value : answer.values()) {
      if (!known.contains(value)) {
        problem("`" + Text.excerpt(value) + "` does not fit", Suggestion.remedy(value, known));
      }
    }
  }

  private void problem(String what, String remedy) {
    problems.add(new Problem(answer.slot(), what, remedy));
  }
}

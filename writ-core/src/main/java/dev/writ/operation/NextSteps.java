package dev.writ.operation;

import dev.writ.catalogue.Agent;
import dev.writ.catalogue.Catalogue;
import dev.writ.draft.Draft;
import dev.writ.draft.Intent;
import dev.writ.draft.Workflow;
import dev.writ.state.State;
import dev.writ.state.Writ;
import java.time.Instant;
import java.util.List;

/**
 * What a person does next with a draft, in sentences. A draft that lengthens, changes or ends
 * access says which writs it can mean; it never does so itself.
 */
final class NextSteps {
  private NextSteps() {}

  /** At least one sentence. */
  static List<String> of(Draft draft, Catalogue catalogue, State state, Instant now) {
    Workflow workflow = draft.workflows().getFirst();
    if (workflow.intent() == Intent.GRANT) {
      return List.of(
          workflow.open().isEmpty()
              ? "submit it; people whom policy names then approve the exact spec"
              : "answer what is open; nothing is filled in for you");
    }
    List<Writ> meant =
        workflow.values("identity.workload").stream()
            .flatMap(id -> catalogue.agent(id).stream())
            .flatMap(a -> held(a, state, now).stream())
            .toList();
    if (meant.isEmpty()) {
      return List.of(
          workflow.values("identity.workload").isEmpty()
              ? "say which agent is meant"
              : "nothing is in force for this agent, so there is nothing to "
                  + workflow.intent().word());
    }
    return meant.stream().map(w -> step(workflow, w)).toList();
  }

  private static List<Writ> held(Agent agent, State state, Instant now) {
    return state.writs().values().stream()
        .filter(w -> w.inForce(now))
        .filter(
            w -> agent.workload().map(id -> id.id().equals(w.issued().workload())).orElse(false))
        .toList();
  }

  private static String step(Workflow workflow, Writ writ) {
    boolean all =
        workflow.values("scope").contains("all-current") || workflow.lines("grants").isEmpty();
    if (workflow.intent() == Intent.REVOKE && all) {
      return "end " + writ.id().value() + ", which is all that is in force for this agent";
    }
    String of = " of workflow " + writ.workflow().value() + ", in force as " + writ.id().value();
    return switch (workflow.intent()) {
      case REVOKE -> "submit the spec" + of + ", without these lines; or end the writ";
      case EXTEND ->
          "submit the spec" + of + " until " + writ.issued().terms().until() + ", with a later end";
      default -> "submit the spec" + of + ", with the change";
    };
  }
}

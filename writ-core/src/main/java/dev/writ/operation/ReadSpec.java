package dev.writ.operation;

import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.spec.Spec;
import dev.writ.state.State;
import dev.writ.state.Workflow;
import dev.writ.state.Writ;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A person reads the spec of a writ in force, to compare it with another. The spec is a sealed
 * payload, so that somebody opened it is recorded first.
 */
public final class ReadSpec {
  private final Ledger ledger;
  private final Library library;

  public ReadSpec(Ledger ledger, Library library) {
    this.ledger = ledger;
    this.library = library;
  }

  /** Which writ: by its id, or the one in force of a workflow. */
  public sealed interface Which {
    record OfWrit(WritId writ) implements Which {}

    record OfWorkflow(WorkflowId workflow) implements Which {}
  }

  /**
   * @param by the authenticated person
   */
  public record Request(String by, Which which) {}

  public sealed interface Reply {
    record Read(Writ writ, Spec spec) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  private sealed interface Ruled {
    record Open(Writ writ) implements Ruled {}

    record Say(Refusal why) implements Ruled {}
  }

  public Reply run(Request request) {
    boolean known = library.knows(ledger.confirmed(), request.by());
    return switch (ledger.write(Command.of((s, now) -> rule(s, now, request, known))).reply()) {
      case Ruled.Open(Writ writ) -> new Reply.Read(writ, library.writ(writ.issued()).spec());
      case Ruled.Say(Refusal why) -> new Reply.Refused(why);
    };
  }

  private static Ruling<Ruled> rule(State state, Instant now, Request request, boolean known) {
    Actor by = new Actor.Person(request.by());
    Optional<Writ> found =
        switch (request.which()) {
          case Which.OfWrit(WritId writ) -> state.writ(writ, now);
          case Which.OfWorkflow(WorkflowId workflow) ->
              state.workflow(workflow).flatMap(Workflow::writ).flatMap(w -> state.writ(w, now));
        };
    if (found.isEmpty()) {
      return Ruling.say(new Ruled.Say(new Refusal.WritNotInForce()));
    }
    Writ writ = found.get();
    About about = About.workflow(writ.workflow()).dossier(writ.issued().dossier());
    if (!known) {
      Refusal why = new Refusal.PersonUnknown(request.by());
      return Refusals.recorded(new Refusals.Who("ReadSpec", by, about), why, new Ruled.Say(why));
    }
    Fact opened =
        new Fact.PayloadOpened(writ.issued().terms().text().id(), "comparing it with another spec");
    return Ruling.of(List.of(FactDraft.of(by, about, opened)), new Ruled.Open(writ));
  }
}

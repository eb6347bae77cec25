package dev.writ.operation;

import dev.writ.base.WritId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import dev.writ.state.Writ;
import java.util.List;
import java.util.Optional;

/** An owner or an operator ends a writ; every task and token under it ends with that one fact. */
public final class EndWrit {
  private final Ledger ledger;

  public EndWrit(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * @param by the authenticated requester, owner or operator
   */
  public record Request(String by, WritId writ, Fact.Cause cause) {}

  public sealed interface Reply {
    record Ended(WritId writ) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    return ledger.write(Command.<Reply>revocation((state, now) -> rule(state, request))).reply();
  }

  private static Ruling<Reply> rule(State state, Request request) {
    Actor by = new Actor.Person(request.by());
    Optional<Writ> writ = Optional.ofNullable(state.writs().get(request.writ()));
    if (writ.isEmpty()) {
      return refuse(by, About.ledger(), new Refusal.WritNotInForce());
    }
    Fact.WritIssued issued = writ.get().issued();
    About about = About.workflow(writ.get().workflow()).dossier(issued.dossier());
    boolean may =
        issued.requester().equals(request.by())
            || issued.terms().owners().contains(request.by())
            || state.government().holds(request.by(), Fact.Duty.OPERATOR);
    if (!may) {
      return refuse(by, about, new Refusal.NotOwner());
    }
    Fact ended = new Fact.WritEnded(request.writ(), request.cause());
    return Ruling.of(List.of(FactDraft.of(by, about, ended)), new Reply.Ended(request.writ()));
  }

  private static Ruling<Reply> refuse(Actor by, About about, Refusal why) {
    return Refusals.recorded(new Refusals.Who("EndWrit", by, about), why, new Reply.Refused(why));
  }
}

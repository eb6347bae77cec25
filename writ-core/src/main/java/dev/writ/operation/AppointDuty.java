package dev.writ.operation;

import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import java.util.List;

/** A founder gives another person a duty in the government of Writ. */
public final class AppointDuty {
  private final Ledger ledger;

  public AppointDuty(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * @param by the authenticated founder
   * @param person who gets the duty
   */
  public record Request(String by, String person, Fact.Duty duty) {}

  public sealed interface Reply {
    record Appointed() implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    return ledger.write(Command.<Reply>of((state, now) -> rule(state, request))).reply();
  }

  private static Ruling<Reply> rule(State state, Request request) {
    if (!Refusals.founded(state)) {
      return Ruling.say(new Reply.Refused(new Refusal.NotFounded()));
    }
    Actor by = new Actor.Person(request.by());
    if (!state.government().holds(request.by(), Fact.Duty.FOUNDER)) {
      return refuse(by, new Refusal.DutyMissing(Fact.Duty.FOUNDER));
    }
    // A founder can only appoint: whoever could appoint themselves would hold every duty alone.
    if (request.by().equals(request.person())) {
      return refuse(by, new Refusal.SelfAppointment());
    }
    if (state.government().holds(request.person(), request.duty())) {
      return Ruling.say(new Reply.Appointed());
    }
    Fact appointed = new Fact.DutyAppointed(request.person(), request.duty());
    return Ruling.of(List.of(FactDraft.of(by, About.ledger(), appointed)), new Reply.Appointed());
  }

  private static Ruling<Reply> refuse(Actor by, Refusal why) {
    return Refusals.recorded(
        new Refusals.Who("AppointDuty", by, About.ledger()), why, new Reply.Refused(why));
  }
}

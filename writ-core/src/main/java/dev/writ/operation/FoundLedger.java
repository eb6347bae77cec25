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

/** The first fact: mode, issuer, keys, and one founder who can only appoint. */
public final class FoundLedger {
  private final Ledger ledger;

  public FoundLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * @param mode for ever
   * @param issuer the OAuth issuer identifier, an absolute URL
   * @param origin the checkpoint origin, a schema-less URL
   * @param founder a person's id
   * @param keys Writ's own public keys, one for each use
   */
  public record Request(
      Fact.Mode mode, String issuer, String origin, String founder, List<Fact.PublicKey> keys) {
    public Request {
      keys = List.copyOf(keys);
    }
  }

  public sealed interface Reply {
    record Founded() implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    return ledger.write(Command.<Reply>of((state, now) -> rule(state, request))).reply();
  }

  private static Ruling<Reply> rule(State state, Request request) {
    if (Refusals.founded(state)) {
      return Ruling.say(new Reply.Refused(new Refusal.AlreadyFounded()));
    }
    Fact founded =
        new Fact.LedgerFounded(
            request.mode(), request.issuer(), request.origin(), request.founder(), request.keys());
    Actor by = new Actor.Person(request.founder());
    return Ruling.of(List.of(FactDraft.of(by, About.ledger(), founded)), new Reply.Founded());
  }
}

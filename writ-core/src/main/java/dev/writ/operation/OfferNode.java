package dev.writ.operation;

import dev.writ.base.Digest;
import dev.writ.base.EnrolmentId;
import dev.writ.base.Entropy;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.Government;
import dev.writ.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An operator offers the ledger's keys to another node, under a code that is good once. */
public final class OfferNode {
  /** How long a code is good. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  private final Ledger ledger;
  private final JoinCodes codes;
  private final Entropy entropy;

  public OfferNode(Ledger ledger, JoinCodes codes, Entropy entropy) {
    this.ledger = ledger;
    this.codes = codes;
    this.entropy = entropy;
  }

  /**
   * @param by the authenticated operator
   */
  public record Request(String by) {}

  public sealed interface Reply {
    /**
     * @param code shown once; it is in no fact and no store
     */
    record Offered(String code, Instant until) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    EnrolmentId id = EnrolmentId.fresh(entropy);
    String code = codes.of(id);
    return ledger
        .write(Command.<Reply>of((state, now) -> rule(state, now, request, id, code)))
        .reply();
  }

  private static Ruling<Reply> rule(
      State state, Instant now, Request request, EnrolmentId id, String code) {
    Actor by = new Actor.Person(request.by());
    if (!state.government().holds(request.by(), Fact.Duty.OPERATOR)) {
      return refuse(by, new Refusal.DutyMissing(Fact.Duty.OPERATOR));
    }
    long live =
        state.government().offered().values().stream().filter(o -> now.isBefore(o.until())).count();
    if (live >= Government.MOST_OFFERED) {
      return refuse(by, new Refusal.LimitReached("offers to nodes that were not used"));
    }
    Fact.NodeOffered offered = new Fact.NodeOffered(id, Digest.ofText(code), now.plus(LIFE));
    return Ruling.of(
        List.of(FactDraft.of(by, About.ledger(), offered)),
        new Reply.Offered(code, offered.until()));
  }

  private static Ruling<Reply> refuse(Actor by, Refusal why) {
    return Refusals.recorded(
        new Refusals.Who("OfferNode", by, About.ledger()), why, new Reply.Refused(why));
  }
}

package dev.writ.operation;

import dev.writ.base.Digest;
import dev.writ.base.EnrolmentId;
import dev.writ.base.Entropy;
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
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A writ in force yields its owner a one-time code, good for ten minutes, by which a workload
 * enrols its key. The code itself is in no fact and no store; only its digest is.
 */
public final class OfferEnrolment {
  /** How long a code is good. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  private static final int SECRET_BYTES = 20;

  private final Ledger ledger;
  private final Entropy entropy;

  public OfferEnrolment(Ledger ledger, Entropy entropy) {
    this.ledger = ledger;
    this.entropy = entropy;
  }

  /**
   * @param by the authenticated owner or requester
   * @param workload the writ's workload, or one of its delegates
   */
  public record Request(String by, WritId writ, String workload) {}

  public sealed interface Reply {
    /**
     * @param code id and secret, joined by a dot; shown once
     */
    record Offered(String code, String workload, Instant until) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    EnrolmentId id = EnrolmentId.fresh(entropy);
    String code = id.value() + "." + HexFormat.of().formatHex(entropy.bytes(SECRET_BYTES));
    Digest digest = Digest.ofText(code);
    return ledger
        .write(Command.<Reply>of((state, now) -> rule(state, now, request, id, digest, code)))
        .reply();
  }

  private static Ruling<Reply> rule(
      State state, Instant now, Request request, EnrolmentId id, Digest digest, String code) {
    Actor by = new Actor.Person(request.by());
    Optional<Writ> writ = state.writ(request.writ(), now);
    if (writ.isEmpty()) {
      return refuse(by, About.ledger(), new Refusal.WritNotInForce());
    }
    Fact.WritIssued issued = writ.get().issued();
    About about = About.workflow(writ.get().workflow()).dossier(issued.dossier());
    if (!issued.requester().equals(request.by())
        && !issued.terms().owners().contains(request.by())) {
      return refuse(by, about, new Refusal.NotOwner());
    }
    if (!writ.get().names(request.workload())) {
      return refuse(by, about, new Refusal.WorkloadNotNamed());
    }
    if (state.offers().size() >= State.MOST_OFFERS) {
      return refuse(by, about, new Refusal.LimitReached("enrolments that were not used"));
    }
    Fact.EnrolmentOffered offered =
        new Fact.EnrolmentOffered(id, request.writ(), request.workload(), digest, now.plus(LIFE));
    return Ruling.of(
        List.of(FactDraft.of(by, about, offered)),
        new Reply.Offered(code, request.workload(), offered.until()));
  }

  private static Ruling<Reply> refuse(Actor by, About about, Refusal why) {
    return Refusals.recorded(
        new Refusals.Who("OfferEnrolment", by, about), why, new Reply.Refused(why));
  }
}

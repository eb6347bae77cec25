package dev.writ.operation;

import dev.writ.base.Digest;
import dev.writ.base.EnrolmentId;
import dev.writ.base.Entropy;
import dev.writ.base.KeyId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.Offer;
import dev.writ.state.State;
import dev.writ.state.WorkloadKey;
import dev.writ.state.Writ;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A workload shows a one-time code and enrols the public key it will authenticate with. */
public final class EnrolKey {
  private final Ledger ledger;
  private final Entropy entropy;

  public EnrolKey(Ledger ledger, Entropy entropy) {
    this.ledger = ledger;
    this.entropy = entropy;
  }

  /**
   * @param code as {@link OfferEnrolment} gave it
   * @param jwk the public key as canonical JSON, its possession proven at the door
   * @param thumbprint RFC 7638, SHA-256, base64url
   */
  public record Request(String code, String jwk, String thumbprint) {}

  public sealed interface Reply {
    /**
     * @param workload its {@code client_id}
     * @param until the key's end
     */
    record Enrolled(KeyId key, String workload, Instant until) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    KeyId key = KeyId.fresh(entropy);
    return ledger.write(Command.<Reply>of((state, now) -> rule(state, now, request, key))).reply();
  }

  private static Ruling<Reply> rule(State state, Instant now, Request request, KeyId key) {
    Optional<Offer> found = offer(state, now, request.code());
    if (found.isEmpty()) {
      // A stranger's: counted at the door, no fact of its own.
      return Ruling.say(new Reply.Refused(new Refusal.EnrolmentInvalid()));
    }
    Fact.EnrolmentOffered offered = found.get().offered();
    Actor by = new Actor.Workload(offered.workload());
    Optional<Writ> writ = state.writ(offered.writ(), now);
    if (writ.isEmpty()) {
      return refuse(by, About.workflow(found.get().workflow()), new Refusal.WritNotInForce());
    }
    About about = About.workflow(writ.get().workflow()).dossier(writ.get().issued().dossier());
    List<WorkloadKey> live =
        Optional.ofNullable(state.keys().get(offered.workload())).stream()
            .flatMap(List::stream)
            .filter(k -> k.live(now))
            .toList();
    if (live.stream().anyMatch(k -> !k.workflow().equals(writ.get().workflow()))) {
      return refuse(by, about, new Refusal.WorkloadTaken());
    }
    if (live.size() >= WorkloadKey.MOST_EACH) {
      return refuse(by, about, new Refusal.LimitReached("keys of one workload"));
    }
    Fact.KeyEnrolled enrolled =
        new Fact.KeyEnrolled(
            key,
            offered.enrolment(),
            offered.writ(),
            offered.workload(),
            request.jwk(),
            request.thumbprint(),
            writ.get().issued().terms().until());
    return Ruling.of(
        List.of(FactDraft.of(by, about, enrolled)),
        new Reply.Enrolled(key, offered.workload(), enrolled.until()));
  }

  private static Optional<Offer> offer(State state, Instant now, String code) {
    int dot = code.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    Digest digest = Digest.ofText(code);
    return EnrolmentId.parse(code.substring(0, dot))
        .found()
        .flatMap(id -> Optional.ofNullable(state.offers().get(id)))
        .filter(o -> o.live(now) && o.offered().code().equals(digest));
  }

  private static Ruling<Reply> refuse(Actor by, About about, Refusal why) {
    return Refusals.recorded(new Refusals.Who("EnrolKey", by, about), why, new Reply.Refused(why));
  }
}

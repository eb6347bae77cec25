package dev.writ.operation;

import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.FormerKey;
import dev.writ.state.Government;
import dev.writ.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An operator has the next key of a use sign from now on. The former one stays good for what it
 * signed, for as long as that lives, unless it is revoked: then nothing it signed is.
 */
public final class RotateKey {
  private final Ledger ledger;
  private final OwnKeys keys;

  public RotateKey(Ledger ledger, OwnKeys keys) {
    this.ledger = ledger;
    this.keys = keys;
  }

  /** What becomes of former keys of the use. */
  public enum Former {
    /** They are good until what they signed has ended. */
    OVERLAP,
    /** Somebody else may hold one: they are good for nothing at once. */
    REVOKE
  }

  /**
   * @param by the authenticated operator
   * @param from id of the key that is to be replaced: a repeated request replaces it once
   */
  public record Request(String by, Fact.KeyUse use, Optional<String> from, Former former) {}

  public sealed interface Reply {
    /**
     * @param former id of the key that signed until now
     */
    record Rotated(Fact.PublicKey key, String former) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    State state = ledger.confirmed();
    Optional<Fact.PublicKey> present = present(state, request.use());
    // No key is drawn for somebody who may not rotate; the rule looks again.
    if (refusal(state, request).isPresent() || present.isEmpty()) {
      return write(request, (s, now) -> rule(s, now, request, Optional.empty()));
    }
    // Stored first, recorded second: a crash between leaves a key that signs nothing.
    Fact.PublicKey next = keys.prepare(request.use(), state.log().origin());
    Prepared prepared =
        new Prepared(
            present.get(),
            next,
            request.use() == Fact.KeyUse.LOG
                ? Optional.of(keys.endorse(present.get(), next))
                : Optional.empty());
    return write(request, (s, now) -> rule(s, now, request, Optional.of(prepared)));
  }

  /**
   * A key that is stored.
   *
   * @param endorsement of the log's key: its predecessor's word
   */
  private record Prepared(
      Fact.PublicKey present, Fact.PublicKey next, Optional<String> endorsement) {}

  private Reply write(Request request, dev.writ.ledger.Rule<Reply> rule) {
    return ledger
        .write(
            switch (request.former()) {
              case OVERLAP -> Command.of(rule);
              case REVOKE -> Command.revocation(rule);
            })
        .reply();
  }

  private static Optional<Fact.PublicKey> present(State state, Fact.KeyUse use) {
    return Optional.ofNullable(state.government().keys().get(use));
  }

  private static Optional<Refusal> refusal(State state, Request request) {
    Government government = state.government();
    if (!Refusals.founded(state)) {
      return Optional.of(new Refusal.NotFounded());
    }
    if (!government.holds(request.by(), Fact.Duty.OPERATOR)) {
      return Optional.of(new Refusal.DutyMissing(Fact.Duty.OPERATOR));
    }
    String present = present(state, request.use()).map(Fact.PublicKey::id).orElse("");
    if (request.from().filter(from -> !from.equals(present)).isPresent()) {
      return Optional.of(new Refusal.KeyReplaced(present));
    }
    return Optional.empty();
  }

  private static Ruling<Reply> rule(
      State state, Instant now, Request request, Optional<Prepared> prepared) {
    Optional<Refusal> no =
        refusal(state, request).or(() -> tooMany(state.government(), request, now));
    if (no.isPresent()) {
      return Refusals.founded(state)
          ? refuse(request, no.get())
          : Ruling.say(new Reply.Refused(no.get()));
    }
    Optional<Fact.PublicKey> present = present(state, request.use());
    // A key that signs already was named by somebody faster, and never follows itself.
    if (prepared.isEmpty()
        || !present.equals(prepared.map(Prepared::present))
        || present.equals(prepared.map(Prepared::next))) {
      return refuse(request, new Refusal.KeyReplaced(present.map(Fact.PublicKey::id).orElse("")));
    }
    Prepared ready = prepared.get();
    List<FactDraft> facts = new ArrayList<>();
    facts.add(fact(request, rotated(ready)));
    if (request.former() == Former.REVOKE) {
      facts.add(fact(request, new Fact.FormerKeysRevoked(request.use())));
    }
    return Ruling.of(facts, new Reply.Rotated(ready.next(), ready.present().id()));
  }

  private static Fact rotated(Prepared ready) {
    return ready
        .endorsement()
        .<Fact>map(word -> new Fact.LogKeyRotated(ready.next(), word))
        .orElseGet(() -> new Fact.KeyRotated(ready.next()));
  }

  /** Former keys are forgotten a day after they were replaced. */
  private static Optional<Refusal> tooMany(Government government, Request request, Instant now) {
    long remembered =
        government.former().stream()
            .filter(f -> f.replaced().plus(Government.FORMER_FOR).isAfter(now))
            .map(FormerKey::key)
            .filter(k -> request.former() == Former.OVERLAP || k.use() != request.use())
            .count();
    return remembered >= Government.MOST_FORMER
        ? Optional.of(new Refusal.LimitReached("former keys"))
        : Optional.empty();
  }

  private static FactDraft fact(Request request, Fact fact) {
    return FactDraft.of(new Actor.Person(request.by()), About.ledger(), fact);
  }

  private static Ruling<Reply> refuse(Request request, Refusal why) {
    return Refusals.recorded(
        new Refusals.Who("RotateKey", new Actor.Person(request.by()), About.ledger()),
        why,
        new Reply.Refused(why));
  }
}

package dev.writ.operation;

import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import java.util.List;
import java.util.Optional;

/**
 * An operator has another master key wrap workflows' keys. A chore wraps those anew that the former
 * one wrapped; nothing that was sealed changes.
 */
public final class RotateMasterKey {
  private final Ledger ledger;
  private final OwnKeys keys;

  public RotateMasterKey(Ledger ledger, OwnKeys keys) {
    this.ledger = ledger;
    this.keys = keys;
  }

  /**
   * @param by the authenticated operator
   * @param from name of the key that is to be replaced: a repeated request replaces it once
   */
  public record Request(String by, Optional<String> from) {}

  public sealed interface Reply {
    /**
     * @param former name of the key that wrapped until now
     */
    record Rotated(String key, String former) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    State state = ledger.confirmed();
    String present = keys.master();
    Optional<String> next =
        refusal(state, request, present).isPresent()
            ? Optional.empty()
            : Optional.of(keys.prepareMaster());
    return ledger.write((s, now) -> rule(s, request, present, next));
  }

  private static Optional<Refusal> refusal(State state, Request request, String present) {
    if (!Refusals.founded(state)) {
      return Optional.of(new Refusal.NotFounded());
    }
    if (!state.government().holds(request.by(), Fact.Duty.OPERATOR)) {
      return Optional.of(new Refusal.DutyMissing(Fact.Duty.OPERATOR));
    }
    String signs = state.government().master().orElse(present);
    return request.from().filter(from -> !from.equals(signs)).isPresent() || !signs.equals(present)
        ? Optional.of(new Refusal.KeyReplaced(signs))
        : Optional.empty();
  }

  private static Ruling<Reply> rule(
      State state, Request request, String present, Optional<String> next) {
    Optional<Refusal> no = refusal(state, request, present);
    if (no.isEmpty() && next.isEmpty()) {
      no = Optional.of(new Refusal.KeyReplaced(present));
    }
    if (no.isPresent()) {
      return Refusals.founded(state)
          ? refuse(request, no.get())
          : Ruling.say(new Reply.Refused(no.get()));
    }
    Fact rotated = new Fact.MasterKeyRotated(next.orElseThrow());
    return Ruling.of(
        List.of(FactDraft.of(new Actor.Person(request.by()), About.ledger(), rotated)),
        new Reply.Rotated(next.orElseThrow(), present));
  }

  private static Ruling<Reply> refuse(Request request, Refusal why) {
    return Refusals.recorded(
        new Refusals.Who("RotateMasterKey", new Actor.Person(request.by()), About.ledger()),
        why,
        new Reply.Refused(why));
  }
}

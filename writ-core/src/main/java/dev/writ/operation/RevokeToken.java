package dev.writ.operation;

import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.Standing;
import dev.writ.state.State;
import dev.writ.state.Token;
import dev.writ.token.VerifiedToken;
import java.time.Instant;
import java.util.List;

/**
 * Token revocation (RFC 7009): a task's first token takes the whole task with it, an exchanged one
 * everything exchanged for it. A token that is not live is no error.
 */
public final class RevokeToken {
  private final Ledger ledger;

  public RevokeToken(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * @param workload the authenticated client: the token's holder, or one further up its chain
   */
  public record Request(String workload, VerifiedToken token) {}

  public sealed interface Reply {
    /** Nothing honours the token now, whether it was live before or not. */
    record Revoked(long tokens) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    return ledger
        .write(Command.<Reply>revocation((state, now) -> rule(state, now, request)))
        .reply();
  }

  private static Ruling<Reply> rule(State state, Instant now, Request request) {
    return switch (Standing.of(state, request.token().task(), request.token().id(), now)) {
      case Standing.Dead dead -> Ruling.say(new Reply.Revoked(0));
      case Standing.Live live -> revoke(live, now, request);
    };
  }

  private static Ruling<Reply> revoke(Standing.Live live, Instant now, Request request) {
    Actor by = new Actor.Workload(request.workload());
    About about = About.workflow(live.task().workflow()).task(live.task().id());
    boolean holds =
        live.task().opened().workload().equals(request.workload())
            || live.token().workload().equals(request.workload())
            || TokenTerms.actors(live.task(), live.token()).contains(request.workload());
    if (!holds) {
      Refusal why = new Refusal.NotOwner();
      return Refusals.recorded(
          new Refusals.Who("RevokeToken", by, about), why, new Reply.Refused(why));
    }
    if (live.token().parent().isEmpty()) {
      return Ruling.of(
          Endings.end(live.task(), Fact.Cause.REVOKED, by, now),
          new Reply.Revoked(live.task().liveTokens(now)));
    }
    Fact revoked = new Fact.TokenRevoked(live.token().id(), Fact.Cause.REVOKED);
    return Ruling.of(
        List.of(FactDraft.of(by, about, revoked)), new Reply.Revoked(derived(live, now)));
  }

  /** The token and every live one exchanged for it, at whatever depth. */
  private static long derived(Standing.Live live, Instant now) {
    return live.task().tokens().values().stream()
        .filter(t -> now.isBefore(t.until()))
        .filter(t -> descends(live, t))
        .count();
  }

  private static boolean descends(Standing.Live live, Token token) {
    Token each = token;
    while (!each.id().equals(live.token().id())) {
      Token parent = each.parent().map(p -> live.task().tokens().get(p)).orElse(null);
      if (parent == null) {
        return false;
      }
      each = parent;
    }
    return true;
  }
}

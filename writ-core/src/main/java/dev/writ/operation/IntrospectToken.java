package dev.writ.operation;

import dev.writ.ledger.Ledger;
import dev.writ.state.Standing;
import dev.writ.state.State;
import dev.writ.token.TokenDraft;
import dev.writ.token.VerifiedToken;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whether a token may be honoured now (RFC 7662). The answer comes from a state confirmed current,
 * so that after an acknowledged revocation no node answers {@code active} (invariant I5).
 */
public final class IntrospectToken {
  private final Ledger ledger;
  private final InstantSource clock;

  public IntrospectToken(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** A token whose signature and times were found right; anything else is inactive at the door. */
  public record Request(VerifiedToken token) {}

  public sealed interface Reply {
    /** Live, with all its members as recorded; {@code issued} is not kept in the state. */
    record Active(TokenDraft token) implements Reply {}

    record Inactive() implements Reply {}
  }

  public Reply run(Request request) {
    State state = ledger.confirmed();
    Instant now = now(state);
    return switch (Standing.of(state, request.token().task(), request.token().id(), now)) {
      case Standing.Live(var task, var writ, var token) ->
          new Reply.Active(TokenTerms.draft(task, token.id(), task.opened().until()));
      case Standing.Dead dead -> new Reply.Inactive();
    };
  }

  /**
   * Never before what the ledger knows has passed: a slow or frozen clock honours nothing longer.
   */
  private Instant now(State state) {
    Instant own = clock.instant();
    Instant recorded = state.log().at();
    return own.isBefore(recorded) ? recorded : own;
  }
}

package dev.writ.operation;

import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.CommandKey;
import dev.writ.fact.RecordedFact;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import dev.writ.token.Permission;
import dev.writ.token.Scope;
import dev.writ.token.SignedToken;
import dev.writ.token.TokenDraft;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where every token comes from: its fact is recorded, then it is signed, so that a crash between
 * leaves a record of a token nobody holds, never the reverse. A repeated request gets the first
 * answer, and a wish is granted within what is held or not at all.
 */
final class TokenDesk {
  private final Ledger ledger;
  private final TokenSigner signer;
  private final Audiences audiences;

  TokenDesk(Ledger ledger, TokenSigner signer, Audiences audiences) {
    this.ledger = ledger;
    this.signer = signer;
    this.audiences = audiences;
  }

  /**
   * Who wants a token.
   *
   * @param operation what is asked for, as a refusal is recorded
   * @param workload the authenticated client
   * @param audience the resource the token is for; the gateway when absent
   * @param key the caller's key for the request
   */
  record Wish(String operation, String workload, Optional<String> audience, CommandKey key) {
    Actor by() {
      return new Actor.Workload(workload);
    }
  }

  /** What came of a wish. */
  sealed interface Issue {
    record Signed(SignedToken token) implements Issue {}

    record Refused(Refusal refusal) implements Issue {}
  }

  /** What a rule said: the token to be signed, or why there is none. */
  sealed interface Ruled {
    record Sign(TokenDraft draft) implements Ruled {}

    record Say(Refusal why) implements Ruled {}
  }

  /** A wish and what is asked of the state about it, unless it is a repeated one. */
  interface Asking {
    Wish wish();

    Ruling<Ruled> rule(State state, Instant now, String audience);

    /** A refusal, recorded about what exists. */
    default Ruling<Ruled> refuse(About about, Refusal why) {
      Refusals.Who who = new Refusals.Who(wish().operation(), wish().by(), about);
      return Refusals.recorded(who, why, new Ruled.Say(why));
    }
  }

  Issue issue(Asking asking) {
    Wish wish = asking.wish();
    Optional<String> audience = audiences.resolve(wish.audience());
    if (audience.isEmpty()) {
      return new Issue.Refused(new Refusal.AudienceUnknown(wish.audience().orElse("")));
    }
    Ruled ruled =
        ledger
            .write(
                Command.of((state, now) ->
                    repeated(state, wish.key())
                        .orElseGet(() -> asking.rule(state, now, audience.get()))))
            .reply();
    return switch (ruled) {
      case Ruled.Sign(TokenDraft draft) -> new Issue.Signed(signer.sign(draft));
      case Ruled.Say(Refusal why) -> new Issue.Refused(why);
    };
  }

  private static Optional<Ruling<Ruled>> repeated(State state, CommandKey key) {
    Optional<RecordedFact> before = state.answered(key);
    return before.map(first ->
        Ruling.say(
            TokenTerms.repeat(state, first, key)
                .<Ruled>map(Ruled.Sign::new)
                .orElseGet(() -> new Ruled.Say(new Refusal.KeyReused()))));
  }

  /** What a wish for less comes to. */
  sealed interface Granted {
    /**
     * @param narrowed what was asked for; empty when all of it was
     * @param scope what the token covers
     */
    record Within(Optional<Scope> narrowed, Scope scope) implements Granted {}

    record Beyond(Refusal why) implements Granted {}
  }

  /** The wish within what is held; without a wish, all of it. */
  static Granted within(Scope held, List<Permission> wanted) {
    if (wanted.isEmpty()) {
      return new Granted.Within(Optional.empty(), held);
    }
    return switch (held.narrow(wanted)) {
      case Scope.Narrowing.Narrowed(Scope scope) -> new Granted.Within(Optional.of(scope), scope);
      case Scope.Narrowing.Wider(List<Permission> offending) ->
          new Granted.Beyond(new Refusal.Wider(offending));
    };
  }
}

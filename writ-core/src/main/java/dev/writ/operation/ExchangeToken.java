package dev.writ.operation;

import dev.writ.base.Entropy;
import dev.writ.base.TokenId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.fact.RecordedFact;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.Standing;
import dev.writ.state.State;
import dev.writ.state.Task;
import dev.writ.state.Token;
import dev.writ.token.Permission;
import dev.writ.token.Scope;
import dev.writ.token.SignedToken;
import dev.writ.token.TokenDraft;
import dev.writ.token.VerifiedToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A delegate gets a token that can only be narrower (RFC 8693; the standard does not ask for that,
 * we do): scope, life, audience and depth stay within the subject token's.
 */
public final class ExchangeToken {
  private final Ledger ledger;
  private final TokenSigner signer;
  private final Entropy entropy;
  private final Audiences audiences;

  public ExchangeToken(Ledger ledger, TokenSigner signer, Entropy entropy, Audiences audiences) {
    this.ledger = ledger;
    this.signer = signer;
    this.entropy = entropy;
    this.audiences = audiences;
  }

  /**
   * @param workload the authenticated client, who becomes the current actor
   * @param subject the verified {@code subject_token}
   * @param wanted a wish for less than the subject token's scope; empty for all of it
   * @param key the client assertion's {@code jti}
   */
  public record Request(
      String workload,
      VerifiedToken subject,
      List<Permission> wanted,
      Optional<String> audience,
      CommandKey key) {
    public Request {
      wanted = List.copyOf(wanted);
    }
  }

  public sealed interface Reply {
    record Issued(SignedToken token) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  private sealed interface Ruled {
    record Sign(TokenDraft draft) implements Ruled {}

    record Say(Refusal why) implements Ruled {}
  }

  public Reply run(Request request) {
    Optional<String> audience = audiences.resolve(request.audience());
    if (audience.isEmpty()) {
      return new Reply.Refused(new Refusal.AudienceUnknown(request.audience().orElse("")));
    }
    TokenId fresh = TokenId.fresh(entropy);
    Ruled ruled =
        ledger
            .write(Command.of((state, now) -> rule(state, now, request, audience.get(), fresh)))
            .reply();
    return switch (ruled) {
      case Ruled.Sign(TokenDraft draft) -> new Reply.Issued(signer.sign(draft));
      case Ruled.Say(Refusal why) -> new Reply.Refused(why);
    };
  }

  private static Ruling<Ruled> rule(
      State state, Instant now, Request request, String audience, TokenId fresh) {
    Optional<RecordedFact> before = state.answered(request.key());
    if (before.isPresent()) {
      return Ruling.say(
          TokenTerms.repeat(state, before.get(), request.key())
              .<Ruled>map(Ruled.Sign::new)
              .orElseGet(() -> new Ruled.Say(new Refusal.KeyReused())));
    }
    return switch (Standing.of(state, request.subject().task(), request.subject().id(), now)) {
      case Standing.Dead(Standing.Why why) ->
          refuse(request, aboutTask(state, request), new Refusal.TokenNotLive(why));
      case Standing.Live live -> exchange(live, now, request, audience, fresh);
    };
  }

  private static Ruling<Ruled> exchange(
      Standing.Live live, Instant now, Request request, String audience, TokenId fresh) {
    Task.Open task = live.task();
    Token parent = live.token();
    About about =
        About.workflow(task.workflow()).task(task.id()).dossier(live.writ().issued().dossier());
    Fact.Terms terms = live.writ().issued().terms();
    if (!live.writ().names(request.workload())) {
      return refuse(request, about, new Refusal.WorkloadNotNamed());
    }
    if (parent.depth() >= terms.delegationDepth()) {
      return refuse(request, about, new Refusal.TooDeep(terms.delegationDepth()));
    }
    if (task.liveTokens(now) >= Task.MOST_TOKENS) {
      return refuse(request, about, new Refusal.LimitReached("live tokens of a task"));
    }
    Optional<Scope> narrowed = Optional.empty();
    if (!request.wanted().isEmpty()) {
      switch (parent.scope().narrow(request.wanted())) {
        case Scope.Narrowing.Narrowed(Scope scope) -> narrowed = Optional.of(scope);
        case Scope.Narrowing.Wider(List<Permission> offending) -> {
          return refuse(request, about, new Refusal.Wider(offending));
        }
      }
    }
    Fact.TokenIssued issued =
        new Fact.TokenIssued(
            fresh,
            Optional.of(parent.id()),
            request.workload(),
            audience,
            TokenTerms.tokenEnd(parent.until(), now),
            narrowed,
            Optional.empty());
    return Ruling.of(
        List.of(
            FactDraft.of(new Actor.Workload(request.workload()), about, issued)
                .under(request.key())),
        new Ruled.Sign(
            TokenTerms.child(task, parent, issued, narrowed.orElse(parent.scope()), now)));
  }

  /** What the refusal is about: the task while the state knows it. */
  private static About aboutTask(State state, Request request) {
    return state
        .task(request.subject().task())
        .map(t -> About.workflow(t.workflow()).task(t.id()))
        .orElseGet(About::ledger);
  }

  private static Ruling<Ruled> refuse(Request request, About about, Refusal why) {
    Actor by = new Actor.Workload(request.workload());
    return Refusals.recorded(new Refusals.Who("ExchangeToken", by, about), why, new Ruled.Say(why));
  }
}

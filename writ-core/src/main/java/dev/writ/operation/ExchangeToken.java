package dev.writ.operation;

import dev.writ.base.Entropy;
import dev.writ.base.TokenId;
import dev.writ.fact.About;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.Standing;
import dev.writ.state.State;
import dev.writ.state.Task;
import dev.writ.state.Token;
import dev.writ.token.Permission;
import dev.writ.token.SignedToken;
import dev.writ.token.VerifiedToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A delegate gets a token that can only be narrower (RFC 8693; the standard does not ask for that,
 * we do): scope, life, audience and depth stay within the subject token's.
 */
public final class ExchangeToken {
  private final TokenDesk desk;
  private final Entropy entropy;

  public ExchangeToken(Ledger ledger, TokenSigner signer, Entropy entropy, Audiences audiences) {
    this.desk = new TokenDesk(ledger, signer, audiences);
    this.entropy = entropy;
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

  public Reply run(Request request) {
    return switch (desk.issue(new Exchanging(request, TokenId.fresh(entropy)))) {
      case TokenDesk.Issue.Signed(SignedToken token) -> new Reply.Issued(token);
      case TokenDesk.Issue.Refused(Refusal why) -> new Reply.Refused(why);
    };
  }

  private record Exchanging(Request request, TokenId token) implements TokenDesk.Asking {
    @Override
    public TokenDesk.Wish wish() {
      return new TokenDesk.Wish(
          "ExchangeToken", request.workload(), request.audience(), request.key());
    }

    @Override
    public Ruling<TokenDesk.Ruled> rule(State state, Instant now, String audience) {
      return switch (Standing.of(state, request.subject().task(), request.subject().id(), now)) {
        case Standing.Dead(Standing.Why why) ->
            refuse(aboutTask(state), new Refusal.TokenNotLive(why));
        case Standing.Live live -> exchange(live, now, audience);
      };
    }

    private Ruling<TokenDesk.Ruled> exchange(Standing.Live live, Instant now, String audience) {
      Task.Open task = live.task();
      Token parent = live.token();
      Fact.Terms terms = live.writ().issued().terms();
      if (!live.writ().names(request.workload())) {
        return refuse(about(live), new Refusal.WorkloadNotNamed());
      }
      if (parent.depth() >= terms.delegationDepth()) {
        return refuse(about(live), new Refusal.TooDeep(terms.delegationDepth()));
      }
      if (task.liveTokens(now) >= Task.MOST_TOKENS) {
        return refuse(about(live), new Refusal.LimitReached("live tokens of a task"));
      }
      return switch (TokenDesk.within(parent.scope(), request.wanted())) {
        case TokenDesk.Granted.Beyond(Refusal why) -> refuse(about(live), why);
        case TokenDesk.Granted.Within granted -> exchanged(live, granted, now, audience);
      };
    }

    private Ruling<TokenDesk.Ruled> exchanged(
        Standing.Live live, TokenDesk.Granted.Within granted, Instant now, String audience) {
      Token parent = live.token();
      Fact.TokenIssued issued =
          new Fact.TokenIssued(
              token,
              Optional.of(parent.id()),
              request.workload(),
              audience,
              TokenTerms.tokenEnd(parent.until(), now),
              granted.narrowed(),
              Optional.empty());
      return Ruling.of(
          List.of(FactDraft.of(wish().by(), about(live), issued).under(request.key())),
          new TokenDesk.Ruled.Sign(
              TokenTerms.child(live.task(), parent, issued, granted.scope(), now)));
    }

    private static About about(Standing.Live live) {
      return About.workflow(live.task().workflow())
          .task(live.task().id())
          .dossier(live.writ().issued().dossier());
    }

    /** What the refusal is about: the task while the state knows it. */
    private About aboutTask(State state) {
      return state
          .task(request.subject().task())
          .map(t -> About.workflow(t.workflow()).task(t.id()))
          .orElseGet(About::ledger);
    }
  }
}

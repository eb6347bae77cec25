package dev.writ.operation;

import dev.writ.base.Entropy;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.fact.About;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import dev.writ.state.Task;
import dev.writ.state.Writ;
import dev.writ.token.Permission;
import dev.writ.token.SignedToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The workload that opened a task gets another first token for it: tokens live minutes, tasks may
 * live longer. The task's counters go on, and its end ends this token like the others.
 */
public final class RenewToken {
  private final TokenDesk desk;
  private final Entropy entropy;

  public RenewToken(Ledger ledger, TokenSigner signer, Entropy entropy, Audiences audiences) {
    this.desk = new TokenDesk(ledger, signer, audiences);
    this.entropy = entropy;
  }

  /**
   * @param workload the authenticated client
   * @param wanted a wish for less than the writ's scope; empty for all of it
   * @param audience the resource the token is for; the gateway when absent
   * @param key the client assertion's {@code jti}
   */
  public record Request(
      String workload,
      TaskId task,
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
    return switch (desk.issue(new Renewing(request, TokenId.fresh(entropy)))) {
      case TokenDesk.Issue.Signed(SignedToken token) -> new Reply.Issued(token);
      case TokenDesk.Issue.Refused(Refusal why) -> new Reply.Refused(why);
    };
  }

  /** The caller's own task, open, and what its tokens are about. */
  private record Found(Task.Open task, About about) {}

  private record Renewing(Request request, TokenId token) implements TokenDesk.Asking {
    @Override
    public TokenDesk.Wish wish() {
      return new TokenDesk.Wish(
          "RenewToken", request.workload(), request.audience(), request.key());
    }

    @Override
    public Ruling<TokenDesk.Ruled> rule(State state, Instant now, String audience) {
      Optional<Task> task = state.task(request.task());
      // Whose task it is comes first: a stranger is not told whether it is open.
      if (task.isEmpty()
          || !(task.get() instanceof Task.Open open)
          || !open.opened().workload().equals(request.workload())
          || !open.live(now)) {
        return refuse(About.ledger(), new Refusal.TaskNotOpen());
      }
      Optional<Writ> writ = state.writ(open.writ(), now);
      About about = About.workflow(open.workflow()).task(open.id());
      if (writ.isEmpty()) {
        return refuse(about, new Refusal.WritNotInForce());
      }
      if (open.liveTokens(now) >= Task.MOST_TOKENS) {
        return refuse(about, new Refusal.LimitReached("live tokens of a task"));
      }
      About under = about.dossier(writ.get().issued().dossier());
      return switch (TokenDesk.within(writ.get().issued().scope(), request.wanted())) {
        case TokenDesk.Granted.Beyond(Refusal why) -> refuse(about, why);
        case TokenDesk.Granted.Within granted ->
            renewed(new Found(open, under), granted, now, audience);
      };
    }

    private Ruling<TokenDesk.Ruled> renewed(
        Found found, TokenDesk.Granted.Within granted, Instant now, String audience) {
      Task.Open open = found.task();
      Fact.TokenIssued issued =
          new Fact.TokenIssued(
              token,
              Optional.empty(),
              request.workload(),
              audience,
              TokenTerms.tokenEnd(open.opened().until(), now),
              granted.narrowed(),
              Optional.empty());
      return Ruling.of(
          List.of(FactDraft.of(wish().by(), found.about(), issued).under(request.key())),
          new TokenDesk.Ruled.Sign(
              TokenTerms.first(open.id(), open.opened(), issued, granted.scope(), now)));
    }
  }
}

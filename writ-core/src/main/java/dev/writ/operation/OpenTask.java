package dev.writ.operation;

import dev.writ.base.Entropy;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.base.WritId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import dev.writ.state.Writ;
import dev.writ.token.Permission;
import dev.writ.token.SignedToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A workload begins one run of its writ and gets the run's first token. */
public final class OpenTask {
  private final TokenDesk desk;
  private final Entropy entropy;

  public OpenTask(Ledger ledger, TokenSigner signer, Entropy entropy, Audiences audiences) {
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
      WritId writ,
      List<Permission> wanted,
      Optional<String> audience,
      CommandKey key) {
    public Request {
      wanted = List.copyOf(wanted);
    }
  }

  public sealed interface Reply {
    record Opened(SignedToken token) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  public Reply run(Request request) {
    return switch (desk.issue(
        new Opening(request, TaskId.fresh(entropy), TokenId.fresh(entropy)))) {
      case TokenDesk.Issue.Signed(SignedToken token) -> new Reply.Opened(token);
      case TokenDesk.Issue.Refused(Refusal why) -> new Reply.Refused(why);
    };
  }

  private record Opening(Request request, TaskId task, TokenId token) implements TokenDesk.Asking {
    @Override
    public TokenDesk.Wish wish() {
      return new TokenDesk.Wish("OpenTask", request.workload(), request.audience(), request.key());
    }

    @Override
    public Ruling<TokenDesk.Ruled> rule(State state, Instant now, String audience) {
      Optional<Writ> found = state.writ(request.writ(), now);
      if (found.isEmpty()) {
        return refuse(About.ledger(), new Refusal.WritNotInForce());
      }
      Writ writ = found.get();
      About about = About.workflow(writ.workflow()).dossier(writ.issued().dossier());
      if (!writ.issued().workload().equals(request.workload())) {
        return refuse(about, new Refusal.WorkloadNotNamed());
      }
      if (state.tasks().size() >= State.MOST_TASKS) {
        return refuse(about, new Refusal.LimitReached("open tasks"));
      }
      return switch (TokenDesk.within(writ.issued().scope(), request.wanted())) {
        case TokenDesk.Granted.Beyond(Refusal why) -> refuse(about, why);
        case TokenDesk.Granted.Within granted -> opened(writ, granted, now, audience);
      };
    }

    private Ruling<TokenDesk.Ruled> opened(
        Writ writ, TokenDesk.Granted.Within granted, Instant now, String audience) {
      Fact.TaskOpened opened =
          new Fact.TaskOpened(
              writ.id(),
              request.workload(),
              writ.issued().requester(),
              Fact.Initiator.HUMAN,
              TokenTerms.taskEnd(writ, now));
      Fact.TokenIssued issued =
          new Fact.TokenIssued(
              token,
              Optional.empty(),
              request.workload(),
              audience,
              TokenTerms.tokenEnd(opened.until(), now),
              granted.narrowed(),
              Optional.empty());
      Actor by = wish().by();
      About of = About.workflow(writ.workflow()).dossier(writ.issued().dossier()).task(task);
      return Ruling.of(
          List.of(FactDraft.of(by, of, opened), FactDraft.of(by, of, issued).under(request.key())),
          new TokenDesk.Ruled.Sign(TokenTerms.first(task, opened, issued, granted.scope(), now)));
    }
  }
}

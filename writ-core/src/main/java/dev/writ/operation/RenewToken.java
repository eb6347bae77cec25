package dev.writ.operation;

import dev.writ.base.Entropy;
import dev.writ.base.TaskId;
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
import dev.writ.state.State;
import dev.writ.state.Task;
import dev.writ.state.Writ;
import dev.writ.token.Permission;
import dev.writ.token.Scope;
import dev.writ.token.SignedToken;
import dev.writ.token.TokenDraft;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The workload that opened a task gets another first token for it: tokens live minutes, tasks may
 * live longer. The task's counters go on, and its end ends this token like the others.
 */
public final class RenewToken {
  private final Ledger ledger;
  private final TokenSigner signer;
  private final Entropy entropy;
  private final Audiences audiences;

  public RenewToken(Ledger ledger, TokenSigner signer, Entropy entropy, Audiences audiences) {
    this.ledger = ledger;
    this.signer = signer;
    this.entropy = entropy;
    this.audiences = audiences;
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
    Optional<Task> task = state.task(request.task());
    // Whose task it is comes first: a stranger is not told whether it is open.
    if (task.isEmpty()
        || !(task.get() instanceof Task.Open open)
        || !open.opened().workload().equals(request.workload())
        || !open.live(now)) {
      return refuse(request, About.ledger(), new Refusal.TaskNotOpen());
    }
    Optional<Writ> writ = state.writ(open.writ(), now);
    About about = About.workflow(open.workflow()).task(open.id());
    if (writ.isEmpty()) {
      return refuse(request, about, new Refusal.WritNotInForce());
    }
    if (open.liveTokens(now) >= Task.MOST_TOKENS) {
      return refuse(request, about, new Refusal.LimitReached("live tokens of a task"));
    }
    Scope whole = writ.get().issued().scope();
    Optional<Scope> narrowed = Optional.empty();
    if (!request.wanted().isEmpty()) {
      switch (whole.narrow(request.wanted())) {
        case Scope.Narrowing.Narrowed(Scope scope) -> narrowed = Optional.of(scope);
        case Scope.Narrowing.Wider(List<Permission> offending) -> {
          return refuse(request, about, new Refusal.Wider(offending));
        }
      }
    }
    Fact.TokenIssued issued =
        new Fact.TokenIssued(
            fresh,
            Optional.empty(),
            request.workload(),
            audience,
            TokenTerms.tokenEnd(open.opened().until(), now),
            narrowed,
            Optional.empty());
    About under = about.dossier(writ.get().issued().dossier());
    return Ruling.of(
        List.of(
            FactDraft.of(new Actor.Workload(request.workload()), under, issued)
                .under(request.key())),
        new Ruled.Sign(
            TokenTerms.first(open.id(), open.opened(), issued, narrowed.orElse(whole), now)));
  }

  private static Ruling<Ruled> refuse(Request request, About about, Refusal why) {
    Actor by = new Actor.Workload(request.workload());
    return Refusals.recorded(new Refusals.Who("RenewToken", by, about), why, new Ruled.Say(why));
  }
}

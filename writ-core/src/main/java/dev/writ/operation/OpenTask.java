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
import dev.writ.fact.RecordedFact;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.Ruling;
import dev.writ.state.State;
import dev.writ.state.Writ;
import dev.writ.token.Permission;
import dev.writ.token.Scope;
import dev.writ.token.SignedToken;
import dev.writ.token.TokenDraft;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A workload begins one run of its writ and gets the run's first token. */
public final class OpenTask {
  private final Ledger ledger;
  private final TokenSigner signer;
  private final Entropy entropy;
  private final Audiences audiences;

  public OpenTask(Ledger ledger, TokenSigner signer, Entropy entropy, Audiences audiences) {
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

  private sealed interface Ruled {
    record Sign(TokenDraft draft) implements Ruled {}

    record Say(Refusal why) implements Ruled {}
  }

  private record Fresh(TaskId task, TokenId token) {}

  public Reply run(Request request) {
    Optional<String> audience = audiences.resolve(request.audience());
    if (audience.isEmpty()) {
      return new Reply.Refused(new Refusal.AudienceUnknown(request.audience().orElse("")));
    }
    Fresh fresh = new Fresh(TaskId.fresh(entropy), TokenId.fresh(entropy));
    // Record first, sign second: a crash between leaves a record of a token nobody holds.
    Ruled ruled =
        ledger
            .write(Command.of((state, now) -> rule(state, now, request, audience.get(), fresh)))
            .reply();
    return switch (ruled) {
      case Ruled.Sign(TokenDraft draft) -> new Reply.Opened(signer.sign(draft));
      case Ruled.Say(Refusal why) -> new Reply.Refused(why);
    };
  }

  private static Ruling<Ruled> rule(
      State state, Instant now, Request request, String audience, Fresh fresh) {
    Optional<RecordedFact> before = state.answered(request.key());
    if (before.isPresent()) {
      return Ruling.say(
          TokenTerms.repeat(state, before.get(), request.key())
              .<Ruled>map(Ruled.Sign::new)
              .orElseGet(() -> new Ruled.Say(new Refusal.KeyReused())));
    }
    Optional<Writ> found = state.writ(request.writ(), now);
    if (found.isEmpty()) {
      return refuse(request, About.ledger(), new Refusal.WritNotInForce());
    }
    Writ writ = found.get();
    About about = About.workflow(writ.workflow()).dossier(writ.issued().dossier());
    if (!writ.issued().workload().equals(request.workload())) {
      return refuse(request, about, new Refusal.WorkloadNotNamed());
    }
    if (state.tasks().size() >= State.MOST_TASKS) {
      return refuse(request, about, new Refusal.LimitReached("open tasks"));
    }
    Optional<Scope> narrowed = Optional.empty();
    if (!request.wanted().isEmpty()) {
      switch (writ.issued().scope().narrow(request.wanted())) {
        case Scope.Narrowing.Narrowed(Scope scope) -> narrowed = Optional.of(scope);
        case Scope.Narrowing.Wider(List<Permission> offending) -> {
          return refuse(request, about, new Refusal.Wider(offending));
        }
      }
    }
    Fact.TaskOpened opened =
        new Fact.TaskOpened(
            writ.id(),
            request.workload(),
            writ.issued().requester(),
            Fact.Initiator.HUMAN,
            TokenTerms.taskEnd(writ, now));
    Fact.TokenIssued issued =
        new Fact.TokenIssued(
            fresh.token(),
            Optional.empty(),
            request.workload(),
            audience,
            TokenTerms.tokenEnd(opened.until(), now),
            narrowed,
            Optional.empty());
    Actor by = new Actor.Workload(request.workload());
    About of = about.task(fresh.task());
    return Ruling.of(
        List.of(FactDraft.of(by, of, opened), FactDraft.of(by, of, issued).under(request.key())),
        new Ruled.Sign(
            TokenTerms.first(
                fresh.task(), opened, issued, narrowed.orElse(writ.issued().scope()), now)));
  }

  private static Ruling<Ruled> refuse(Request request, About about, Refusal why) {
    Actor by = new Actor.Workload(request.workload());
    return Refusals.recorded(new Refusals.Who("OpenTask", by, about), why, new Ruled.Say(why));
  }
}

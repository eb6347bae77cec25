package dev.writ.operation;

import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.fact.CommandKey;
import dev.writ.fact.Fact;
import dev.writ.fact.RecordedFact;
import dev.writ.state.State;
import dev.writ.state.Task;
import dev.writ.state.Token;
import dev.writ.state.Writ;
import dev.writ.token.Scope;
import dev.writ.token.TokenDraft;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long tokens live, and what they say: everything expires, token ≤ task ≤ writ (I3). */
final class TokenTerms {
  /** Longest life of a token. */
  static final Duration TOKEN_LIFE = TokenDraft.LONGEST_LIFE;

  private TokenTerms() {}

  static Instant taskEnd(Writ writ, Instant now) {
    Instant end = now.plus(writ.issued().terms().taskLife());
    return end.isBefore(writ.issued().terms().until()) ? end : writ.issued().terms().until();
  }

  /** Whole seconds, since {@code exp} is: the signed copy must not outlive the recorded one. */
  static Instant tokenEnd(Instant limit, Instant now) {
    Instant end = now.plus(TOKEN_LIFE);
    return (end.isBefore(limit) ? end : limit).truncatedTo(ChronoUnit.SECONDS);
  }

  /** The draft of a task's first token, before the fold has seen it. */
  static TokenDraft first(
      TaskId task, Fact.TaskOpened opened, Fact.TokenIssued issued, Scope scope, Instant now) {
    return new TokenDraft(
        issued.token(),
        task,
        opened.writ(),
        opened.requester(),
        opened.workload(),
        issued.workload(),
        List.of(),
        issued.audience(),
        now,
        issued.until(),
        scope,
        issued.thumbprint());
  }

  /** The draft of a token exchanged for {@code parent}. */
  static TokenDraft child(
      Task.Open task, Token parent, Fact.TokenIssued issued, Scope scope, Instant now) {
    List<String> actors = new ArrayList<>();
    actors.add(issued.workload());
    actors.addAll(actors(task, parent));
    return new TokenDraft(
        issued.token(),
        task.id(),
        task.writ(),
        task.opened().requester(),
        task.opened().workload(),
        issued.workload(),
        actors,
        issued.audience(),
        now,
        issued.until(),
        scope,
        issued.thumbprint());
  }

  /** The draft of a token the state holds: for a repeated request. */
  static TokenDraft draft(Task.Open task, TokenId id, Instant issued) {
    Token token = Optional.ofNullable(task.tokens().get(id)).orElseThrow();
    return new TokenDraft(
        token.id(),
        task.id(),
        task.writ(),
        task.opened().requester(),
        task.opened().workload(),
        token.workload(),
        actors(task, token),
        token.audience(),
        issued,
        token.until(),
        token.scope(),
        token.thumbprint());
  }

  /** The token that answered the same request before, as long as it is there to be given again. */
  static Optional<TokenDraft> repeat(State state, RecordedFact first, CommandKey key) {
    boolean same = first.draft().command().filter(key::sameRequest).isPresent();
    if (same
        && first.fact() instanceof Fact.TokenIssued issued
        && first.about().task().flatMap(state::task).orElse(null) instanceof Task.Open open
        && open.tokens().containsKey(issued.token())) {
      return Optional.of(draft(open, issued.token(), first.at()));
    }
    return Optional.empty();
  }

  /** Who acted, current actor first; a first token's holder is the subject, no actor. */
  static List<String> actors(Task.Open task, Token token) {
    List<String> actors = new ArrayList<>();
    Token each = token;
    while (each.parent().isPresent()) {
      actors.add(each.workload());
      each = Optional.ofNullable(task.tokens().get(each.parent().get())).orElseThrow();
    }
    return actors;
  }
}

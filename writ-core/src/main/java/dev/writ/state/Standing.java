package dev.writ.state;

import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import java.time.Instant;
import java.util.Optional;

/** Whether a token may be honoured: it, all its ancestors, its task and its writ must be live. */
public sealed interface Standing {
  /** Everything it hangs on is live. */
  record Live(Task.Open task, Writ writ, Token token) implements Standing {}

  /** Something is not. */
  record Dead(Why why) implements Standing {}

  /** What was found not to be live, nearest to the writ first. */
  enum Why {
    TASK_UNKNOWN,
    TASK_ENDED,
    TASK_OVER,
    WRIT_OVER,
    TOKEN_UNKNOWN,
    TOKEN_EXPIRED
  }

  /** Asks the state; costs the length of the token's chain. */
  static Standing of(State state, TaskId taskId, TokenId tokenId, Instant now) {
    Optional<Task> task = state.task(taskId);
    if (task.isEmpty()) {
      return new Dead(Why.TASK_UNKNOWN);
    }
    if (!(task.get() instanceof Task.Open open)) {
      return new Dead(Why.TASK_ENDED);
    }
    if (!open.live(now)) {
      return new Dead(Why.TASK_OVER);
    }
    Optional<Writ> writ = state.writ(open.writ(), now);
    if (writ.isEmpty()) {
      return new Dead(Why.WRIT_OVER);
    }
    Token token = open.tokens().get(tokenId);
    if (token == null) {
      return new Dead(Why.TOKEN_UNKNOWN);
    }
    for (Token each = token; ; ) {
      if (!now.isBefore(each.until())) {
        return new Dead(Why.TOKEN_EXPIRED);
      }
      if (each.parent().isEmpty()) {
        return new Live(open, writ.get(), token);
      }
      Token parent = open.tokens().get(each.parent().get());
      if (parent == null) {
        return new Dead(Why.TOKEN_UNKNOWN);
      }
      each = parent;
    }
  }
}

package dev.writ.state;

import dev.writ.base.CallId;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.Fact;
import dev.writ.fact.Link;
import java.time.Instant;
import java.util.Map;
import org.pcollections.PVector;
import org.pcollections.TreePMap;

/** One run by one workload for one requester. Code that needs a live task takes {@link Open}. */
public sealed interface Task {
  TaskId id();

  WorkflowId workflow();

  WritId writ();

  /** The task's latest fact. */
  Link last();

  /** Allowed calls without an outcome. */
  TreePMap<CallId, OpenCall> calls();

  Task last(Link link);

  Task calls(TreePMap<CallId, OpenCall> next);

  /** Most tokens of one task that have not expired. */
  int MOST_TOKENS = 256;

  /** Most allowed calls of one task without an outcome. */
  int MOST_OPEN_CALLS = 256;

  /**
   * A task that was opened and not ended; whether it is over by time is asked with {@link #live}.
   *
   * @param used counters by name, such as {@code calls}
   */
  record Open(
      TaskId id,
      WorkflowId workflow,
      Fact.TaskOpened opened,
      Link last,
      TreePMap<TokenId, Token> tokens,
      TreePMap<CallId, OpenCall> calls,
      TreePMap<String, Long> used)
      implements Task {
    @Override
    public WritId writ() {
      return opened.writ();
    }

    /** Whether it may still run then. */
    public boolean live(Instant now) {
      return now.isBefore(opened.until());
    }

    @Override
    public Open last(Link link) {
      return new Open(id, workflow, opened, link, tokens, calls, used);
    }

    Open tokens(TreePMap<TokenId, Token> next) {
      return new Open(id, workflow, opened, last, next, calls, used);
    }

    @Override
    public Open calls(TreePMap<CallId, OpenCall> next) {
      return new Open(id, workflow, opened, last, tokens, next, used);
    }

    Open counted(Map<String, Long> more) {
      if (more.isEmpty()) {
        return this;
      }
      TreePMap<String, Long> sum = used;
      for (Map.Entry<String, Long> count : more.entrySet()) {
        long before = sum.getOrDefault(count.getKey(), 0L);
        sum = sum.plus(count.getKey(), Math.addExact(before, count.getValue()));
      }
      return new Open(id, workflow, opened, last, tokens, calls, sum);
    }

    /** How many tokens have not expired then. */
    public long liveTokens(Instant now) {
      return tokens.values().stream().filter(t -> now.isBefore(t.until())).count();
    }
  }

  /**
   * A task that ended and whose allowed calls have not all come to an end.
   *
   * @param lost calls that may have reached an upstream and could not be called back
   */
  record Ended(
      TaskId id,
      WorkflowId workflow,
      WritId writ,
      Instant at,
      Fact.Cause cause,
      Link last,
      TreePMap<CallId, OpenCall> calls,
      PVector<CallId> lost)
      implements Task {
    @Override
    public Ended last(Link link) {
      return new Ended(id, workflow, writ, at, cause, link, calls, lost);
    }

    @Override
    public Ended calls(TreePMap<CallId, OpenCall> next) {
      return new Ended(id, workflow, writ, at, cause, last, next, lost);
    }

    Ended lost(CallId call) {
      return new Ended(id, workflow, writ, at, cause, last, calls, lost.plus(call));
    }
  }
}

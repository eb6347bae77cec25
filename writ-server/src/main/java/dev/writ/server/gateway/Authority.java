package dev.writ.server.gateway;

import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import java.util.List;

/**
 * Who decides. The gateway verifies signatures and relays; liveness, policy and the record are the
 * authority's. Every method may throw {@link AuthorityDown}, and then nothing may happen.
 */
public interface Authority {
  /** Most outcomes in one {@link #record}. */
  int MOST_OUTCOMES = 64;

  /**
   * Decides one call. The decision is durable when this returns. The same caller key again gets
   * {@link Decided.Repeated}, whatever was decided, so that no call is sent twice.
   */
  Decided decide(CallQuestion question);

  /**
   * Records what came of allowed calls; durable when this returns. The gateway repeats a batch
   * whose acknowledgement it did not get: an outcome for a call that has one is ignored.
   */
  void record(List<CallOutcome> outcomes);

  /** The tools a token's holder may see, and whether the token is live at all. */
  ToolsSeen tools(TaskId task, TokenId token);

  /** What ended lately, as far as this process knows; never waits. */
  RevocationFeed revocations();
}

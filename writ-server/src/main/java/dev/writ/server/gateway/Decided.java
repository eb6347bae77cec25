package dev.writ.server.gateway;

import dev.writ.base.CallId;
import dev.writ.base.Json;
import dev.writ.server.upstream.Upstream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What the authority said to a {@link CallQuestion}. */
public sealed interface Decided {
  /** Longest an allow may be good for (invariant I5). */
  Duration LONGEST_PERMIT = Duration.ofSeconds(2);

  /**
   * The call may be sent.
   *
   * @param sendWithin counted by the gateway from before it asked, on the monotonic clock
   * @param upstreamTool the tool's name at the upstream
   * @param arguments what to send: the decided arguments, nothing else
   * @param hangsOn ids (workflow, writ, task, token and its ancestors) whose end ends this permit
   * @param counters what the answer is to be counted by: counter name to a JSON pointer (RFC 6901)
   *     into the structured result, where an array counts its items and a number itself
   * @param policies names of the determining policies
   */
  record Allowed(
      CallId call,
      Duration sendWithin,
      Upstream upstream,
      String upstreamTool,
      Json.Obj arguments,
      List<String> hangsOn,
      NavigableMap<String, String> counters,
      List<String> policies)
      implements Decided {
    public Allowed {
      policies = List.copyOf(policies);
      hangsOn = List.copyOf(hangsOn);
      counters = Collections.unmodifiableNavigableMap(new TreeMap<>(counters));
      if (sendWithin.compareTo(LONGEST_PERMIT) > 0) {
        throw new IllegalArgumentException("an allow is good for two seconds at most");
      }
    }
  }

  /**
   * Policy, the token or the catalogue says no.
   *
   * @param call the decision's id; absent when it was not recorded as one
   * @param reason a stable name, such as {@code forbidden} or {@code unknown-tool}
   * @param policies ids of the determining policies
   * @param message what and why, for the agent
   * @param next what the agent, or its people, can do; may be empty
   */
  record Denied(
      Optional<CallId> call, String reason, List<String> policies, String message, String next)
      implements Decided {
    public Denied {
      policies = List.copyOf(policies);
    }
  }

  /**
   * The token is not live: unknown, revoked, over, or its task is.
   *
   * @param reason a stable name, such as {@code token-revoked}
   */
  record Refused(String reason, String message) implements Decided {}

  /** This caller key was decided before; the call is not sent again. */
  record Repeated(CallId call) implements Decided {}
}

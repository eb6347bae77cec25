package dev.writ.server.gateway;

import dev.writ.base.CallId;
import dev.writ.base.TaskId;
import dev.writ.fact.Fact;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What came of one allowed call. */
public record CallOutcome(CallId call, TaskId task, Ending ending) {
  /** The kinds of outcome; each becomes a fact. */
  public sealed interface Ending {
    /**
     * The upstream answered.
     *
     * @param result the tool's result, as JSON text, at most 1 MiB
     * @param toolError whether the tool said that it failed
     * @param used what the answer adds to the task's counters
     */
    record Returned(String result, boolean toolError, NavigableMap<String, Long> used)
        implements Ending {
      public Returned {
        used = Collections.unmodifiableNavigableMap(new TreeMap<>(used));
      }
    }

    /** The upstream got the call and failed; {@code cause} is a stable name. */
    record Failed(String cause) implements Ending {}

    /** The call was never sent, or nobody knows what became of it. */
    record Lost(Fact.Sent sent) implements Ending {}
  }

  /** About how much memory it takes, in bytes. */
  int weight() {
    return switch (ending) {
      case Ending.Returned returned -> 256 + 2 * returned.result().length();
      case Ending.Failed f -> 256;
      case Ending.Lost l -> 256;
    };
  }
}

package dev.writ.state;

import dev.writ.base.CallId;
import dev.writ.base.TokenId;
import java.time.Instant;
import java.util.List;

/**
 * A call that was allowed and has no outcome yet.
 *
 * @param counters names of the counters it added to, by which its rows are counted too
 */
public record OpenCall(
    CallId id,
    TokenId token,
    String tool,
    Instant decided,
    Instant sendUntil,
    List<String> counters) {
  public OpenCall {
    counters = List.copyOf(counters);
  }
}

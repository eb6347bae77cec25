package dev.writ.server.oauth;

import dev.writ.base.Digest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Which client assertions this node has seen, until each is over. Commands carry the assertion into
 * the ledger, which refuses another use on every node; questions, which write nothing, are guarded
 * here. Threads may share one.
 */
final class UsedAssertions {
  /** Most assertions remembered; beyond, questions are refused until some are over. */
  static final int MOST = 100_000;

  private final Map<Digest, Instant> used = new HashMap<>();
  private Instant swept = Instant.EPOCH;

  /** Notes a use; false when it was used before. */
  synchronized boolean first(ClientCheck.Known client, Instant now) {
    sweep(now);
    return used.size() < MOST && used.putIfAbsent(key(client), client.until()) == null;
  }

  /** Notes a use by a command, which the ledger guards. */
  synchronized void note(ClientCheck.Known client, Instant now) {
    sweep(now);
    if (used.size() < MOST) {
      used.put(key(client), client.until());
    }
  }

  private void sweep(Instant now) {
    if (swept.plusSeconds(10).isBefore(now) || used.size() >= MOST) {
      used.values().removeIf(end -> !now.isBefore(end));
      swept = now;
    }
  }

  /** Digest of caller and key together, so that callers cannot meet each other's keys. */
  static Digest key(ClientCheck.Known client) {
    return Digest.ofText("client assertion\n" + client.workload() + "\n" + client.assertion());
  }
}

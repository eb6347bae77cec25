package dev.writ.server.oauth;

import dev.writ.base.Digest;
import dev.writ.ledger.LedgerFault;
import dev.writ.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Which client assertions were used. Those of commands stand in the ledger's state, on every node;
 * those of questions, which write nothing, are remembered by the node that was asked, in two
 * generations, so that forgetting costs nothing. Threads may share one.
 */
final class UsedAssertions {
  /** Most assertions of one generation; beyond, questions get 503. */
  static final int MOST = 500_000;

  /** How long a generation grows: no assertion is good for longer. */
  static final Duration SPAN = ClientAssertions.LONGEST_LIFE.plus(ClientAssertions.LEEWAY);

  private final int most;
  private Set<Digest> young = new HashSet<>();
  private Set<Digest> old = new HashSet<>();
  private Instant turn = Instant.EPOCH;

  UsedAssertions() {
    this(MOST);
  }

  UsedAssertions(int most) {
    this.most = most;
  }

  /** Notes a question; false when its assertion was used before, by a command or a question. */
  synchronized boolean first(ClientCheck.Known client, State state, Instant now) {
    if (!now.isBefore(turn)) {
      old = now.isBefore(turn.plus(SPAN)) ? young : new HashSet<>();
      young = new HashSet<>();
      turn = now.plus(SPAN);
    }
    Digest key = key(client);
    if (old.contains(key) || state.answered().byKey().containsKey(key)) {
      return false;
    }
    if (young.size() >= most && !young.contains(key)) {
      throw new LedgerFault.Busy("more client assertions than are remembered");
    }
    return young.add(key);
  }

  /** Digest of caller and key together, so that callers cannot meet each other's keys. */
  static Digest key(ClientCheck.Known client) {
    return Digest.ofText("client assertion\n" + client.workload() + "\n" + client.assertion());
  }
}

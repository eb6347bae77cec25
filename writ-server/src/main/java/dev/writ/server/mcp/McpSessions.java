package dev.writ.server.mcp;

import dev.writ.base.Entropy;
import dev.writ.ledger.MonotonicClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open MCP sessions. A session carries no authority: every request brings its token, and the
 * session only serves the owner that opened it. Lost with the process; clients open another.
 */
public final class McpSessions {
  public static final int MOST = 20_000;
  public static final int MOST_OF_ONE = 32;
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(30);
  private final Entropy entropy;
  private final MonotonicClock clock;
  private final LinkedHashMap<String, Held> byId = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, List<String>> byOwner = new LinkedHashMap<>();

  public record Session(String id, String version) {}

  private record Held(Session session, String owner, long usedNanos) {}

  public McpSessions(Entropy entropy, MonotonicClock clock) {
    this.entropy = entropy;
    this.clock = clock;
  }

  /** Opens a session; of one owner's too many the oldest ends. Empty when there are too many. */
  public synchronized Optional<Session> open(String owner, String version) {
    sweep();
    List<String> own = byOwner.computeIfAbsent(owner, o -> new ArrayList<>());
    if (own.size() >= MOST_OF_ONE) {
      byId.remove(own.removeFirst());
    }
    if (byId.size() >= MOST) {
      if (own.isEmpty()) {
        byOwner.remove(owner);
      }
      return Optional.empty();
    }
    Session session = new Session(HexFormat.of().formatHex(entropy.bytes(16)), version);
    byId.put(session.id(), new Held(session, owner, clock.nanos()));
    own.add(session.id());
    return Optional.of(session);
  }

  /** The caller's session with this id; somebody else's is as unknown as none. */
  public synchronized Optional<Session> find(String id, String owner) {
    Held held = byId.get(id);
    if (held == null || !held.owner().equals(owner) || isOld(held)) {
      return Optional.empty();
    }
    byId.put(id, new Held(held.session(), held.owner(), clock.nanos()));
    return Optional.of(held.session());
  }

  /** Ends the owner's session; false when there is none with this id. */
  public synchronized boolean close(String id, String owner) {
    boolean found = find(id, owner).isPresent();
    if (found) {
      byId.remove(id);
      drop(owner, id);
    }
    return found;
  }

  /** How many are open. */
  public synchronized int size() {
    return byId.size();
  }

  private boolean isOld(Held held) {
    return clock.nanos() - held.usedNanos() > LONGEST_IDLE.toNanos();
  }

  /** In order of use, so the first that is not old ends the search. */
  private void sweep() {
    Iterator<Map.Entry<String, Held>> oldest = byId.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<String, Held> entry = oldest.next();
      if (!isOld(entry.getValue())) {
        return;
      }
      oldest.remove();
      drop(entry.getValue().owner(), entry.getKey());
    }
  }

  private void drop(String owner, String id) {
    List<String> own = byOwner.get(owner);
    if (own != null) {
      own.remove(id);
      if (own.isEmpty()) {
        byOwner.remove(owner);
      }
    }
  }
}

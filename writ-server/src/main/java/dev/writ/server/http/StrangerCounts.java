package dev.writ.server.http;

import dev.writ.fact.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Strangers' refusals in memory until a chore writes them, once a minute, as one summary fact per
 * door and problem. Threads may share one.
 */
public final class StrangerCounts implements StrangerLog {
  /** Most doors and problems together; a rule writes at most 64 facts. */
  public static final int MOST = 64;

  private final TreeMap<Key, Long> counts = new TreeMap<>();

  private record Key(String door, String problem) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byDoor = door.compareTo(other.door);
      return byDoor != 0 ? byDoor : problem.compareTo(other.problem);
    }
  }

  @Override
  public synchronized void refused(String door, String problem) {
    add(new Key(door, problem), 1);
  }

  private void add(Key key, long count) {
    boolean room = counts.size() < MOST - 1 || counts.containsKey(key);
    counts.merge(room ? key : new Key("other", "other"), count, Long::sum);
  }

  /** The summary facts, and starts counting anew; put back what could not be written. */
  public synchronized List<Fact.StrangersRefused> take() {
    List<Fact.StrangersRefused> facts = new ArrayList<>();
    counts.forEach((k, n) -> facts.add(new Fact.StrangersRefused(k.door(), k.problem(), n)));
    counts.clear();
    return facts;
  }

  /** Counts again what {@link #take} gave and the ledger did not. */
  public synchronized void putBack(List<Fact.StrangersRefused> facts) {
    facts.forEach(f -> add(new Key(f.door(), f.problem()), f.count()));
  }
}

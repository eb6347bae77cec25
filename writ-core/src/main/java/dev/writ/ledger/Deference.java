package dev.writ.ledger;

import dev.writ.base.NodeId;
import java.util.Map;
import java.util.Optional;
import org.pcollections.TreePMap;

/**
 * Whether a node hands its commands to another instead of fighting it for the lock: it looks at who
 * wrote how many facts lately, and so does the other, so that between two that both write exactly
 * one defers. Immutable; a hint, on which nothing's correctness depends.
 *
 * @param self the node
 * @param own facts it wrote lately
 * @param others facts that others wrote lately
 * @param at when these counts were last aged, monotonic nanoseconds
 */
public record Deference(NodeId self, long own, TreePMap<NodeId, Long> others, long at) {
  /** Counts are halved this often: 100 ms. */
  private static final long HALF_LIFE = 100_000_000L;

  private static final int LONGEST_SHIFT = 62;

  /** A node that has seen nothing. */
  public static Deference none(NodeId self, long nanos) {
    return new Deference(self, 0, TreePMap.empty(), nanos);
  }

  /** The node wrote so many facts. */
  public Deference wrote(long facts, long nanos) {
    Deference aged = aged(nanos);
    return new Deference(self, aged.own + facts, aged.others, aged.at);
  }

  /** So many facts of others were folded; the holder wrote the last of them. */
  public Deference followed(NodeId holder, long facts, long nanos) {
    Deference aged = aged(nanos);
    if (holder.equals(self)) {
      return aged;
    }
    long sum = facts + aged.others.getOrDefault(holder, 0L);
    return new Deference(self, aged.own, aged.others.plus(holder, sum), aged.at);
  }

  /**
   * Who is to write for this node now; itself when empty. A node yields to one of lower id that
   * writes half as much, and to one of higher id only when that writes more than twice as much, so
   * that of two that see the same counts one yields.
   */
  public Optional<NodeId> to(long nanos) {
    Deference now = aged(nanos);
    Optional<Map.Entry<NodeId, Long>> most =
        now.others.entrySet().stream().max(Map.Entry.comparingByValue());
    return most.filter(other ->
            self.compareTo(other.getKey()) > 0
                ? 2 * other.getValue() >= now.own
                : other.getValue() > 2 * now.own)
        .map(Map.Entry::getKey);
  }

  private Deference aged(long nanos) {
    int halvings = (int) Math.min(LONGEST_SHIFT, (nanos - at) / HALF_LIFE);
    if (halvings <= 0) {
      return this;
    }
    TreePMap<NodeId, Long> left = TreePMap.empty();
    for (Map.Entry<NodeId, Long> each : others.entrySet()) {
      long count = each.getValue() >> halvings;
      if (count > 0) {
        left = left.plus(each.getKey(), count);
      }
    }
    return new Deference(self, own >> halvings, left, at + halvings * HALF_LIFE);
  }
}

package dev.writ.state;

import dev.writ.base.Digest;
import dev.writ.fact.RecordedFact;
import java.time.Instant;
import org.pcollections.TreePMap;

/**
 * The caller's keys that are remembered, with the fact that answered each.
 *
 * @param byKey the first fact under each key
 * @param byEnd the same keys in the order in which they are forgotten
 */
public record Answered(TreePMap<Digest, RecordedFact> byKey, TreePMap<End, Digest> byEnd) {
  /** Most keys remembered at once; beyond, commands with a key are refused as busy. */
  public static final int MOST = 1_000_000;

  private static final int FORGOTTEN_AT_ONCE = 64;

  /** When a key is forgotten; unique because the position is. */
  public record End(Instant at, long position) implements Comparable<End> {
    @Override
    public int compareTo(End other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(position, other.position);
    }
  }

  static Answered none() {
    return new Answered(TreePMap.empty(), TreePMap.empty());
  }

  /** Forgets what ended before {@code fact}, and remembers its key when it has one. */
  Answered fold(RecordedFact fact) {
    TreePMap<Digest, RecordedFact> keys = byKey;
    TreePMap<End, Digest> ends = byEnd;
    boolean changed = false;
    for (int i = 0; i < FORGOTTEN_AT_ONCE && !ends.isEmpty(); i++) {
      End first = ends.firstKey();
      if (!first.at().isBefore(fact.at())) {
        break;
      }
      Digest key = ends.get(first);
      keys = key == null ? keys : keys.minus(key);
      ends = ends.minus(first);
      changed = true;
    }
    if (fact.draft().command().isPresent()) {
      var command = fact.draft().command().get();
      // A rule that writes several facts puts its key on each; the first one answers.
      if (!keys.containsKey(command.key())) {
        keys = keys.plus(command.key(), fact);
        ends = ends.plus(new End(command.until(), fact.position()), command.key());
        changed = true;
      }
    }
    return changed ? new Answered(keys, ends) : this;
  }

  /** With one more remembered key, as read from a snapshot. */
  Answered with(RecordedFact fact) {
    var command =
        fact.draft()
            .command()
            .orElseThrow(() -> new IllegalArgumentException("an answer without a key"));
    End end = new End(command.until(), fact.position());
    return new Answered(byKey.plus(command.key(), fact), byEnd.plus(end, command.key()));
  }
}

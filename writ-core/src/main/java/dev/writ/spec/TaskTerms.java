package dev.writ.spec;

import dev.writ.form.Names;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/**
 * The terms of one run.
 *
 * @param life longest run: from one second to {@link #LONGEST_LIFE}, whole seconds
 * @param depth how often a token may be handed on, 0 to {@link #DEEPEST}
 * @param to agents it may be handed to, sorted; empty exactly when the depth is 0
 */
public record TaskTerms(Duration life, int depth, List<String> to) {
  /** Longest life of a task. */
  public static final Duration LONGEST_LIFE = Duration.ofHours(24);

  /** Longest chain of delegation. */
  public static final int DEEPEST = 8;

  public TaskTerms {
    if (!wellFormed(life)) {
      throw new IllegalArgumentException("a task lives 1 second to 24 hours, not " + life);
    }
    if (depth < 0 || depth > DEEPEST || (depth == 0) != to.isEmpty()) {
      throw new IllegalArgumentException("delegation of depth " + depth + " to " + to);
    }
    to.forEach(Names::require);
    to = List.copyOf(new TreeSet<>(to));
  }

  static boolean wellFormed(Duration life) {
    return life.isPositive() && life.compareTo(LONGEST_LIFE) <= 0 && life.toNanosPart() == 0;
  }
}

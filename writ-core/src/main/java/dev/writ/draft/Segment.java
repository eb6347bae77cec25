package dev.writ.draft;

import dev.writ.draft.Lexicon.Mention;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of one sentence about one resource: what is said of it before the next verb or
 * resource. Words of one segment never say anything about another.
 *
 * @param limits quotes of limits on rows and calls
 * @param negative a "not" stands before the resource: this is prohibited
 * @param doubtful an "or", an "if" or the like, an "and" between its parts, or a "not" before it in
 *     the sentence: it has no one reading
 * @param excluding a "not" or "except" stands after the resource: environments and targets named
 *     here may be those that are left out
 */
record Segment(
    List<Mention> actions,
    Optional<Mention> resource,
    List<Mention> environments,
    List<Mention> targets,
    List<Quote> limits,
    boolean negative,
    boolean doubtful,
    boolean excluding) {
  Segment {
    actions = List.copyOf(actions);
    environments = List.copyOf(environments);
    targets = List.copyOf(targets);
    limits = List.copyOf(limits);
  }
}

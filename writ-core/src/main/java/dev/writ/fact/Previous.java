package dev.writ.fact;

import java.util.Optional;

/**
 * The links by which somebody who holds one workflow's facts and a checkpoint sees that none is
 * missing.
 *
 * @param workflow the previous fact of the same workflow; absent for its first
 * @param task the previous fact of the same task; absent for its first
 */
public record Previous(Optional<Link> workflow, Optional<Link> task) {
  public static Previous none() {
    return new Previous(Optional.empty(), Optional.empty());
  }
}

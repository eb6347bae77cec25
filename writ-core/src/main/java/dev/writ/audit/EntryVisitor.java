package dev.writ.audit;

import dev.writ.base.Digest;
import dev.writ.base.Problem;
import java.util.Optional;

/**
 * Sees every entry of a log while the log is verified, in order, once. It gives an entry its
 * meaning: this room knows bytes alone.
 */
@FunctionalInterface
public interface EntryVisitor {
  /** Finds nothing wrong with any entry. */
  EntryVisitor NONE = (position, entry, leafHash) -> Optional.empty();

  /**
   * What is wrong with this entry, if anything; a problem ends the verification.
   *
   * @param position the entry's place in the log, from 0
   * @param entry its bytes, which the visitor does not change
   * @param leafHash their leaf hash
   */
  Optional<Problem> visit(long position, byte[] entry, Digest leafHash);
}

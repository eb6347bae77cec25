package dev.writ.ledger;

import dev.writ.audit.EntryVisitor;
import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.fact.Entry;
import dev.writ.state.Fold;
import dev.writ.state.State;
import java.util.List;
import java.util.Optional;

/**
 * Gives a whole log its meaning while it is verified: every entry is a canonical fact in its place,
 * every chain holds, and the fold accepts it. Afterwards {@link #state} is the state that the
 * ledger must have.
 */
public final class WholeLog implements EntryVisitor {
  private State state = State.empty();

  /** The state after all entries visited so far. */
  public State state() {
    return state;
  }

  @Override
  public Optional<Problem> visit(long position, byte[] entry, Digest leafHash) {
    return switch (Entry.parse(entry)) {
      case Parsed.Refused<Entry>(List<Problem> problems) ->
          Optional.of(problems.getFirst().within("entry " + position));
      case Parsed.Ok<Entry>(Entry parsed) -> fold(position, parsed, leafHash);
    };
  }

  private Optional<Problem> fold(long position, Entry entry, Digest leafHash) {
    if (!entry.leaf().equals(leafHash)) {
      return Optional.of(
          new Problem("entry " + position, "has another leaf hash", "fetch the log again"));
    }
    try {
      state = Fold.apply(state, entry);
      return Optional.empty();
    } catch (Fold.BrokenChain | IllegalArgumentException | ArithmeticException e) {
      return Optional.of(
          new Problem("entry " + position, String.valueOf(e.getMessage()), "fetch the log again"));
    }
  }
}

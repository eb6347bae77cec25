package dev.writ.ledger;

import dev.writ.audit.TreeEdge;
import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.fact.Entry;
import dev.writ.state.Fold;
import dev.writ.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a reader of the log stands: the state, the right edge of the tree and the last entry's leaf
 * hash, folded together. Immutable. It is worth believing only when its root is that of a head
 * whose seal is right.
 */
public record Standing(State state, TreeEdge edge, Optional<Digest> last) {
  public Standing {
    if (state.size() != edge.size() || (state.size() > 0) != last.isPresent()) {
      throw new IllegalArgumentException("state, tree and last entry are of different logs");
    }
  }

  /** A stored entry does not belong where it stands. */
  public static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Fork.Reason reason;

    Broken(Fork.Reason reason, String message) {
      super(message);
      this.reason = reason;
    }

    public Fork.Reason reason() {
      return reason;
    }
  }

  /** Before the first entry. */
  public static Standing empty() {
    return new Standing(State.empty(), TreeEdge.EMPTY, Optional.empty());
  }

  /** How many entries are folded. */
  public long size() {
    return state.size();
  }

  public Digest root() {
    return edge.root();
  }

  /** Position from which a catch-up read starts: our own last entry, so that it can be compared. */
  public long readFrom() {
    return Math.max(0, size() - 1);
  }

  /**
   * The standing after stored entries, read from {@link #readFrom} on; the first of them is our own
   * last one. Throws {@link Broken} when that one is another, or one does not parse, link or fold.
   */
  public Standing read(List<byte[]> stored, Consumer<Entry> visitor) {
    List<byte[]> fresh = stored;
    if (last.isPresent()) {
      if (stored.isEmpty()) {
        throw new Broken(Fork.Reason.MISSING_ENTRY, "entry " + readFrom() + " is not there");
      }
      if (!Entry.leafHash(stored.getFirst()).equals(last.get())) {
        throw new Broken(
            Fork.Reason.OTHER_ENTRY, "entry " + readFrom() + " is not the one folded here");
      }
      fresh = stored.subList(1, stored.size());
    }
    return fold(fresh, visitor);
  }

  /** The standing after the next entries, each shown to the visitor. Throws {@link Broken}. */
  public Standing fold(List<byte[]> entries, Consumer<Entry> visitor) {
    if (entries.isEmpty()) {
      return this;
    }
    State next = state;
    List<Digest> leaves = new ArrayList<>(entries.size());
    for (byte[] bytes : entries) {
      Entry entry =
          switch (Entry.parse(bytes)) {
            case Parsed.Ok<Entry>(Entry parsed) -> parsed;
            case Parsed.Refused<Entry>(List<Problem> problems) ->
                throw new Broken(
                    Fork.Reason.BROKEN_ENTRY, "entry " + next.size() + ": " + problems);
          };
      try {
        next = Fold.apply(next, entry);
      } catch (Fold.BrokenChain e) {
        throw new Broken(Fork.Reason.BROKEN_ENTRY, String.valueOf(e.getMessage()));
      }
      leaves.add(entry.leaf());
      visitor.accept(entry);
    }
    return new Standing(next, edge.append(leaves).edge(), Optional.of(leaves.getLast()));
  }
}

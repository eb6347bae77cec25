package dev.writ.ledger;

import dev.writ.audit.EntryVisitor;
import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.fact.Entry;
import dev.writ.state.Fold;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives the entries of a log that is being verified their meaning: each must be a fact in canonical
 * bytes, name its workflow's and its task's previous fact, and continue the state. One instance
 * sees one log.
 */
public final class FoldingVisitor implements EntryVisitor {
  private final Consumer<Entry> next;

  /** A visitor that folds. */
  public FoldingVisitor() {
    this(new Folding());
  }

  /**
   * @param next what takes each parsed entry; it throws {@link Fold.BrokenChain} for one that does
   *     not continue the last
   */
  public FoldingVisitor(Consumer<Entry> next) {
    this.next = next;
  }

  private static final class Folding implements Consumer<Entry> {
    private dev.writ.state.State state = dev.writ.state.State.empty();

    @Override
    public void accept(Entry entry) {
      state = Fold.apply(state, entry);
    }
  }

  @Override
  public Optional<Problem> visit(long position, byte[] bytes, Digest leafHash) {
    return switch (Entry.parse(bytes)) {
      case Parsed.Refused<Entry>(List<Problem> problems) -> Optional.of(problems.getFirst());
      case Parsed.Ok<Entry>(Entry entry) -> {
        try {
          next.accept(entry);
          yield Optional.empty();
        } catch (Fold.BrokenChain | ArithmeticException broken) {
          // A forged log may drive a counter past its range; that is no log of ours either.
          yield Optional.of(
              new Problem(
                  "entry " + position,
                  String.valueOf(broken.getMessage()),
                  "ask for an untampered copy"));
        }
      }
    };
  }
}

package dev.writ.server.oauth;

import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Command;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.Ruling;
import dev.writ.ledger.Written;
import dev.writ.state.Fold;
import dev.writ.state.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A ledger of one process without a store: rules run and fold for real, one at a time. */
final class OneStateLedger implements Ledger {
  private final InstantSource time;
  private final List<Fact> facts = new ArrayList<>();
  private State state = State.empty();
  private boolean down;

  OneStateLedger(InstantSource time) {
    this.time = time;
  }

  @Override
  public synchronized <R> Written<R> write(Command<R> command) {
    requireUp();
    long first = state.size();
    Ruling<R> ruling = command.rule().run(state, time.instant());
    for (FactDraft draft : ruling.facts()) {
      state = Fold.append(state, time.instant(), draft).state();
      facts.add(draft.fact());
    }
    return new Written<>(ruling.reply(), first, ruling.facts().size(), state.size());
  }

  @Override
  public synchronized State published() {
    return state;
  }

  @Override
  public synchronized State confirmed() {
    requireUp();
    return state;
  }

  private void requireUp() {
    if (down) {
      throw new LedgerFault.Unavailable("the store is at db.internal");
    }
  }

  synchronized void down(boolean now) {
    down = now;
  }

  /** Every fact in order. */
  synchronized List<Fact> facts() {
    return List.copyOf(facts);
  }
}

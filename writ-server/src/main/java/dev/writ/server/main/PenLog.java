package dev.writ.server.main;

import dev.writ.ledger.Fork;
import dev.writ.ledger.PenWatch;
import dev.writ.ledger.Published;
import dev.writ.state.State;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator hears of the pen: that nothing can be written and why, once until that changes;
 * that it can again; and a fork. Called by the writer's thread alone.
 */
final class PenLog implements PenWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PenLog.class);

  private final AtomicReference<Consumer<State>> listener;
  private Optional<String> trouble = Optional.empty();

  PenLog(AtomicReference<Consumer<State>> listener) {
    this.listener = listener;
  }

  @Override
  public void published(Published published) {
    Consumer<State> told = listener.get();
    if (told != null) {
      told.accept(published.state());
    }
  }

  @Override
  public void failed(String what) {
    if (!trouble.equals(Optional.of(what))) {
      trouble = Optional.of(what);
      LOG.error("nothing is decided: {}", what);
    }
  }

  @Override
  public void happened(Event event, long count) {
    if (event == Event.COMMITTED && trouble.isPresent()) {
      trouble = Optional.empty();
      LOG.warn("decisions are written again");
    }
  }

  @Override
  public void forked(Fork fork) {
    LOG.error("the ledger forked, and this node decides nothing any more: {}", fork);
  }
}

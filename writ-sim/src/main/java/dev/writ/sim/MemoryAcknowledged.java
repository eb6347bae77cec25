package dev.writ.sim;

import dev.writ.ledger.Acknowledged;
import dev.writ.ledger.Acknowledgement;
import dev.writ.ledger.Fork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node's own file in memory: it outlives the node. */
public final class MemoryAcknowledged implements Acknowledged {
  private volatile Optional<Acknowledgement> last = Optional.empty();
  private final List<Fork> forks = new ArrayList<>();

  @Override
  public Optional<Acknowledgement> load() {
    return last;
  }

  @Override
  public void save(Acknowledgement acknowledgement) {
    last = Optional.of(acknowledgement);
  }

  @Override
  public synchronized void keep(Fork fork) {
    forks.add(fork);
  }

  /** The proofs kept. */
  public synchronized List<Fork> forks() {
    return List.copyOf(forks);
  }
}

package dev.writ.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node knows before it reads the log: its own last acknowledgement, and the newest snapshot
 * to start from. A snapshot newer than the acknowledgement is passed over, since it would hide
 * whether the log still begins with what was acknowledged.
 */
final class Beginning {
  private final PenPorts ports;
  private final Vouching vouching;
  private boolean knowsItself;
  private Optional<Acknowledgement> acknowledged = Optional.empty();
  private Optional<List<Long>> sizes = Optional.empty();
  private Optional<SnapshotLoading> loading = Optional.empty();
  private Optional<SnapshotLoading.Claim> claim = Optional.empty();

  Beginning(PenPorts ports, Vouching vouching) {
    this.ports = ports;
    this.vouching = vouching;
  }

  /** The snapshot to start from; without one, the first entry. */
  Optional<SnapshotLoading.Claim> claim() {
    return claim;
  }

  /** Where an earlier pen of this process published something, no snapshot is needed. */
  void resume(Published published) {
    if (published.size() > 0) {
      sizes = Optional.of(List.of());
    }
  }

  /** One call to a port; whether everything is known. Throws {@link LedgerStore.StoreFault}. */
  boolean step() {
    if (!knowsItself) {
      acknowledged = vouching.load();
      knowsItself = true;
    } else if (sizes.isEmpty()) {
      long most = acknowledged.map(Acknowledgement::size).orElse(Long.MAX_VALUE);
      sizes = Optional.of(ports.snapshots().sizes().stream().filter(s -> s <= most).toList());
    } else if (loading.isPresent()) {
      loading
          .get()
          .step()
          .ifPresent(outcome -> {
            loading = Optional.empty();
            claim = outcome.found();
            if (claim.isEmpty()) {
              ports.watch().happened(PenWatch.Event.SNAPSHOT_REFUSED, 1);
            }
          });
    } else {
      next();
    }
    return knowsItself && sizes.isPresent() && loading.isEmpty() && over();
  }

  private boolean over() {
    return claim.isPresent() || sizes.orElseThrow().isEmpty();
  }

  private void next() {
    List<Long> left = new ArrayList<>(sizes.orElseThrow());
    if (!left.isEmpty()) {
      loading = Optional.of(new SnapshotLoading(ports.snapshots(), left.removeFirst()));
      sizes = Optional.of(left);
    }
  }

  /** The claim was false: the next older snapshot, or none. */
  void refuse() {
    ports.watch().happened(PenWatch.Event.SNAPSHOT_REFUSED, 1);
    claim = Optional.empty();
  }
}

package dev.writ.server.main;

import dev.writ.base.NodeId;
import dev.writ.fact.Actor;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.SnapshotTaking;
import dev.writ.ledger.Snapshots;
import dev.writ.ledger.Standing;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes a snapshot when enough was written since the last one, a chunk a step, and has its hash
 * recorded as a fact: the next start then folds only what came after.
 */
final class SnapshotChore {
  /** Snapshots that are kept: the newest, and one in case the newest is refused. */
  private static final int KEPT = 2;

  private final Ledger ledger;
  private final Supplier<Standing> published;
  private final Snapshots snapshots;
  private final Actor by;
  private final long every;
  private Optional<SnapshotTaking> taking = Optional.empty();

  /**
   * Where snapshots go.
   *
   * @param every after how many entries the next one is taken: a start folds at most about so many
   */
  record Place(Snapshots snapshots, NodeId node, long every) {}

  SnapshotChore(Ledger ledger, Supplier<Standing> published, Place place) {
    this.ledger = ledger;
    this.published = published;
    this.snapshots = place.snapshots();
    this.by = new Actor.Node(place.node());
    this.every = place.every();
  }

  /** One step; whether more is due at once. */
  boolean run() {
    if (taking.isEmpty()) {
      long last = snapshots.sizes().stream().findFirst().orElse(0L);
      Standing standing = published.get();
      if (standing.size() - last < every) {
        return false;
      }
      taking = Optional.of(new SnapshotTaking(snapshots, standing));
    }
    SnapshotTaking current = taking.get();
    if (!current.step()) {
      return true;
    }
    taking = Optional.empty();
    ledger.write(current.rule(by));
    List<Long> sizes = snapshots.sizes();
    snapshots.keepOnly(sizes.subList(0, Math.min(KEPT, sizes.size())));
    return false;
  }
}

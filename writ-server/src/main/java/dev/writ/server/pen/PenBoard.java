package dev.writ.server.pen;

import dev.writ.base.NodeId;
import dev.writ.ledger.Deference;
import dev.writ.ledger.Fork;
import dev.writ.ledger.PenPorts;
import dev.writ.ledger.PenWatch;
import dev.writ.ledger.Published;
import dev.writ.ledger.Rule;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What the writer's thread shows to all others: one writer, many readers, no locks. */
final class PenBoard implements PenWatch {
  private final PenWatch next;
  private volatile Published published = Published.nothing();
  private volatile Optional<Fork> fork = Optional.empty();
  private volatile boolean loaded;
  private volatile boolean stuck;
  private volatile Running running = Running.NOTHING;
  private volatile Deference deference;

  /** Called from the writer's thread whenever something is published. */
  private final AtomicReference<Runnable> onPublished = new AtomicReference<>(() -> {});

  /**
   * What runs now.
   *
   * @param since monotonic nanoseconds
   */
  record Running(Optional<Rule<?>> rule, long since) {
    static final Running NOTHING = new Running(Optional.empty(), 0);
  }

  PenBoard(PenWatch next, NodeId node) {
    this.next = next;
    this.deference = Deference.none(node, System.nanoTime());
  }

  /** The same ports, watched from here. */
  PenPorts over(PenPorts ports) {
    return new PenPorts(
        ports.store(),
        ports.seal(),
        ports.signer(),
        ports.acknowledged(),
        ports.snapshots(),
        ports.clock(),
        ports.nanos(),
        ports.entropy(),
        this);
  }

  void onPublished(Runnable listener) {
    onPublished.set(listener);
  }

  Published published() {
    return published;
  }

  Optional<Fork> fork() {
    return fork;
  }

  boolean loaded() {
    return loaded;
  }

  boolean stuck() {
    return stuck;
  }

  Deference deference() {
    return deference;
  }

  void loaded(boolean now) {
    loaded = now;
  }

  Running running() {
    return running;
  }

  void nothingRuns() {
    running = Running.NOTHING;
  }

  @Override
  public void published(Published now) {
    published = now;
    fork = Optional.empty();
    stuck = false;
    next.published(now);
    Objects.requireNonNull(onPublished.get()).run();
  }

  @Override
  public void failed(String what) {
    next.failed(what);
  }

  @Override
  public void happened(Event event, long count) {
    if (event == Event.STUCK) {
      stuck = true;
    } else if (event == Event.COMMITTED) {
      deference = deference.wrote(count, System.nanoTime());
    }
    next.happened(event, count);
  }

  @Override
  public void followed(NodeId holder, long entries) {
    deference = deference.followed(holder, entries, System.nanoTime());
    next.followed(holder, entries);
  }

  @Override
  public void forked(Fork found) {
    stuck = false;
    fork = Optional.of(found);
    next.forked(found);
    Objects.requireNonNull(onPublished.get()).run();
  }

  @Override
  public void running(Rule<?> rule) {
    running = new Running(Optional.of(rule), System.nanoTime());
  }
}

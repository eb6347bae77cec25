package dev.writ.sim;

import dev.writ.base.NodeId;
import dev.writ.fact.CommandKey;
import dev.writ.ledger.Acknowledgement;
import dev.writ.ledger.Confirmations;
import dev.writ.ledger.Deference;
import dev.writ.ledger.Fork;
import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.Next;
import dev.writ.ledger.Pen;
import dev.writ.ledger.PenLimits;
import dev.writ.ledger.PenPorts;
import dev.writ.ledger.PenWatch;
import dev.writ.ledger.Published;
import dev.writ.ledger.Snapshots;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One simulated server process: its pen dies with it, its own file does not. */
final class SimNode implements PenWatch {
  private static final long LOCK_WAIT = 40_000_000L;

  private final NodeId id;
  private final SimTime time;
  private final SimTime.Clock clock;
  private final LedgerStore store;
  private final PenLimits limits;
  private final Chance chance;
  private final MemoryAcknowledged acknowledged = new MemoryAcknowledged();
  private final Map<Event, Long> events = new EnumMap<>(Event.class);
  private final SimTurns turns;
  private Optional<Pen> pen = Optional.empty();
  private Optional<Confirmations> confirmations = Optional.empty();
  private long wakeAt;
  private boolean forkedNow;
  private boolean waited;
  private Deference deference;

  /** Commands sent here that have not been answered. */
  private final Map<CommandKey, SimWork.Act> unanswered = new LinkedHashMap<>();

  SimNode(NodeId id, SimTime time, LedgerStore store, PenLimits limits, Chance chance) {
    this.id = id;
    this.time = time;
    this.clock = time.clock();
    this.turns = new SimTurns(store);
    this.store = turns;
    this.limits = limits;
    this.chance = chance;
    this.deference = Deference.none(id, time.nanos());
  }

  NodeId id() {
    return id;
  }

  SimTime.Clock clock() {
    return clock;
  }

  MemoryAcknowledged acknowledged() {
    return acknowledged;
  }

  Map<Event, Long> events() {
    return events;
  }

  void start() {
    PenPorts ports =
        new PenPorts(
            store,
            new SimSeal(),
            (checkpoint, keys) ->
                checkpoint.text().getBytes(java.nio.charset.StandardCharsets.UTF_8),
            acknowledged,
            Snapshots.none(),
            clock,
            time::nanos,
            chance,
            this);
    pen = Optional.of(new Pen(ports, id, limits));
    confirmations = Optional.of(new Confirmations(store, new SimSeal(), time::nanos));
    wakeAt = time.nanos();
  }

  /** The process is gone; the database notices at once, or only when its turn has been idle. */
  void crash(boolean noticed) {
    if (noticed) {
      turns.cut();
    }
    turns.forget();
    pen = Optional.empty();
    confirmations = Optional.empty();
  }

  /** Whom it hands commands to now. */
  Optional<NodeId> deferTo() {
    return deference.to(time.nanos());
  }

  void sent(SimWork.Act act) {
    unanswered.put(act.key(), act);
  }

  void answered(SimWork.Act act) {
    unanswered.remove(act.key());
  }

  /** Those whose answer will never come; they are forgotten here. */
  List<SimWork.Act> leftBehind() {
    List<SimWork.Act> left = List.copyOf(unanswered.values());
    unanswered.clear();
    return left;
  }

  boolean inTurn() {
    return turns.open();
  }

  boolean running() {
    return pen.isPresent();
  }

  Pen pen() {
    return pen.orElseThrow();
  }

  Confirmations confirmations() {
    return confirmations.orElseThrow();
  }

  Optional<Acknowledgement> lastAcknowledged() {
    return acknowledged.load();
  }

  /** Whether it has something to do now. */
  boolean due() {
    return running() && time.nanos() - wakeAt >= 0;
  }

  long wakeAt() {
    return wakeAt;
  }

  void wake() {
    wakeAt = time.nanos();
  }

  void step() {
    waited = false;
    Next next = pen().step();
    wakeAt =
        time.nanos()
            + switch (next) {
              // The store waits for the lock before it says that it waits.
              case Next.Now now -> waited ? LOCK_WAIT : 0;
              case Next.After(long nanos) -> nanos;
            };
  }

  void stepConfirmations() {
    if (confirmations().step(pen().published(), pen().fork()) == Confirmations.Progress.BEHIND) {
      pen().followNow();
      wake();
    }
  }

  @Override
  public String toString() {
    return pen.map(
            p -> id + " at " + p.published().size() + " queued " + p.queued() + " " + p.fork())
        .orElse(id + " down");
  }

  boolean forkedNow() {
    boolean was = forkedNow;
    forkedNow = false;
    return was;
  }

  @Override
  public void published(Published published) {}

  @Override
  public void happened(Event event, long count) {
    waited |= event == Event.WAITED;
    if (event == Event.COMMITTED) {
      deference = deference.wrote(count, time.nanos());
    }
    if (count > 0) {
      events.merge(event, 1L, Long::sum);
    }
  }

  @Override
  public void followed(NodeId holder, long entries) {
    deference = deference.followed(holder, entries, time.nanos());
    happened(Event.FOLLOWED, entries);
  }

  @Override
  public void forked(Fork fork) {
    forkedNow = true;
  }
}

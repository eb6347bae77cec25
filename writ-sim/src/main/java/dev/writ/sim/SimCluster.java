package dev.writ.sim;

import static dev.writ.sim.LogAuditor.require;

import dev.writ.base.NodeId;
import dev.writ.ledger.Acknowledgement;
import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.PenLimits;
import dev.writ.ledger.PenWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Several nodes over one store in one thread: whose step is next, and what befalls them, is chance.
 * Clients are somebody else's; they are told whose process is gone.
 */
final class SimCluster {
  private static final Duration FROZEN = Duration.ofSeconds(3);
  private static final PenLimits LIMITS = PenLimits.standard().batches(16).queue(64, 40).chunks(8);

  private final Chance chance;
  private final int cutOneIn;
  private final SimTime time = new SimTime();
  private final SimTime.Clock databaseClock = time.clock();
  private final MemoryLedgerStore store;
  private final SimFaults faults;
  private final LogAuditor auditor;
  private final List<SimNode> nodes = new ArrayList<>();
  private final Map<SimMark, Long> marks = new EnumMap<>(SimMark.class);
  private final TreeMap<Long, List<SimNode>> frozen = new TreeMap<>();
  private Consumer<SimNode> bereaved = node -> {};
  private boolean quiet;

  /**
   * So many nodes, started, over an empty store in which nothing fails yet.
   *
   * @param cutOneIn one in so many steps between a commit and its answers ends the process
   */
  SimCluster(Chance chance, int size, UnaryOperator<LedgerStore> way, int cutOneIn) {
    this.chance = chance;
    this.cutOneIn = cutOneIn;
    this.store = new MemoryLedgerStore(databaseClock, time::nanos);
    this.auditor = new LogAuditor(store);
    this.faults = new SimFaults(chance.split(), 150);
    for (int i = 0; i < size; i++) {
      nodes.add(new SimNode(NodeId.fresh(chance), time, way.apply(store), LIMITS, chance.split()));
    }
    nodes.forEach(SimNode::start);
  }

  /** Who is told that a node's process is gone, and with it every answer it owed. */
  void bereaved(Consumer<SimNode> next) {
    bereaved = next;
  }

  Chance chance() {
    return chance;
  }

  SimTime time() {
    return time;
  }

  SimTime.Clock databaseClock() {
    return databaseClock;
  }

  MemoryLedgerStore store() {
    return store;
  }

  LogAuditor auditor() {
    return auditor;
  }

  List<SimNode> nodes() {
    return nodes;
  }

  List<SimNode> running() {
    return nodes.stream().filter(SimNode::running).toList();
  }

  Map<SimMark, Long> marks() {
    return marks;
  }

  /** What the nodes' pens counted. */
  Map<PenWatch.Event, Long> events() {
    Map<PenWatch.Event, Long> all = new EnumMap<>(PenWatch.Event.class);
    nodes.forEach(n -> n.events().forEach((e, count) -> all.merge(e, count, Long::sum)));
    return all;
  }

  void mark(SimMark mark) {
    marks.merge(mark, 1L, Long::sum);
  }

  /** Whether everything is to come to rest: nothing fails and nobody is cut any more. */
  boolean quiet() {
    return quiet;
  }

  /** From now on calls to the store fail. */
  void letFail() {
    store.faults(faults);
  }

  /** Ends the sleep of processes that were stopped long enough. */
  void thaw() {
    while (!frozen.isEmpty() && frozen.firstKey() <= time.nanos()) {
      frozen.pollFirstEntry();
    }
  }

  /** One due node makes one step; when none is due, time passes until one is. */
  void turn() {
    List<SimNode> due = nodes.stream().filter(n -> n.due() && !isFrozen(n)).toList();
    if (due.isEmpty()) {
      nodes.stream()
          .filter(n -> n.running() && !isFrozen(n))
          .mapToLong(n -> n.wakeAt() - time.nanos())
          .min()
          .ifPresent(time::pass);
      return;
    }
    SimNode node = chance.of(due);
    Optional<NodeId> before = store.committedHead().map(h -> h.head().holder());
    if (chance.oneIn(4)) {
      node.stepConfirmations();
    } else {
      node.step();
      if (node.pen().settling() && !quiet && chance.oneIn(cutOneIn)) {
        mark(SimMark.CRASHED_BEFORE_ANSWER);
        crash(node);
        return;
      }
    }
    if (node.forkedNow()) {
      mark(node.pen().loaded() ? SimMark.FORK_FOUND : SimMark.FORK_FOUND_AT_START);
    }
    Optional<NodeId> after = store.committedHead().map(h -> h.head().holder());
    if (before.isPresent() && !before.equals(after)) {
      mark(SimMark.LOCK_HANDED_OVER);
    }
  }

  private boolean isFrozen(SimNode node) {
    return frozen.values().stream().anyMatch(list -> list.contains(node));
  }

  /** Something befalls a node or a clock; or all clocks are set right. */
  void trouble() {
    SimNode node = chance.of(nodes);
    switch (chance.below(8)) {
      case 0, 1 -> crash(node);
      case 2 -> {
        SimNode holder = nodes.stream().filter(SimNode::inTurn).findFirst().orElse(node);
        if (holder.running()) {
          if (holder.inTurn()) {
            mark(SimMark.FROZEN_IN_TURN);
          }
          frozen.put(time.nanos() + FROZEN.toNanos(), List.of(holder));
        }
      }
      case 3 -> {
        node.clock()
            .wrongBy(Duration.ofMillis((chance.oneIn(2) ? 1 : -1) * chance.between(1_000, 5_000)));
        mark(SimMark.CLOCK_STEPPED);
      }
      case 4 -> databaseClock.wrongBy(Duration.ofMillis(chance.between(-1_500, 1_500)));
      default -> {
        nodes.forEach(n -> n.clock().wrongBy(Duration.ZERO));
        databaseClock.wrongBy(Duration.ZERO);
        if (chance.oneIn(3)) {
          node.clock().freeze();
        }
      }
    }
  }

  /** The process is gone. */
  void crash(SimNode node) {
    if (!node.running()) {
      return;
    }
    if (node.inTurn()) {
      mark(SimMark.CRASHED_IN_TURN);
    }
    node.crash(chance.oneIn(2));
    bereaved.accept(node);
  }

  /** One node that is down comes back. */
  void startOne() {
    nodes.stream().filter(n -> !n.running()).findFirst().ifPresent(SimNode::start);
  }

  /** Whoever answers continues what it acknowledged before, or what an operator took instead. */
  void vouches(SimNode node) {
    Optional<Acknowledgement> last = node.lastAcknowledged();
    require(last.isPresent(), "answered without remembering what was acknowledged");
    require(
        auditor.rootAt(last.get().size()).filter(last.get().root()::equals).isPresent(),
        "answered from a log that is not the stored one");
  }

  /** From now on nothing fails. */
  void heal() {
    quiet = true;
    faults.heal();
    store.resolve(false);
    frozen.clear();
    nodes.forEach(n -> n.clock().wrongBy(Duration.ZERO));
    databaseClock.wrongBy(Duration.ZERO);
  }

  /**
   * Waits until every node has reached the head and no command is left behind.
   *
   * @param between done before every step, such as opening an epoch
   */
  void converge(Runnable between) {
    for (int i = 0; i < 60_000 && !converged(); i++) {
      time.pass(chance.between(10_000, 2_000_000));
      store.resolve(false);
      between.run();
      turn();
      auditor.check();
    }
    require(converged(), "the nodes do not agree on " + auditor.standing().size() + ": " + nodes);
    mark(SimMark.CONVERGED);
    require(
        nodes.stream()
            .allMatch(n -> n.pen().published().state().equals(auditor.standing().state())),
        "a node's state is not the fold of the log");
  }

  private boolean converged() {
    long size = auditor.standing().size();
    return nodes.stream()
        .allMatch(n ->
            n.running()
                && n.pen().fork().isEmpty()
                && n.pen().queued() == 0
                && !n.inTurn()
                && n.pen().published().size() == size
                && n.pen().published().standing().root().equals(auditor.standing().root()));
  }
}

package dev.writ.sim;

import static dev.writ.sim.LogAuditor.require;

import dev.writ.base.NodeId;
import dev.writ.ledger.Acknowledgement;
import dev.writ.ledger.Answer;
import dev.writ.ledger.Command;
import dev.writ.ledger.Confirmations;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.PenLimits;
import dev.writ.ledger.PenWatch;
import dev.writ.ledger.Written;
import dev.writ.sim.SimWork.Act;
import dev.writ.sim.SimWork.Told;
import dev.writ.state.State;
import dev.writ.state.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Several nodes over one store in one thread from one seed: every step of every node is chosen by
 * chance, and so are crashes, frozen processes, wrong clocks, lost answers and a database that goes
 * back. After every step what was committed is checked, and every answer when it is given.
 */
public final class Simulation {
  private static final Duration FROZEN = Duration.ofSeconds(3);

  private final SimPlan plan;
  private final Chance chance;
  private final SimTime time = new SimTime();
  private final SimTime.Clock databaseClock = time.clock();
  private final MemoryLedgerStore store;
  private final SimFaults faults;
  private final LogAuditor auditor;
  private final List<SimNode> nodes = new ArrayList<>();
  private final SimWork work;
  private final Map<SimMark, Long> marks = new EnumMap<>(SimMark.class);
  private final Map<Long, Promise> promises = new LinkedHashMap<>();
  private final TreeMap<Long, List<SimNode>> frozen = new TreeMap<>();
  private long promised;
  private boolean quiet;
  private boolean wentBack;

  /** An acknowledgement that must hold. */
  private record Promise(Act act, Written<Told> written) {}

  public Simulation(SimPlan plan) {
    this.plan = plan;
    this.chance = new Chance(plan.seed());
    this.store = new MemoryLedgerStore(databaseClock, time::nanos);
    this.auditor = new LogAuditor(store);
    this.faults = new SimFaults(chance.split(), 150);
    SimWorld world = SimWorld.of(3, chance);
    this.work = new TaskWork(world);
    PenLimits limits = PenLimits.standard().batches(16).queue(64, 40).chunks(8);
    for (int i = 0; i < plan.nodes(); i++) {
      nodes.add(
          new SimNode(NodeId.fresh(chance), time, plan.way().apply(store), limits, chance.split()));
    }
    nodes.forEach(SimNode::start);
    found(world);
  }

  public Map<SimMark, Long> marks() {
    return marks;
  }

  /** What the nodes' pens counted. */
  public Map<PenWatch.Event, Long> events() {
    Map<PenWatch.Event, Long> all = new EnumMap<>(PenWatch.Event.class);
    nodes.forEach(n -> n.events().forEach((e, count) -> all.merge(e, count, Long::sum)));
    return all;
  }

  public MemoryLedgerStore store() {
    return store;
  }

  private void mark(SimMark mark) {
    marks.merge(mark, 1L, Long::sum);
  }

  private void found(SimWorld world) {
    boolean[] done = new boolean[1];
    nodes
        .getFirst()
        .pen()
        .submit(
            Command.of(world::founded),
            new Answer<>() {
              @Override
              public void written(Written<Told> written) {
                done[0] = true;
              }

              @Override
              public void failed(LedgerFault fault) {
                throw new LogAuditor.Violation("founding failed: " + fault);
              }
            });
    while (!done[0]) {
      nodes.getFirst().step();
      time.pass(100_000);
    }
    store.faults(faults);
    auditor.check();
  }

  /** Runs the plan, then heals everything and waits until all nodes agree. */
  public void run() {
    for (int i = 0; i < plan.steps(); i++) {
      step(i);
      auditor.check();
    }
    auditor.checkState();
    converge();
    checkPromises();
  }

  private void step(int i) {
    time.pass(chance.between(1_000, 300_000));
    thaw();
    int dice = chance.below(1_000);
    if (dice < 250) {
      submit();
    } else if (dice < 270) {
      confirm();
    } else if (dice < 279) {
      trouble();
    } else if (dice < 289) {
      store.resolve(chance.oneIn(2));
    } else if (plan.goesBack() && !wentBack && i > plan.steps() / 2 && dice < 304) {
      goBack();
    } else if (dice < 324) {
      restart();
    } else {
      turn();
    }
  }

  /** One due node makes one step; when none is due, time passes until one is. */
  private void turn() {
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
      if (node.pen().settling() && !quiet && chance.oneIn(30)) {
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

  private void thaw() {
    while (!frozen.isEmpty() && frozen.firstKey() <= time.nanos()) {
      frozen.pollFirstEntry();
    }
  }

  private void trouble() {
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

  private void crash(SimNode node) {
    if (!node.running()) {
      return;
    }
    if (node.inTurn()) {
      mark(SimMark.CRASHED_IN_TURN);
    }
    node.crash(chance.oneIn(2));
    // Their clients hear nothing, and ask another node under the same keys.
    for (Act act : node.leftBehind()) {
      again(act);
    }
  }

  private void again(Act act) {
    if (!act.repeatable()) {
      return;
    }
    List<SimNode> running = nodes.stream().filter(SimNode::running).toList();
    if (!running.isEmpty() && !quiet) {
      submitTo(chance.of(running), act);
    }
  }

  private void restart() {
    nodes.stream().filter(n -> !n.running()).findFirst().ifPresent(SimNode::start);
    for (SimNode node : nodes) {
      if (wentBack && node.running() && node.pen().fork().isPresent() && chance.oneIn(8)) {
        openEpoch(node);
        return;
      }
    }
  }

  private void goBack() {
    wentBack = true;
    mark(SimMark.WENT_BACK);
    for (SimNode node : nodes) {
      // Who has committed answers; that the database forgets it afterwards is found later.
      while (node.running() && node.pen().settling()) {
        node.step();
      }
    }
    if (plan.seed() % 2 == 0) {
      nodes.forEach(this::crash);
      nodes.forEach(SimNode::leftBehind);
    }
    long acknowledged =
        nodes.stream()
            .mapToLong(n -> n.lastAcknowledged().map(Acknowledgement::size).orElse(0L))
            .max()
            .orElseThrow();
    store.goBackTo(Math.max(1, store.commits() - (int) chance.between(1, 6)));
    while (store.committedHead().orElseThrow().head().size() >= acknowledged) {
      store.goBackTo(store.commits() - 1);
    }
    promises.clear();
    auditor.forget();
  }

  private void openEpoch(SimNode node) {
    node.wake();
    node.pen()
        .openEpoch(
            SimWorld.ORIGIN + "/" + chance.between(2, 1_000_000),
            SimWorld.FOUNDER,
            new Answer<>() {
              @Override
              public void written(Written<Long> written) {
                mark(SimMark.EPOCH_OPENED);
              }

              @Override
              public void failed(LedgerFault fault) {}
            });
  }

  // --- What clients do, and what they are told ---

  private void submit() {
    List<SimNode> running = nodes.stream().filter(SimNode::running).toList();
    if (running.isEmpty()) {
      return;
    }
    Act act = work.next(chance, databaseClock.instant());
    submitTo(chance.of(running), act);
  }

  private void submitTo(SimNode node, Act act) {
    node.wake();
    node.sent(act);
    node.pen()
        .submit(
            act.command(),
            new Answer<>() {
              @Override
              public void written(Written<Told> written) {
                node.answered(act);
                acknowledged(node, act, written);
              }

              @Override
              public void failed(LedgerFault fault) {
                node.answered(act);
                refused(act, fault);
              }
            });
  }

  private void refused(Act act, LedgerFault fault) {
    if (fault instanceof LedgerFault.Poisoned) {
      require(act.poison(), act.name() + " was dropped: " + fault);
    }
    boolean asksAgain =
        switch (fault) {
          case LedgerFault.Unavailable f -> chance.oneIn(2);
          case LedgerFault.Unanswered f -> true;
          case LedgerFault.Forked f -> false;
          case LedgerFault.Busy f -> false;
          case LedgerFault.Poisoned f -> false;
        };
    if (asksAgain) {
      again(act);
    }
  }

  private void acknowledged(SimNode node, Act act, Written<Told> written) {
    auditor.check();
    require(!act.poison(), "poison was acknowledged: " + act);
    mark(SimMark.ACKNOWLEDGED);
    vouches(node);
    require(node.pen().published().size() >= written.size(), "answered before it was published");
    if (written.facts() > 0) {
      promises.put(promised++, new Promise(act, written));
      check(new Promise(act, written));
      if (chance.oneIn(10)) {
        auditor.checkReceipt(node.pen().published(), written.first());
        mark(SimMark.RECEIPT_VERIFIED);
      }
    }
    switch (written.reply()) {
      case Told.Recorded recorded -> {
        if (act.revokes()) {
          mark(SimMark.REVOKED);
        }
      }
      case Told.Repeated(long position) -> {
        mark(SimMark.REPEATED);
        check(new Promise(act, new Written<>(written.reply(), position, 1, written.size())));
      }
      case Told.Denied denied -> mark(SimMark.DENIED_AFTER_REVOCATION);
      case Told.Refused why -> {}
    }
    work.acknowledged(act, written.reply());
    if (act.revokes() && written.reply() instanceof Told.Recorded && chance.oneIn(3)) {
      confirmRevoked(act);
    }
  }

  private void check(Promise promise) {
    for (long i = 0; i < promise.written().facts(); i++) {
      long position = promise.written().first() + i;
      require(
          auditor
              .entry(position)
              .flatMap(e -> e.recorded().draft().command())
              .filter(key -> key.equals(promise.act().key()))
              .isPresent(),
          "the fact acknowledged at " + position + " is not in the log");
    }
  }

  /** Whoever answers continues what it acknowledged before, or what an operator took instead. */
  private void vouches(SimNode node) {
    Optional<Acknowledgement> last = node.lastAcknowledged();
    require(last.isPresent(), "answered without remembering what was acknowledged");
    require(
        auditor.rootAt(last.get().size()).filter(last.get().root()::equals).isPresent(),
        "answered from a log that is not the stored one");
  }

  private void confirm() {
    List<SimNode> running = nodes.stream().filter(SimNode::running).toList();
    if (!running.isEmpty()) {
      confirm(chance.of(running), state -> {});
    }
  }

  /** After an acknowledged revocation nobody says that the task is open. */
  private void confirmRevoked(Act act) {
    long epoch = auditor.standing().state().log().epoch();
    for (SimNode node : nodes) {
      if (node.running()) {
        confirm(
            node,
            state ->
                require(
                    state.log().epoch() != epoch
                        || wentBack
                        || !(state.task(act.task().orElseThrow()).orElse(null)
                            instanceof Task.Open),
                    "I5: a confirmed state holds a task whose end was acknowledged"));
      }
    }
  }

  private void confirm(SimNode node, java.util.function.Consumer<State> then) {
    long atLeast = auditor.standing().size();
    boolean before = wentBack;
    node.wake();
    node.confirmations()
        .ask(
            new Confirmations.Confirmed() {
              @Override
              public void current(State state) {
                mark(SimMark.CONFIRMED);
                require(
                    state.size() >= atLeast || before != wentBack,
                    "a confirmed state lacks what was committed before the question");
                if (before == wentBack) {
                  vouches(node);
                }
                then.accept(state);
              }

              @Override
              public void failed(LedgerFault fault) {}
            });
  }

  // --- The end ---

  /** Nothing fails any more: every node reaches the head, and no command is left behind. */
  private void converge() {
    quiet = true;
    faults.heal();
    store.resolve(false);
    frozen.clear();
    nodes.forEach(n -> n.clock().wrongBy(Duration.ZERO));
    databaseClock.wrongBy(Duration.ZERO);
    for (int i = 0; i < 60_000 && !converged(); i++) {
      time.pass(chance.between(10_000, 2_000_000));
      store.resolve(false);
      restart();
      turn();
      auditor.check();
    }
    require(converged(), "the nodes do not agree on " + auditor.standing().size() + ": " + nodes);
    mark(SimMark.CONVERGED);
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

  private void checkPromises() {
    promises.values().forEach(this::check);
    require(
        nodes.stream()
            .allMatch(n -> n.pen().published().state().equals(auditor.standing().state())),
        "a node's state is not the fold of the log");
  }
}

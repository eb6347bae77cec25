package dev.writ.sim;

import static dev.writ.sim.LogAuditor.require;

import dev.writ.ledger.Acknowledgement;
import dev.writ.ledger.Answer;
import dev.writ.ledger.Command;
import dev.writ.ledger.Confirmations;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.PenWatch;
import dev.writ.ledger.Written;
import dev.writ.sim.SimWork.Act;
import dev.writ.sim.SimWork.Told;
import dev.writ.state.State;
import dev.writ.state.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Several nodes over one store in one thread from one seed: every step of every node is chosen by
 * chance, and so are crashes, frozen processes, wrong clocks, lost answers and a database that goes
 * back. After every step what was committed is checked, and every answer when it is given.
 */
public final class Simulation {
  /** Whoever would hear the answer has stopped waiting. */
  private static final Answer<Told> NOBODY =
      new Answer<>() {
        @Override
        public void written(Written<Told> written) {}

        @Override
        public void failed(LedgerFault fault) {}
      };

  private final SimPlan plan;
  private final Chance chance;
  private final SimCluster cluster;
  private final SimTime time;
  private final MemoryLedgerStore store;
  private final LogAuditor auditor;
  private final List<SimNode> nodes;
  private final SimWork work;
  private final Map<Long, Promise> promises = new LinkedHashMap<>();
  private long promised;
  private boolean wentBack;

  /** An acknowledgement that must hold. */
  private record Promise(Act act, Written<Told> written) {}

  public Simulation(SimPlan plan) {
    this.plan = plan;
    this.chance = new Chance(plan.seed());
    SimWorld world = SimWorld.of(3, chance);
    this.cluster = new SimCluster(chance, plan.nodes(), plan.way(), 30);
    this.time = cluster.time();
    this.store = cluster.store();
    this.auditor = cluster.auditor();
    this.nodes = cluster.nodes();
    this.work = new TaskWork(world);
    cluster.bereaved(this::askElsewhere);
    found(world);
  }

  public Map<SimMark, Long> marks() {
    return cluster.marks();
  }

  /** What the nodes' pens counted. */
  public Map<PenWatch.Event, Long> events() {
    return cluster.events();
  }

  public MemoryLedgerStore store() {
    return store;
  }

  private void mark(SimMark mark) {
    cluster.mark(mark);
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
    cluster.letFail();
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
    cluster.thaw();
    int dice = chance.below(1_000);
    if (dice < 250) {
      submit();
    } else if (dice < 270) {
      confirm();
    } else if (dice < 279) {
      cluster.trouble();
    } else if (dice < 289) {
      store.resolve(chance.oneIn(2));
    } else if (plan.goesBack() && !wentBack && i > plan.steps() / 2 && dice < 304) {
      goBack();
    } else if (dice < 324) {
      restart();
    } else {
      cluster.turn();
    }
  }

  /** Their clients hear nothing, and ask another node under the same keys. */
  private void askElsewhere(SimNode node) {
    for (Act act : node.leftBehind()) {
      again(act);
    }
  }

  private void again(Act act) {
    if (!act.repeatable()) {
      return;
    }
    List<SimNode> running = cluster.running();
    if (!running.isEmpty() && !cluster.quiet()) {
      submitTo(chance.of(running), act);
    }
  }

  private void restart() {
    cluster.startOne();
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
      nodes.forEach(cluster::crash);
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
    List<SimNode> running = cluster.running();
    if (running.isEmpty()) {
      return;
    }
    Act act = work.next(chance, cluster.databaseClock().instant());
    submitTo(chance.of(running), act);
  }

  /** A node hands what may be asked twice to the one that writes, should there be another. */
  private void submitTo(SimNode node, Act act) {
    Optional<SimNode> writes =
        node.deferTo().flatMap(id -> nodes.stream().filter(n -> n.id().equals(id)).findFirst());
    // The hint is not always taken, or nodes would hardly ever write in turn.
    if (act.repeatable() && writes.isPresent() && chance.oneIn(4)) {
      forward(node, writes.get(), act);
    } else {
      runAt(node, act, fault -> refused(act, fault));
    }
  }

  /**
   * The message or its answer may be lost, the other may be gone, frozen or no longer the one that
   * writes: then the node runs the command itself, under the same key, while it may still run
   * there.
   */
  private void forward(SimNode node, SimNode to, Act act) {
    int fate = chance.below(4);
    if (fate == 0 || !to.running()) {
      mark(SimMark.FORWARD_LOST);
      runAt(node, act, fault -> refused(act, fault));
    } else if (fate == 1) {
      mark(SimMark.FORWARD_ANSWER_LOST);
      to.wake();
      to.pen().submit(act.command(), NOBODY);
      runAt(node, act, fault -> refused(act, fault));
    } else {
      mark(SimMark.FORWARDED);
      runAt(
          to,
          act,
          fault -> {
            if (node.running() && !cluster.quiet() && !act.poison()) {
              runAt(node, act, again -> refused(act, again));
            } else {
              refused(act, fault);
            }
          });
    }
  }

  private void runAt(SimNode node, Act act, Consumer<LedgerFault> failed) {
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
                failed.accept(fault);
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
    cluster.vouches(node);
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

  private void confirm() {
    List<SimNode> running = cluster.running();
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

  private void confirm(SimNode node, Consumer<State> then) {
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
                  cluster.vouches(node);
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
    cluster.heal();
    cluster.converge(this::restart);
  }

  private void checkPromises() {
    promises.values().forEach(this::check);
  }
}

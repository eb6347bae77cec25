package dev.writ.sim;

import static dev.writ.sim.LogAuditor.require;

import dev.writ.ledger.Answer;
import dev.writ.ledger.Command;
import dev.writ.ledger.Confirmations;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.Ruling;
import dev.writ.ledger.Written;
import dev.writ.sim.LifeScene.Asked;
import dev.writ.sim.LifeScene.Job;
import dev.writ.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Whole lives of workflows at several nodes that fail: the real operations, from a spec to the end
 * of its writ, each of them cut into its waits and continued in an order of chance. After every
 * step what was committed is held against the invariants I1 to I10, and every answer when it is
 * heard.
 */
public final class LifeSimulation {
  private static final int MOST_UNDER_WAY = 60;
  private static final int MOST_TRIES = 4;

  private final LifePlan plan;
  private final Chance chance;
  private final SimCluster cluster;
  private final LogAuditor log;
  private final LifeAuditor auditor;
  private final LifeClients clients;
  private final List<Going<?>> ready = new ArrayList<>();
  private final List<Going<?>> waiting = new ArrayList<>();
  private long checked;
  private boolean pausing;

  /** A job at a node. */
  private record Going<R>(Job<R> job, Errand<R> errand, Asked asked, int tries) {}

  public LifeSimulation(LifePlan plan) {
    this.plan = plan;
    this.chance = new Chance(plan.seed());
    this.cluster = new SimCluster(chance, plan.nodes(), UnaryOperator.identity(), 100);
    this.log = cluster.auditor();
    LifeWorld world = new LifeWorld(cluster.store(), chance.split());
    this.auditor = new LifeAuditor(world, world.payloads(chance.split()));
    this.clients = new LifeClients(world, auditor, cluster);
    log.reader(auditor::read);
    cluster.bereaved(this::bereaved);
    world.found(new Prompt());
    cluster.letFail();
    log.check();
  }

  public Map<LifeMark, Long> marks() {
    return clients.marks();
  }

  public Map<SimMark, Long> troubles() {
    return cluster.marks();
  }

  /** How many decisions were made again and came out the same. */
  public long replayed() {
    return auditor.replayed();
  }

  public MemoryLedgerStore store() {
    return cluster.store();
  }

  /** Runs the plan, then heals everything and waits for what time has to end. */
  public void run() {
    for (int i = 0; i < plan.steps(); i++) {
      step();
      check();
    }
    end();
  }

  private void check() {
    log.check();
    if (log.standing().size() != checked) {
      checked = log.standing().size();
      auditor.check(log.standing().state());
    }
  }

  private void step() {
    cluster.time().pass(chance.between(1_000, 300_000));
    cluster.thaw();
    if (pausing && ready.isEmpty() && waiting.isEmpty()) {
      // A while in which nobody asks for anything: tokens, tasks and writs run out.
      pausing = false;
      cluster.time().pass(Duration.ofSeconds(chance.between(10, 120)));
    }
    int dice = chance.below(1_000);
    if (dice < 200) {
      begin();
    } else if (dice < 400) {
      advance();
    } else if (dice < 403) {
      cluster.trouble();
    } else if (dice < 420) {
      cluster.store().resolve(chance.oneIn(2));
    } else if (dice < 440) {
      cluster.startOne();
    } else if (dice < 442) {
      pausing = true;
    } else {
      cluster.turn();
    }
  }

  private void begin() {
    List<SimNode> running = cluster.running();
    if (pausing || running.isEmpty() || ready.size() + waiting.size() >= MOST_UNDER_WAY) {
      return;
    }
    SimNode node = chance.of(running);
    send(clients.next(node), node, 0);
  }

  private <R> void send(Job<R> job, SimNode node, int tries) {
    Instant at = log.standing().state().log().at();
    ready.add(
        new Going<>(
            job,
            new Errand<>(node, chance.between(0, Long.MAX_VALUE - 1), job.operation()),
            new Asked(log.standing().size(), at),
            tries));
  }

  /** One of those that can go on does. */
  private void advance() {
    if (!ready.isEmpty()) {
      Going<?> going = chance.of(ready);
      ready.remove(going);
      go(going);
    }
  }

  private <R> void go(Going<R> going) {
    SimNode node = going.errand().node();
    switch (going.errand().go()) {
      case Errand.Stand.Writes<R>(Command<?> command) -> {
        waiting.add(going);
        submit(going, command);
      }
      case Errand.Stand.Confirms<R> confirms -> {
        waiting.add(going);
        node.wake();
        node.confirmations().ask(confirmed(going));
      }
      case Errand.Stand.Done<R>(R reply) -> {
        // What a rule wrote is in the log before its caller hears of it.
        log.check();
        going.job().heard().answer(reply, going.asked());
      }
      case Errand.Stand.Failed<R>(LedgerFault fault) -> {
        require(
            !(fault instanceof LedgerFault.Poisoned),
            going.job().name() + " was dropped: " + fault);
        marks().merge(LifeMark.UNDECIDED, 1L, Long::sum);
        again(going);
      }
    }
  }

  private <A> void submit(Going<?> going, Command<A> command) {
    SimNode node = going.errand().node();
    node.wake();
    node.pen()
        .submit(
            spoilt(command),
            new Answer<A>() {
              @Override
              public void written(Written<A> written) {
                log.check();
                cluster.vouches(node);
                going.errand().tell(written);
                told(going);
              }

              @Override
              public void failed(LedgerFault fault) {
                going.errand().tell(fault);
                told(going);
              }
            });
  }

  private <A> Command<A> spoilt(Command<A> command) {
    return new Command<>(
        command.urgency(),
        command.workflow(),
        command.patience(),
        (state, now) -> {
          Ruling<A> ruling = command.rule().run(state, now);
          return new Ruling<>(
              plan.spoil().facts(ruling.facts()), ruling.attachments(), ruling.reply());
        });
  }

  private Confirmations.Confirmed confirmed(Going<?> going) {
    return new Confirmations.Confirmed() {
      @Override
      public void current(State state) {
        cluster.vouches(going.errand().node());
        require(
            state.size() >= going.asked().size(),
            "a confirmed state lacks what was committed before the question");
        going.errand().tell(state);
        told(going);
      }

      @Override
      public void failed(LedgerFault fault) {
        going.errand().tell(fault);
        told(going);
      }
    };
  }

  /** It goes on later, so that other things may happen between. */
  private void told(Going<?> going) {
    if (waiting.remove(going)) {
      ready.add(going);
    }
  }

  /** Whoever was at this node hears nothing. */
  private void bereaved(SimNode node) {
    List<Going<?>> lost = new ArrayList<>();
    lost.addAll(waiting.stream().filter(g -> g.errand().node().equals(node)).toList());
    lost.addAll(ready.stream().filter(g -> g.errand().node().equals(node)).toList());
    waiting.removeAll(lost);
    ready.removeAll(lost);
    lost.forEach(this::again);
  }

  /** The same request, under the same key, perhaps at another node; or nobody asks any more. */
  private void again(Going<?> going) {
    List<SimNode> running = cluster.running();
    if (!running.isEmpty() && going.tries() < MOST_TRIES && !cluster.quiet() && chance.oneIn(2)) {
      marks().merge(LifeMark.ASKED_ELSEWHERE, 1L, Long::sum);
      send(going.job(), chance.of(running), going.tries() + 1);
    }
  }

  // --- The end ---

  /** Nothing fails any more, time passes, and chores leave nothing open behind. */
  private void end() {
    cluster.heal();
    settle();
    cluster.time().pass(Duration.ofMinutes(20));
    for (int i = 0; i < 200 && !atRest(); i++) {
      SimNode node = chance.of(cluster.running());
      send(clients.endOverdue(node), node, MOST_TRIES);
      settle();
    }
    require(atRest(), "I3: the chore left open what time had ended");
    require(auditor.calls().open().isEmpty(), "I4: an allow has no outcome in the end");
  }

  private void settle() {
    while (!ready.isEmpty() || !waiting.isEmpty()) {
      advance();
      cluster.turn();
      cluster.startOne();
      cluster.time().pass(chance.between(10_000, 300_000));
      check();
    }
    cluster.converge(cluster::startOne);
    check();
  }

  private boolean atRest() {
    return log.standing().state().tasks().isEmpty();
  }

  /** A ledger for the beginning, when nothing fails and nobody else asks. */
  private final class Prompt implements Ledger {
    private final SimNode node = cluster.nodes().getFirst();

    @Override
    public <R> Written<R> write(Command<R> command) {
      List<Written<R>> answers = new ArrayList<>();
      node.pen()
          .submit(
              command,
              new Answer<R>() {
                @Override
                public void written(Written<R> written) {
                  answers.add(written);
                }

                @Override
                public void failed(LedgerFault fault) {
                  throw fault;
                }
              });
      while (answers.isEmpty()) {
        node.step();
        cluster.time().pass(100_000);
      }
      return answers.getFirst();
    }

    @Override
    public State published() {
      return node.pen().published().state();
    }

    @Override
    public State confirmed() {
      return published();
    }
  }

  /** The last checkpointed root, for telling two runs apart. */
  public Optional<String> root() {
    return cluster.store().committedHead().map(h -> h.head().root().toString());
  }
}

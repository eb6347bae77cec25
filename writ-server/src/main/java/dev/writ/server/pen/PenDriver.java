package dev.writ.server.pen;

import dev.writ.base.NodeId;
import dev.writ.fact.Actor;
import dev.writ.ledger.Answer;
import dev.writ.ledger.Command;
import dev.writ.ledger.Fork;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.Pen;
import dev.writ.ledger.PenLimits;
import dev.writ.ledger.PenPorts;
import dev.writ.ledger.Published;
import dev.writ.ledger.Written;
import dev.writ.state.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The ledger of a running node: one thread steps the pen, a second answers confirmed reads on a
 * connection of its own, a third watches the first. Callers block; the queue is bounded, and so is
 * their wait.
 *
 * <p>A rule is code of ours over a state and policies that always end, so it cannot run for ever by
 * design; should one do so by mistake, the watcher gives the pen up after {@link #RULE_STUCK}: the
 * rule's caller is told that it was dropped, everybody else in the queue that nothing was decided,
 * and a new pen goes on from what the log says. The stuck thread can write nothing any more: its
 * store refuses it, and the database ends its transaction.
 */
public final class PenDriver implements Ledger, AutoCloseable {
  /** A rule that runs so long will not come back: 2 s, as long as the database lets a turn idle. */
  public static final Duration RULE_STUCK = Duration.ofSeconds(2);

  private static final Duration WATCH_EVERY = Duration.ofMillis(100);
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final Logger LOG = Logger.getLogger(PenDriver.class.getName());

  private final PenPorts ports;
  private final NodeId node;
  private final PenLimits limits;
  private final PenBoard board;
  private final ConfirmDriver confirmations;
  private final Thread watcher;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile PenThread writer;

  private PenDriver(PenPorts ports, NodeId node, PenLimits limits) {
    this.board = new PenBoard(ports.watch(), node);
    this.ports = board.over(ports);
    this.node = node;
    this.limits = limits;
    this.writer = PenThread.over(this.ports, node, limits, board);
    this.confirmations = new ConfirmDriver(this.ports, board, () -> writer.followNow());
    this.watcher = Thread.ofPlatform().name("writ-pen-watcher").daemon().unstarted(this::watch);
  }

  /**
   * Starts the node's pen; the ports' watch is called from the writer's thread. Answers come as
   * soon as the log has been read.
   */
  public static PenDriver start(PenPorts ports, NodeId node, PenLimits limits) {
    PenDriver driver = new PenDriver(ports, node, limits);
    driver.writer.start();
    driver.confirmations.start();
    driver.watcher.start();
    return driver;
  }

  @Override
  public <R> Written<R> write(Command<R> command) {
    Waiting<Written<R>> waiting = new Waiting<>();
    submit(command, Waiting.answer(waiting));
    // Without a time-out of its own, which costs a virtual thread a timer: the watcher keeps time.
    return waiting.await();
  }

  /** Queues a command without waiting; the answer comes on the writer's thread. */
  public <R> void submit(Command<R> command, Answer<R> answer) {
    writer.submit(command, answer);
  }

  @Override
  public State published() {
    return board.published().state();
  }

  /** The published state with its tree, its signed checkpoint, and who wrote last. */
  public Published publication() {
    return board.published();
  }

  @Override
  public State confirmed() {
    Waiting<State> waiting = new Waiting<>();
    confirmations.ask(Waiting.confirmed(waiting));
    return waiting.await(
        Command.PATIENCE.plusSeconds(1),
        new LedgerFault.Unavailable("no current state could be confirmed"));
  }

  /** The node that writes most lately, to which commands are better handed; empty: this one. */
  public Optional<NodeId> deferTo() {
    return board.deference().to(System.nanoTime());
  }

  /** Why this node stopped deciding, when it did. */
  public Optional<Fork> fork() {
    return board.fork();
  }

  /**
   * Whether it stopped for good: the stored log was looked at, and no new epoch was opened on it.
   */
  public boolean stuck() {
    return board.stuck();
  }

  /** Whether the log has been read since the start: the node can answer. */
  public boolean loaded() {
    return board.loaded();
  }

  /** Why the writer's thread ended, if a bug ended it: the process should end too. */
  public Optional<String> dead() {
    return writer.dead();
  }

  /** Looks at the head now: somebody said that something was written elsewhere. */
  public void followNow() {
    writer.followNow();
  }

  /**
   * An operator's order after a fork; see {@link Pen#openEpoch}. Waits for the new epoch's number.
   */
  public long openEpoch(String origin, Actor by) {
    Waiting<Written<Long>> waiting = new Waiting<>();
    writer.openEpoch(origin, by, Waiting.answer(waiting));
    return waiting
        .await(
            Duration.ofMinutes(10), new LedgerFault.Unanswered("the epoch is still being opened"))
        .reply();
  }

  private void watch() {
    while (!closed.get()) {
      PenThread now = writer;
      if (now.stuckFor(RULE_STUCK)) {
        LOG.log(Level.SEVERE, "a rule does not end; the pen goes on without it");
        replace(now);
      }
      now.dismissLate();
      try {
        Thread.sleep(WATCH_EVERY);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void replace(PenThread old) {
    PenThread fresh = PenThread.over(ports, node, limits, board);
    writer = fresh;
    old.abandon();
    fresh.start();
  }

  /** Stops; whoever still waits is told that nothing was decided, or that it is not known. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      watcher.interrupt();
      writer.close(CLOSING);
      confirmations.close(CLOSING);
    }
  }
}

package dev.writ.server.pen;

import dev.writ.base.NodeId;
import dev.writ.fact.Actor;
import dev.writ.ledger.Answer;
import dev.writ.ledger.Command;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.Next;
import dev.writ.ledger.Pen;
import dev.writ.ledger.PenLimits;
import dev.writ.ledger.PenPorts;
import dev.writ.ledger.Rule;
import dev.writ.ledger.Written;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The one thread that steps one pen. Others hand it work through its inbox. */
final class PenThread {
  /** How much longer than its command's patience a caller waits for a commit to be cleared up. */
  static final Duration GRACE = Duration.ofSeconds(30);

  private static final Logger LOG = Logger.getLogger(PenThread.class.getName());

  private final Pen pen;
  private final PenBoard board;
  private final int places;
  private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Set<Tracked<?>> unanswered = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean parked;
  private volatile boolean abandoned;
  private volatile boolean closing;
  private volatile Optional<String> dead = Optional.empty();

  private PenThread(PenPorts ports, NodeId node, PenLimits limits, PenBoard board) {
    this.board = board;
    // Revocations have as many places as all others; the pen's own queue tells them apart.
    this.places = 2 * limits.queued();
    this.thread = Thread.ofPlatform().name("writ-pen").daemon().unstarted(this::run);
    PenPorts guarded =
        new PenPorts(
            new GuardedStore(ports.store(), () -> abandoned, board),
            ports.seal(),
            ports.signer(),
            ports.acknowledged(),
            ports.snapshots(),
            ports.clock(),
            ports.nanos(),
            ports.entropy(),
            ports.watch());
    this.pen = Pen.resuming(guarded, node, limits, board.published());
  }

  static PenThread over(PenPorts ports, NodeId node, PenLimits limits, PenBoard board) {
    return new PenThread(ports, node, limits, board);
  }

  void start() {
    thread.start();
  }

  /** An answer that is known of, so that nobody is forgotten when the thread is given up. */
  private final class Tracked<R> implements Answer<R> {
    private final Rule<R> rule;
    private final Answer<R> answer;
    private final long deadline;

    Tracked(Command<R> command, Answer<R> answer) {
      this.rule = command.rule();
      this.answer = answer;
      this.deadline = System.nanoTime() + command.patience().plus(GRACE).toNanos();
    }

    @Override
    public void written(Written<R> written) {
      if (done()) {
        answer.written(written);
      }
    }

    @Override
    public void failed(LedgerFault fault) {
      if (done()) {
        answer.failed(fault);
      }
    }

    private boolean done() {
      boolean first = unanswered.remove(this);
      if (first) {
        waiting.decrementAndGet();
      }
      return first;
    }
  }

  <R> void submit(Command<R> command, Answer<R> answer) {
    if (waiting.incrementAndGet() > places) {
      waiting.decrementAndGet();
      answer.failed(new LedgerFault.Busy("the queue is full"));
      return;
    }
    Tracked<R> tracked = new Tracked<>(command, answer);
    unanswered.add(tracked);
    enter(() -> pen.submit(command, tracked));
    // After the entry: whoever ends the thread looks for the unanswered after it says so.
    if (abandoned || closing || dead.isPresent()) {
      tracked.failed(new LedgerFault.Unanswered(dead.orElse("the pen is stopping")));
    }
  }

  void openEpoch(String origin, Actor by, Answer<Long> answer) {
    enter(() -> pen.openEpoch(origin, by, answer));
  }

  void followNow() {
    enter(pen::followNow);
  }

  private void enter(Runnable work) {
    inbox.add(work);
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    try {
      while (!closing && !abandoned) {
        for (Runnable work = inbox.poll(); work != null; work = inbox.poll()) {
          work.run();
        }
        Next next = pen.step();
        board.loaded(pen.loaded());
        if (next instanceof Next.After(long nanos)) {
          park(nanos);
        }
      }
    } catch (RuntimeException | Error e) {
      // A bug or a broken platform: stop loudly; nothing was acknowledged that is not durable.
      dead = Optional.of("the pen has stopped: " + e);
      LOG.log(Level.SEVERE, "the pen has stopped", e);
      failAll(new LedgerFault.Unavailable("the pen has stopped", e));
    }
  }

  private void park(long nanos) {
    parked = true;
    if (inbox.isEmpty() && !closing) {
      LockSupport.parkNanos(this, nanos);
    }
    parked = false;
  }

  Optional<String> dead() {
    return dead;
  }

  /** Whether one rule has been running for longer than this. */
  boolean stuckFor(Duration longest) {
    PenBoard.Running now = board.running();
    return now.rule().isPresent() && System.nanoTime() - now.since() > longest.toNanos();
  }

  /** Tells those who have waited long beyond their patience that nothing is known. */
  void dismissLate() {
    long now = System.nanoTime();
    for (Tracked<?> each : unanswered) {
      if (now - each.deadline >= 0) {
        each.failed(new LedgerFault.Unanswered("no answer came; it may have been recorded"));
      }
    }
  }

  /** Gives this thread up: it may write nothing any more, and nobody waits for it. */
  @SuppressWarnings("ReferenceEquality") // the very rule that is stuck, not one like it
  void abandon() {
    Optional<Rule<?>> stuck = board.running().rule();
    abandoned = true;
    board.nothingRuns();
    for (Tracked<?> each : List.copyOf(unanswered)) {
      boolean guilty = stuck.filter(rule -> rule == each.rule).isPresent();
      each.failed(
          guilty
              ? new LedgerFault.Poisoned("the rule did not end", new IllegalStateException())
              : new LedgerFault.Unanswered("the pen starts again"));
    }
  }

  private void failAll(LedgerFault fault) {
    List.copyOf(unanswered).forEach(each -> each.failed(fault));
  }

  void close(Duration longest) {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    failAll(new LedgerFault.Unanswered("the node is stopping"));
  }
}

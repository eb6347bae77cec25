package dev.writ.server.pen;

import dev.writ.ledger.Confirmations;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.PenPorts;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The one thread that steps the confirmations. */
final class ConfirmDriver {
  private static final Logger LOG = Logger.getLogger(ConfirmDriver.class.getName());
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Confirmations confirmations;
  private final PenBoard board;
  private final Runnable follow;
  private final ConcurrentLinkedQueue<Confirmations.Confirmed> inbox =
      new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closing;

  ConfirmDriver(PenPorts ports, PenBoard board, Runnable follow) {
    this.confirmations = new Confirmations(ports.store(), ports.seal(), ports.nanos());
    this.board = board;
    this.follow = follow;
    this.thread = Thread.ofPlatform().name("writ-confirm").daemon().unstarted(this::run);
    board.onPublished(this::wake);
  }

  void start() {
    thread.start();
  }

  void ask(Confirmations.Confirmed answer) {
    inbox.add(answer);
    wake();
    if (closing) {
      failAll();
    }
  }

  private void wake() {
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closing) {
      for (var asked = inbox.poll(); asked != null; asked = inbox.poll()) {
        confirmations.ask(asked);
      }
      try {
        switch (confirmations.step(board.published(), board.fork())) {
          case IDLE -> LockSupport.park(this);
          case MORE -> {}
          case BEHIND -> {
            follow.run();
            LockSupport.parkNanos(this, LOOK_AGAIN.toNanos());
          }
        }
      } catch (RuntimeException e) {
        LOG.log(Level.SEVERE, "a confirmed read failed", e);
        confirmations.fail(new LedgerFault.Unavailable("the head cannot be read", e));
      }
    }
    failAll();
  }

  private void failAll() {
    LedgerFault fault = new LedgerFault.Unavailable("the node is stopping");
    for (var asked = inbox.poll(); asked != null; asked = inbox.poll()) {
      asked.failed(fault);
    }
  }

  void close(Duration longest) {
    closing = true;
    wake();
    try {
      thread.join(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    confirmations.fail(new LedgerFault.Unavailable("the node is stopping"));
    failAll();
  }
}

package dev.writ.server.main;

import dev.writ.base.NodeId;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.LedgerStore;
import dev.writ.server.store.ChoreClaims;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs background work, one bounded step at a time, in one thread. A chore that all nodes share is
 * claimed in the database first, so that one node at a time is at it; nothing's correctness depends
 * on when a chore runs.
 */
final class Chores implements AutoCloseable {
  /** Longest claim; a node that dies at a chore holds it up so long. */
  private static final Duration CLAIM = Duration.ofSeconds(30);

  private static final Duration BUSY = Duration.ofMillis(20);
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  /** Who is at a chore. */
  enum Kind {
    /** One node for all. */
    SHARED,
    /** Every node its own. */
    OWN
  }

  /** One bounded step; whether more is due at once. */
  @FunctionalInterface
  interface Step {
    boolean run();
  }

  /**
   * A chore.
   *
   * @param every pause between two steps
   */
  record Chore(String name, Kind kind, Duration every, Step step) {}

  private static final class Planned {
    private final Chore chore;
    private long next;
    private boolean failing;

    private Planned(Chore chore) {
      this.chore = chore;
      this.next = System.nanoTime() + chore.every().toNanos();
    }
  }

  private final ChoreClaims claims;
  private final NodeId node;
  private final List<Planned> planned;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  private Chores(ChoreClaims claims, NodeId node, List<Chore> chores) {
    this.claims = claims;
    this.node = node;
    this.planned = new ArrayList<>(chores.stream().map(Planned::new).toList());
    this.thread = Thread.ofPlatform().name("writ-chores").daemon().unstarted(this::run);
  }

  static Chores start(ChoreClaims claims, NodeId node, List<Chore> chores) {
    Chores all = new Chores(claims, node, chores);
    for (Chore chore : chores) {
      if (chore.kind() == Kind.SHARED) {
        claims.enter(chore.name());
      }
    }
    all.thread.start();
    return all;
  }

  private void run() {
    try {
      while (!stop.await(pause(), TimeUnit.NANOSECONDS)) {
        long now = System.nanoTime();
        for (Planned each : planned) {
          if (now - each.next >= 0 && stop.getCount() > 0) {
            each.next = System.nanoTime() + step(each).toNanos();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long pause() {
    long now = System.nanoTime();
    return planned.stream().mapToLong(p -> p.next - now).min().orElse(Long.MAX_VALUE);
  }

  private Duration step(Planned each) {
    try {
      boolean more =
          switch (each.chore.kind()) {
            case OWN -> each.chore.step().run();
            case SHARED -> claimed(each.chore);
          };
      if (each.failing) {
        each.failing = false;
        LOG.info("the chore {} works again", each.chore.name());
      }
      return more ? BUSY : each.chore.every();
    } catch (LedgerFault | LedgerStore.StoreFault e) {
      // The database may be away for a while: said once, tried on.
      if (!each.failing) {
        each.failing = true;
        LOG.warn("the chore {} waits for the ledger: {}", each.chore.name(), e.getMessage());
      }
      return each.chore.every();
    } catch (RuntimeException e) {
      LOG.error("the chore {} failed", each.chore.name(), e);
      return each.chore.every();
    }
  }

  private boolean claimed(Chore chore) {
    Optional<ChoreClaims.Claim> claim = claims.claim(chore.name(), node, CLAIM);
    if (claim.isEmpty()) {
      return false;
    }
    boolean more = chore.step().run();
    claims.finish(claim.get(), more ? Duration.ZERO : chore.every());
    return more;
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

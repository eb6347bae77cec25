package dev.writ.server.main;

import dev.writ.server.gateway.GatewayOrder;
import dev.writ.server.gateway.GatewayProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one gateway process running: one that dies is started again, with a pause so that one that
 * cannot live does not eat the machine. While there is none, no call is decided and none is sent.
 */
final class GatewayKeeper implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(GatewayKeeper.class);

  private final GatewayOrder order;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private GatewayProcess process;

  private GatewayKeeper(GatewayOrder order, GatewayProcess process) {
    this.order = order;
    this.process = process;
    this.thread = Thread.ofPlatform().name("writ-gateway-keeper").daemon().unstarted(this::keep);
  }

  /** Starts the first process; throws when that one does not come up. */
  static GatewayKeeper start(GatewayOrder order) throws IOException {
    GatewayKeeper keeper = new GatewayKeeper(order, GatewayProcess.start(order));
    keeper.thread.start();
    return keeper;
  }

  private synchronized GatewayProcess current() {
    return process;
  }

  private void keep() {
    try {
      while (closing.getCount() > 0) {
        GatewayProcess watched = current();
        int status = watched.onExit().join();
        if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        LOG.error("the gateway process ended with status {}; starting another", status);
        again();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void again() throws InterruptedException {
    while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
      try {
        replace(GatewayProcess.start(order));
        return;
      } catch (IOException e) {
        LOG.error("no gateway process could be started: {}", e.getMessage());
      }
    }
  }

  private synchronized void replace(GatewayProcess next) {
    process = next;
    if (closing.getCount() == 0) {
      next.close();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    current().close();
  }
}

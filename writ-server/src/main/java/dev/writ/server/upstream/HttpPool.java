package dev.writ.server.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Idle connections by origin. Connections carry no state of a session, so lanes may share them. */
final class HttpPool implements AutoCloseable {
  /** Most idle connections to one origin. */
  static final int MOST_IDLE = 64;

  /** Below the idle limits of common servers, so that we hang up first. */
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(4);

  /** How long errands may hold up the end. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Destinations destinations;
  private final Map<String, Deque<HttpConnection>> idle = new ConcurrentHashMap<>();
  private final List<Thread> errands = new ArrayList<>();
  private volatile boolean closing;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("upstream-watchdog").factory());

  HttpPool(Destinations destinations) {
    this.destinations = destinations;
  }

  /** A connection that is ready to carry a request. */
  HttpConnection take(URI url, Deadline deadline) throws UpstreamFault {
    Deque<HttpConnection> kept = idle.get(origin(url));
    for (HttpConnection next = pop(kept); next != null; next = pop(kept)) {
      if (next.isFresh(LONGEST_IDLE.toNanos())) {
        return next;
      }
      next.close();
    }
    return HttpConnection.open(url, destinations.resolve(url), deadline, watchdog);
  }

  void give(URI url, HttpConnection connection) {
    Deque<HttpConnection> kept = idle.computeIfAbsent(origin(url), o -> new ArrayDeque<>());
    boolean full;
    synchronized (kept) {
      full = kept.size() >= MOST_IDLE || closing;
      if (!full) {
        kept.push(connection);
      }
    }
    if (full) {
      connection.close();
    }
  }

  private static @org.jspecify.annotations.Nullable HttpConnection pop(
      @org.jspecify.annotations.Nullable Deque<HttpConnection> kept) {
    if (kept == null) {
      return null;
    }
    synchronized (kept) {
      return kept.poll();
    }
  }

  /** Something small that nobody waits for, except, shortly, {@link #close}. */
  void aside(Runnable errand) {
    synchronized (errands) {
      errands.removeIf(t -> !t.isAlive());
      errands.add(Thread.ofVirtual().name("upstream-errand").start(errand));
    }
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getHost() + ":" + Destinations.port(url);
  }

  @Override
  public void close() {
    closing = true;
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (errands) {
      try {
        for (Thread errand : errands) {
          errand.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    watchdog.shutdownNow();
    for (Deque<HttpConnection> kept : idle.values()) {
      synchronized (kept) {
        kept.forEach(HttpConnection::close);
        kept.clear();
      }
    }
  }
}

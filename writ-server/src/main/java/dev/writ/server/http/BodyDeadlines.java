package dev.writ.server.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ends the reading of a body that takes too long, by interrupting the reader, which closes its
 * connection: the HTTP library's sockets have no read timeout of their own.
 */
final class BodyDeadlines implements AutoCloseable {
  private final Duration patience;
  private final ScheduledThreadPoolExecutor clock;

  BodyDeadlines(Duration patience) {
    this.patience = patience;
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("body-deadlines").unstarted(task));
    this.clock.setRemoveOnCancelPolicy(true);
  }

  /** Reads; throws {@link Refused} when that took too long. */
  byte[] within(Supplier<byte[]> reading) {
    Reader reader = new Reader(Thread.currentThread());
    ScheduledFuture<?> end =
        clock.schedule(reader::over, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return reading.get();
    } catch (RuntimeException e) {
      if (reader.isOver()) {
        throw new Refused(new HttpRefusal.BodyTooSlow());
      }
      throw e;
    } finally {
      end.cancel(false);
      reader.done();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** Who reads, and whether they still do: an interrupt must not hit what the thread does next. */
  private static final class Reader {
    private final Thread thread;
    private boolean done;
    private boolean over;

    Reader(Thread thread) {
      this.thread = thread;
    }

    synchronized void over() {
      if (!done) {
        over = true;
        thread.interrupt();
      }
    }

    synchronized boolean isOver() {
      return over;
    }

    synchronized void done() {
      done = true;
      // Clears the flag, so that the answer can still be computed and counted.
      over |= Thread.interrupted();
    }
  }
}

package dev.writ.server.runner;

import dev.writ.base.Parsed;
import dev.writ.catalogue.StdioLimits;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The parent's end of the runner process: starts it when it is first needed and again after it
 * died, and hands each tool server's lines to its listener.
 */
public final class Runner implements AutoCloseable {
  private final List<String> command;
  private final AtomicLong ids = new AtomicLong();
  private Optional<Session> current = Optional.empty();
  private boolean closed;

  /** What somebody who opened a tool server hears; calls must not wait. */
  public interface Listener {
    /** It printed a line. */
    void line(String line);

    /** It ended, or never began; nothing follows. */
    void ended(String why, String stderr);
  }

  /** One tool server of the runner's. */
  public interface Program extends AutoCloseable {
    /** Writes a line; throws when the runner is gone. */
    void send(String line) throws IOException;

    /** Stops it. */
    @Override
    void close();
  }

  /** One life of the runner process. */
  private record Session(Process process, Map<Long, Listener> listeners) {}

  private Runner(List<String> command) {
    this.command = List.copyOf(command);
  }

  /** A runner on this process's own Java and class path. */
  public static Runner onOwnClassPath() {
    return new Runner(
        OwnJava.command(
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m"),
            RunnerMain.class.getName()));
  }

  /** Starts a tool server. Whatever goes wrong afterwards, the listener hears of it. */
  public Program open(List<String> program, StdioLimits limits, Listener listener)
      throws IOException {
    Session session = session();
    long id = ids.incrementAndGet();
    session.listeners().put(id, listener);
    try {
      send(session, new Note.Open(id, program, limits));
    } catch (IOException e) {
      session.listeners().remove(id);
      throw e;
    }
    return new Program() {
      @Override
      public void send(String line) throws IOException {
        Runner.send(session, new Note.To(id, line));
      }

      @Override
      public void close() {
        try {
          Runner.send(session, new Note.Close(id));
        } catch (IOException e) {
          // The runner is gone, and what it ran with it.
          return;
        }
      }
    };
  }

  /** The runner's process id; empty while it does not run. */
  public synchronized Optional<Long> pid() {
    return current.map(s -> s.process().pid());
  }

  private static void send(Session session, Note note) throws IOException {
    note.write(session.process().getOutputStream());
  }

  private synchronized Session session() throws IOException {
    if (closed) {
      throw new IOException("the runner is closed");
    }
    if (current.isPresent() && current.get().process().isAlive()) {
      return current.get();
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(new java.io.File("/"));
    builder.environment().clear();
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Session session = new Session(builder.start(), new ConcurrentHashMap<>());
    CountDownLatch ready = new CountDownLatch(1);
    Thread.ofPlatform().daemon().name("runner-notes").start(() -> listen(session, ready));
    try {
      if (!ready.await(20, TimeUnit.SECONDS) || !session.process().isAlive()) {
        session.process().destroyForcibly();
        throw new IOException("the runner process did not start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      session.process().destroyForcibly();
      throw new IOException("interrupted while the runner started", e);
    }
    current = Optional.of(session);
    return session;
  }

  private static void listen(Session session, CountDownLatch ready) {
    try {
      Lines lines = new Lines(session.process().getInputStream(), Note.LONGEST);
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        // The runner handles strangers' output, so it is half a stranger itself: what it says is
        // parsed, and a runner that cannot be understood is ended.
        switch (Note.parse(line.get())) {
          case Parsed.Ok<Note>(Note note) -> hear(session, note, ready);
          case Parsed.Refused<Note> r -> throw new IOException("the runner is not understood");
        }
      }
    } catch (IOException e) {
      session.process().destroyForcibly();
    }
    ready.countDown();
    session.process().destroyForcibly();
    for (Long id : List.copyOf(session.listeners().keySet())) {
      Listener left = session.listeners().remove(id);
      if (left != null) {
        left.ended("the runner ended", "");
      }
    }
  }

  private static void hear(Session session, Note note, CountDownLatch ready) {
    switch (note) {
      case Note.Ready r -> ready.countDown();
      case Note.From(long id, String line) -> {
        Listener listener = session.listeners().get(id);
        if (listener != null) {
          listener.line(line);
        }
      }
      case Note.Ended(long id, String why, String stderr) -> {
        Listener listener = session.listeners().remove(id);
        if (listener != null) {
          listener.ended(why, stderr);
        }
      }
      case Note.Open o -> {}
      case Note.To t -> {}
      case Note.Close c -> {}
    }
  }

  /** Ends the runner and with it every tool server. */
  @Override
  public void close() {
    Optional<Session> last;
    synchronized (this) {
      closed = true;
      last = current;
      current = Optional.empty();
    }
    if (last.isPresent()) {
      Process process = last.get().process();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (IOException e) {
        process.destroyForcibly();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }
}

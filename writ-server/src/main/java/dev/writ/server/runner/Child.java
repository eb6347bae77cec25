package dev.writ.server.runner;

import dev.writ.catalogue.StdioLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One running tool server: what it is told, what it prints, and its end. */
final class Child {
  private static final int MOST_WAITING = 256;
  private static final int STDERR_KEPT = 2_000;
  private final long id;
  private final StdioLimits limits;
  private final Process process;
  private final Consumer<Note> tell;
  private final BlockingQueue<String> inbox = new ArrayBlockingQueue<>(MOST_WAITING);
  private volatile String why = "";
  private final StringBuilder stderr = new StringBuilder();

  private Child(Note.Open open, Process process, Consumer<Note> tell) {
    this.id = open.id();
    this.limits = open.limits();
    this.process = process;
    this.tell = tell;
  }

  /**
   * Starts the command line. Call it from a thread that lives as long as the runner: the system
   * ends the child with the thread that made it.
   */
  static Child start(Note.Open open, List<String> line, Consumer<Note> tell) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line).directory(new java.io.File("/"));
    builder.environment().clear();
    Child child = new Child(open, builder.start(), tell);
    Thread.ofPlatform().daemon().name("child-in").start(child::write);
    Thread errors = Thread.ofPlatform().daemon().name("child-err").start(child::collect);
    Thread.ofPlatform().daemon().name("child-out").start(() -> child.read(errors));
    return child;
  }

  /** Queues a line; a child that does not read is ended. */
  void send(String line) {
    if (!inbox.offer(line)) {
      end("it does not read what it is sent");
    }
  }

  /** Ends it and everything it started; what it was told before may be lost. */
  void end(String reason) {
    because(reason);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** The first reason is the true one; what follows are its effects. */
  private synchronized void because(String reason) {
    if (why.isEmpty()) {
      why = reason;
    }
  }

  private void write() {
    try (OutputStream out = process.getOutputStream()) {
      while (process.isAlive()) {
        String line = inbox.poll(1, TimeUnit.SECONDS);
        if (line != null) {
          out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      }
    } catch (IOException e) {
      hungUp();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end("the runner is stopping");
    }
  }

  /** A program that ends closes its input first: its code says more, once there is one. */
  private void hungUp() {
    try {
      if (process.waitFor(1, TimeUnit.SECONDS)) {
        because("it ended with code " + process.exitValue());
      } else {
        end("it closed its standard input");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end("the runner is stopping");
    }
  }

  private void read(Thread errors) {
    try (InputStream in = process.getInputStream()) {
      Lines lines = new Lines(in, limits.lineBytes());
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        Optional<String> text = Note.utf8(line.get());
        if (text.isEmpty()) {
          end("it printed something that is not UTF-8");
          break;
        }
        if (!text.get().isBlank()) {
          tell.accept(new Note.From(id, text.get()));
        }
      }
    } catch (Lines.TooLong e) {
      end("it printed a line longer than " + limits.lineBytes() + " bytes");
    } catch (IOException e) {
      end("its standard output broke");
    }
    finish(errors);
  }

  /** Whoever closed its standard output will not speak again: it is over, alive or not. */
  private void finish(Thread errors) {
    try {
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        end("it closed its standard output");
      }
      errors.join(1_000);
      int code = process.waitFor();
      because("it ended with code " + code);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    String last;
    synchronized (stderr) {
      last = stderr.toString();
    }
    tell.accept(new Note.Ended(id, why, last));
  }

  private void collect() {
    byte[] part = new byte[1_024];
    try (InputStream in = process.getErrorStream()) {
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        synchronized (stderr) {
          // Bytes beyond ASCII are shown as points: this is for a person's eyes, not for parsing.
          for (int i = 0; i < n; i++) {
            stderr.append(part[i] >= 32 && part[i] < 127 ? (char) part[i] : ' ');
          }
          stderr.delete(0, Math.max(0, stderr.length() - STDERR_KEPT));
        }
      }
    } catch (IOException e) {
      end("its standard error broke");
    }
  }
}

package dev.writ.server.runner;

import dev.writ.base.Parsed;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The runner process. Notes come in on standard input and go out on standard output; when the input
 * ends, because the parent closed it or died, every tool server is killed and the runner ends.
 */
public final class RunnerMain {
  /** Most tool servers at a time. */
  static final int MOST_CHILDREN = 64;

  private static final long MINUTE = 60_000_000_000L;
  private final Cage cage = new Cage();
  private final OutputStream out;
  private final Map<Long, Running> children = new HashMap<>();
  private final BitSet slots = new BitSet();
  private final Map<String, Deque<Long>> starts = new HashMap<>();

  private record Running(Child child, int slot) {}

  private RunnerMain(OutputStream out) {
    this.out = out;
  }

  /** Takes no arguments. */
  public static void main(String[] args) throws IOException {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    // Whatever prints by accident must not end up between the notes.
    System.setOut(System.err);
    RunnerMain runner = new RunnerMain(out);
    runner.run(new Lines(new FileInputStream(FileDescriptor.in), Note.LONGEST));
    Runtime.getRuntime().halt(0);
  }

  private void run(Lines in) throws IOException {
    tell(new Note.Ready());
    try {
      for (Optional<byte[]> line = in.next(); line.isPresent(); line = in.next()) {
        switch (Note.parse(line.get())) {
          case Parsed.Ok<Note>(Note note) -> obey(note);
          case Parsed.Refused<Note>(var problems) -> {
            System.err.println("runner: a note was not understood: " + problems);
            return;
          }
        }
      }
    } finally {
      synchronized (children) {
        children.values().forEach(c -> c.child().end("the runner is stopping"));
      }
    }
  }

  private void obey(Note note) {
    switch (note) {
      case Note.Open open -> open(open);
      case Note.To(long id, String line) -> find(id).ifPresent(c -> c.child().send(line));
      case Note.Close(long id) -> find(id).ifPresent(c -> c.child().end("it was stopped"));
      case Note.Ready r -> {}
      case Note.From f -> {}
      case Note.Ended e -> {}
    }
  }

  private Optional<Running> find(long id) {
    synchronized (children) {
      return Optional.ofNullable(children.get(id));
    }
  }

  private void open(Note.Open open) {
    Optional<String> refusal = refusal(open);
    if (refusal.isPresent()) {
      tell(new Note.Ended(open.id(), refusal.get(), ""));
      return;
    }
    synchronized (children) {
      int slot = slots.nextClearBit(0);
      try {
        Child child =
            Child.start(open, cage.around(open.command(), open.limits(), slot), this::tell);
        slots.set(slot);
        children.put(open.id(), new Running(child, slot));
      } catch (IOException e) {
        tell(new Note.Ended(open.id(), "it could not be started: " + e.getMessage(), ""));
      }
    }
  }

  private Optional<String> refusal(Note.Open open) {
    if (open.command().isEmpty()) {
      return Optional.of("it has no command");
    }
    synchronized (children) {
      if (children.size() >= MOST_CHILDREN) {
        return Optional.of("more than " + MOST_CHILDREN + " tool servers are running");
      }
    }
    long now = System.nanoTime();
    starts.values().removeIf(times -> now - times.getLast() > MINUTE);
    Deque<Long> times =
        starts.computeIfAbsent(String.join("\0", open.command()), c -> new ArrayDeque<>());
    while (!times.isEmpty() && now - times.getFirst() > MINUTE) {
      times.removeFirst();
    }
    if (times.size() >= open.limits().startsPerMinute()) {
      return Optional.of(
          "it was started " + times.size() + " times within a minute; it waits until that is over");
    }
    times.addLast(now);
    return cage.missing();
  }

  private void tell(Note note) {
    if (note instanceof Note.Ended(long id, String why, String stderr)) {
      synchronized (children) {
        Running ended = children.remove(id);
        if (ended != null) {
          slots.clear(ended.slot());
        }
      }
    }
    try {
      note.write(out);
    } catch (IOException e) {
      // The parent is gone; with it goes everything we run.
      Runtime.getRuntime().halt(1);
    }
  }
}

package dev.writ.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that two processes share through a file: what it is wrong by, or where it stands still.
 */
final class ClockFile implements InstantSource {
  private final Path file;

  /** The clock that this file says. */
  ClockFile(Path file) {
    this.file = file;
  }

  /** A clock that is right until it is told otherwise. */
  static ClockFile right(Path file) throws IOException {
    ClockFile clock = new ClockFile(file);
    clock.wrongBy(Duration.ZERO);
    return clock;
  }

  Path file() {
    return file;
  }

  void wrongBy(Duration span) throws IOException {
    say("wrong " + span);
  }

  /** Stands still at what it shows now. */
  void standStill() throws IOException {
    say("stands " + instant());
  }

  /** At once, so that whoever reads finds the one or the other. */
  private void say(String what) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, what);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public Instant instant() {
    try {
      String[] said = Files.readString(file).split(" ", 2);
      return said[0].equals("stands")
          ? Instant.parse(said[1])
          : Clock.systemUTC().instant().plus(Duration.parse(said[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

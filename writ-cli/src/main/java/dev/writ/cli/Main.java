package dev.writ.cli;

import dev.writ.terminal.Logs;
import dev.writ.terminal.World;
import java.io.Console;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** The {@code writ} command. */
public final class Main {
  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    Logs.quiet();
    SecureRandom random = new SecureRandom();
    World world =
        new World(
            System.getenv(),
            Path.of(System.getProperty("user.home", ".")),
            System.in,
            colour(),
            terminal(),
            Clock.systemUTC(),
            random::nextBytes);
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
    int status = Cli.of(world, out, err).execute(args);
    out.flush();
    System.exit(status);
  }

  /** Colour is for terminals whose owner did not decline it (no-color.org). */
  private static boolean colour() {
    String declined = System.getenv("NO_COLOR");
    return terminal()
        && (declined == null || declined.isEmpty())
        && !"dumb".equals(System.getenv("TERM"));
  }

  /** Whether standard input and output are both a terminal. */
  private static boolean terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}

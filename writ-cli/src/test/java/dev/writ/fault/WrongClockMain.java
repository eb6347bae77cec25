package dev.writ.fault;

import dev.writ.cli.Cli;
import dev.writ.terminal.World;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;

/** {@code writ} as it is, on a clock of the test's; the file that says it is the first argument. */
final class WrongClockMain {
  private WrongClockMain() {}

  public static void main(String[] args) {
    World world =
        new World(
            System.getenv(),
            Path.of(System.getProperty("user.home", ".")),
            System.in,
            false,
            new ClockFile(Path.of(args[0])),
            new SecureRandom()::nextBytes);
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    PrintWriter err =
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
    String[] rest = java.util.Arrays.copyOfRange(args, 1, args.length);
    int status = Cli.of(world, out, err).execute(rest);
    out.flush();
    System.exit(status);
  }
}

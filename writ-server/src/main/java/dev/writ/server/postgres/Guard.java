package dev.writ.server.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One PostgreSQL program under the guard script: it ends when {@link #stop} is called and when this
 * Java process ends in any way, because either closes the pipe the script reads.
 */
final class Guard {
  /** How the program names the cluster folder when it may not walk down to it: by descriptor. */
  private static final String BY_DESCRIPTOR = "/proc/self/fd/9";

  private static final String PASSWORD_BY_DESCRIPTOR = "/dev/fd/8";
  private static final String SCRIPT = script();
  private static final List<Path> PROGRAM_FOLDERS =
      List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/local/bin"));

  private final Process shell;

  private Guard(Process shell) {
    this.shell = shell;
  }

  /**
   * The name under which a program of this account finds the cluster. Stepping down from root it
   * may lack the right to pass the folders above (a home folder is closed to others), so it gets
   * the open folder itself; that keeps every permission on the way as it is.
   */
  static String nameOf(Path cluster, Account account) {
    return account.isOurs() ? cluster.toString() : BY_DESCRIPTOR;
  }

  /** The name under which {@code initdb} finds the password file. */
  static String passwordName() {
    return PASSWORD_BY_DESCRIPTOR;
  }

  /** Starts {@code command} with the given folder's cluster, password file and log. */
  static Guard run(DataFolder folder, Path cluster, Account account, List<String> command) {
    List<String> line = new ArrayList<>();
    if (!account.isOurs() && !exists("setpriv")) {
      throw new PostgresRefused(
          PostgresRefused.Reason.FAILED,
          "PostgreSQL does not run as root, and `setpriv` (util-linux), which would step down to"
              + " another account, is not installed; install it or run as an ordinary user");
    }
    if (exists("setsid")) {
      // Ctrl-C in a terminal reaches a whole session; the database must outlive our own shutdown.
      line.add("setsid");
    }
    line.addAll(List.of("sh", "-c", SCRIPT, "writ-postgres"));
    line.add(cluster.toString());
    line.add(folder.passwordFile().toString());
    line.add(folder.log().toString());
    line.add(account.isOurs() ? "" : Integer.toString(account.uid()));
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.path().toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return new Guard(builder.start());
    } catch (IOException e) {
      throw new PostgresRefused(
          PostgresRefused.Reason.FAILED, "no shell could be started: " + e.getMessage(), e);
    }
  }

  boolean isRunning() {
    return shell.isAlive();
  }

  /** The program's exit code; only after it ended. */
  int exitCode() {
    return shell.exitValue();
  }

  /** Waits until the program ended by itself; {@code false} when it did not in time. */
  boolean ended(Duration limit) {
    try {
      return shell.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asks the program to stop and waits; after 30 seconds the script no longer asks. */
  void stop() {
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is gone because the script is: nothing is left to be asked.
      shell.destroy();
    }
    if (!ended(Duration.ofSeconds(40))) {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly();
    }
  }

  private static boolean exists(String program) {
    return PROGRAM_FOLDERS.stream().anyMatch(f -> Files.isExecutable(f.resolve(program)));
  }

  private static String script() {
    try (InputStream in = Guard.class.getResourceAsStream("guard.sh")) {
      if (in == null) {
        throw new IllegalStateException("guard.sh is missing from the distribution");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

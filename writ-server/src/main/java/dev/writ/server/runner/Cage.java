package dev.writ.server.runner;

import dev.writ.catalogue.StdioLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line that runs a stranger's program with less: another user without groups and
 * capabilities where we are root, no way to gain privileges, the limits, and death with its parent.
 */
final class Cage {
  /**
   * The first of the users that tool servers run as, one each, so that they can reach neither us
   * nor each other nor the database, which runs under an account of its own. The numbers have no
   * account on common systems; files of no one are theirs.
   */
  static final int FIRST_USER = 61_200;

  private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"));

  private final Optional<Path> setpriv = program("setpriv");
  private final Optional<Path> prlimit = program("prlimit");
  private final boolean root = isRoot();

  /** Why no program can be caged here; empty when it can. */
  Optional<String> missing() {
    return root && setpriv.isEmpty()
        ? Optional.of(
            "running as root, and `setpriv` (util-linux), which would step down to another user,"
                + " is not installed; install it or run as an ordinary user")
        : Optional.empty();
  }

  /** The whole command line for a program in this slot. */
  List<String> around(List<String> command, StdioLimits limits, int slot) {
    List<String> line = new ArrayList<>();
    setpriv.ifPresent(program -> line.addAll(stepDown(program, FIRST_USER + slot)));
    if (prlimit.isPresent()) {
      line.add(prlimit.get().toString());
      line.add("--core=0");
      line.add("--data=" + limits.memoryBytes());
      line.add("--nofile=" + limits.files());
      line.add("--nproc=" + limits.processes());
      line.add("--fsize=" + limits.fileBytes());
      line.add("--cpu=" + limits.cpuSeconds());
      line.add("--");
    } else {
      line.addAll(List.of("/bin/sh", "-c", ulimits(limits), "writ-runner"));
    }
    line.addAll(command);
    return line;
  }

  private List<String> stepDown(Path program, int user) {
    List<String> line = new ArrayList<>(List.of(program.toString(), "--no-new-privs"));
    line.addAll(List.of("--pdeathsig", "KILL"));
    if (root) {
      line.addAll(List.of("--reuid", "" + user, "--regid", "" + user, "--clear-groups"));
      line.addAll(List.of("--inh-caps", "-all", "--ambient-caps", "-all"));
      line.addAll(List.of("--bounding-set", "-all"));
    }
    line.add("--");
    return line;
  }

  /** Where util-linux is absent (macOS): what every POSIX shell can bound. */
  private static String ulimits(StdioLimits limits) {
    return "ulimit -c 0; ulimit -n "
        + limits.files()
        + "; ulimit -t "
        + limits.cpuSeconds()
        + "; ulimit -f "
        + (limits.fileBytes() + 511) / 512
        + "; exec \"$@\"";
  }

  private static Optional<Path> program(String name) {
    return FOLDERS.stream().map(f -> f.resolve(name)).filter(Files::isExecutable).findFirst();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}

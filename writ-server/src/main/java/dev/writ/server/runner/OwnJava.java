package dev.writ.server.runner;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines for other programs of this distribution: this process's own Java, its own class
 * path, and the archive of prepared classes it was started with, if it was.
 */
public final class OwnJava {
  /**
   * What the launcher prepares quicker starts with: where the archive is and to be silent about it,
   * or where to write down the classes that belong into one. Whatever this process was told of it,
   * its children are told.
   */
  private static final List<String> PREPARED =
      List.of(
          "-XX:SharedArchiveFile=", "-XX:DumpLoadedClassList=", "-Xlog:cds=off", "-Xlog:aot=off");

  private OwnJava() {}

  /**
   * The command that runs a main class; its arguments follow.
   *
   * @param flags for the Java machine
   */
  public static List<String> command(List<String> flags, String mainClass) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(flags);
    for (String given : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (PREPARED.stream().anyMatch(given::startsWith)) {
        line.add(given);
      }
    }
    line.add("-cp");
    line.add(classPath());
    line.add(mainClass);
    return List.copyOf(line);
  }

  /** Absolute, because the child may be started in another folder. */
  private static String classPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}

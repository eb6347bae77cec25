package dev.writ.fault;

import dev.writ.base.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code writ} in a process of its own, which can be stopped, continued and killed. */
final class Child implements AutoCloseable {
  private static final int LONGEST_SECONDS = 90;

  private final Process process;
  private final Path errors;
  private final BufferedReader out;

  private Child(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** What a command came to. */
  record Ended(int status, String out, String errors) {}

  /** Starts {@code writ} with these arguments; its complaints go below {@code folder}. */
  static Child writ(Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("dev.writ.cli.Main"));
    all.addAll(arguments);
    return java(folder, environment, all);
  }

  /** Starts {@code writ} on a clock that may be wrong. */
  static Child writ(Path folder, ClockFile clock, List<String> arguments) throws IOException {
    List<String> all =
        new ArrayList<>(List.of(WrongClockMain.class.getName(), clock.file().toString()));
    all.addAll(arguments);
    return java(folder, Map.of(), all);
  }

  private static Child java(Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(arguments);
    Path errors = Files.createTempFile(folder, "writ-", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    return new Child(builder.start(), errors);
  }

  /** Runs a command to its end. */
  static Ended run(Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException {
    try (Child child = writ(folder, environment, arguments)) {
      // Nobody types anything.
      child.process.getOutputStream().close();
      return child.ended();
    }
  }

  /** The next line it says, which is an object. */
  Json.Obj object() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("it ended: " + complaints());
    }
    return object(line);
  }

  static Json.Obj object(String line) {
    return Json.parseObject(line.getBytes(StandardCharsets.UTF_8), Json.Bounds.REQUEST).orThrow();
  }

  /** Waits until it ends. */
  Ended ended() throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
    }
    await();
    return new Ended(process.exitValue(), said.toString(), complaints());
  }

  String complaints() throws IOException {
    return Files.readString(errors);
  }

  boolean isRunning() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Its gateway, which is a Java process as well. */
  long gatewayPid() {
    return process
        .children()
        .filter(c -> c.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  /** {@code SIGKILL}: no handler runs. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** Sends a signal such as {@code STOP} or {@code CONT} to a process of ours. */
  static void signal(String name, long pid) throws IOException {
    try {
      int status = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
      if (status != 0) {
        throw new IOException("process " + pid + " takes no signal");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void await() {
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("it does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** {@code SIGTERM}, as an operator would. */
  @Override
  public void close() {
    process.destroy();
    await();
  }
}

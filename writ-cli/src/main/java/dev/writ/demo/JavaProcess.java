package dev.writ.demo;

import dev.writ.base.Json;
import dev.writ.server.runner.OwnJava;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Another program of this distribution in a process of its own; it speaks a line at a time. Closing
 * it closes its input, which ends it, and ends it for good when it stays.
 */
final class JavaProcess implements AutoCloseable {
  private static final int SECONDS_TO_END = 10;
  private static final int COMPLAINT = 2_000;

  private final String name;
  private final Process process;
  private final Path errors;
  private final BufferedReader answers;
  private final BufferedWriter orders;

  private JavaProcess(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts a main class with this process's Java and class path.
   *
   * @param errors where its standard error goes
   */
  static JavaProcess start(String name, Path errors, String mainClass, List<String> arguments)
      throws IOException {
    return start(name, errors, Map.of(), mainClass, arguments);
  }

  /**
   * @param environment variables beside this process's own
   */
  static JavaProcess start(
      String name,
      Path errors,
      Map<String, String> environment,
      String mainClass,
      List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            OwnJava.command(
                List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED"),
                mainClass));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    return new JavaProcess(name, process, errors);
  }

  /** The next line it says. Throws when it ended instead, with what it complained of. */
  String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(name + " ended: " + complaint());
    }
    return line;
  }

  /** The next line, which is an object. */
  Json.Obj object() throws IOException {
    return Json.parseObject(
            line().getBytes(StandardCharsets.UTF_8), new Json.Bounds(4 << 20, 64, 400_000, false))
        .orThrow();
  }

  /** Gives an order and waits for the answer. */
  Json.Obj ask(Json.Obj order) throws IOException {
    orders.write(new String(order.canonical(), StandardCharsets.UTF_8));
    orders.newLine();
    orders.flush();
    return object();
  }

  /** Everything it says until it ends; throws unless it ends with this status. */
  String end(int status) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      all.append(line).append('\n');
    }
    try {
      int ended = process.waitFor();
      if (ended != status) {
        throw new IOException(name + " ended with " + ended + ": " + complaint());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(name + " was interrupted", e);
    }
    return all.toString();
  }

  private String complaint() {
    try {
      String text = Files.readString(errors);
      return text.length() > COMPLAINT ? text.substring(text.length() - COMPLAINT) : text;
    } catch (IOException e) {
      return "its complaints cannot be read";
    }
  }

  /** Asks it to end as an operator would: SIGTERM. */
  void stop() {
    process.destroy();
    await();
  }

  @Override
  public void close() {
    try {
      orders.close();
    } catch (IOException e) {
      process.destroy();
    }
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

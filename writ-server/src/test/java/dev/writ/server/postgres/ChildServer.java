package dev.writ.server.postgres;

import dev.writ.base.Entropy;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Java process of its own that holds an embedded server, to be killed. */
final class ChildServer implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private ChildServer(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildServer start(Path folder) throws IOException {
    String classPath = System.getProperty("java.class.path");
    return new ChildServer(builder(List.of(), classPath, folder).start());
  }

  static ChildServer startAs(String uid, Path folder, Path home) throws IOException {
    List<String> step = List.of("setpriv", "--reuid", uid, "--regid", uid, "--clear-groups");
    ProcessBuilder builder = builder(step, readable(home.resolve("lib")), folder);
    builder.environment().put("HOME", home.toString());
    builder.environment().remove("XDG_CACHE_HOME");
    return new ChildServer(builder.start());
  }

  private static ProcessBuilder builder(List<String> before, String classPath, Path folder) {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(classPath);
    command.add(ChildServer.class.getName());
    command.add(folder.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** Copies of what the child needs: another user may not look into our Maven repository. */
  private static String readable(Path lib) throws IOException {
    List<String> copies = new ArrayList<>();
    String classPath = System.getProperty("java.class.path");
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      String name = from.getFileName().toString();
      if (Files.isDirectory(from) || name.contains("postgres") || name.startsWith("xz-")) {
        Path to = lib.resolve(copies.size() + "-" + name);
        copy(from, to);
        copies.add(to.toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path copy = to.resolve(from.relativize(each).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(each, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** The next line it says. */
  String line() throws IOException {
    return String.valueOf(out.readLine());
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
    out.close();
  }

  /** Starts a server in the folder named, keeps a row, says so, and stays until told to end. */
  public static void main(String[] args) throws SQLException, IOException {
    Entropy entropy = new SecureRandom()::nextBytes;
    try (EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(args[0]), entropy)) {
      try (Connection c = server.connect(EmbeddedPostgres.DATABASE);
          Statement s = c.createStatement()) {
        s.execute("create table if not exists kept (n integer)");
        s.execute("insert into kept values (42)");
      }
      System.out.println("ready " + server.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (PostgresRefused e) {
      System.out.println("refused " + e.reason() + " " + e.getMessage());
    }
  }
}

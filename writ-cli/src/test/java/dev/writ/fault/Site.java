package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.server.config.Address;
import dev.writ.server.keys.SystemEntropy;
import dev.writ.terminal.Api;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A data folder with its addresses: {@code writ init} and {@code writ serve} on it. */
final class Site {
  private final Path folder;
  private final String listen;
  private final String gateway;
  private final List<String> database;

  private Site(Path folder, List<String> database) throws IOException {
    this.folder = folder;
    this.listen = "127.0.0.1:" + freePort();
    this.gateway = "127.0.0.1:" + freePort();
    this.database = List.copyOf(database);
    Files.createDirectories(logs());
  }

  /** A founded development ledger on its own embedded PostgreSQL. */
  static Site founded(Path folder) throws IOException {
    return founded(folder, List.of(), "development");
  }

  /**
   * @param database flags that name a database, or none
   */
  static Site founded(Path folder, List<String> database, String mode) throws IOException {
    Site site = new Site(folder, database);
    Child.Ended init = site.init(mode);
    assertThat(init.status()).as(init.errors()).isZero();
    return site;
  }

  /** A folder in which nothing was founded. */
  static Site empty(Path folder, List<String> database) throws IOException {
    return new Site(folder, database);
  }

  /** Another node of the same ledger, same database: it joins the one that runs. */
  Site another(Path other, Serving running) throws IOException {
    return another(new Site(other, database), running);
  }

  /** The same in a folder that is known already. */
  Site another(Site site, Serving running) throws IOException {
    Child.Ended joined = site.join(running, running.company().nodeCode());
    assertThat(joined.status()).as(joined.errors()).isZero();
    return site;
  }

  /** Another node that has the very same key files, as a mounted folder would give it. */
  Site sharing(Path other) throws IOException {
    Site site = new Site(other, database);
    Files.createDirectories(site.data());
    Files.createSymbolicLink(site.data().resolve("keys"), data().resolve("keys"));
    return site;
  }

  /** {@code writ node join} with a code. */
  Child.Ended join(Serving running, String code) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "node",
                "join",
                code,
                "--server",
                running.url().toString(),
                "--data",
                data().toString(),
                "--listen",
                listen,
                "--json"));
    arguments.addAll(database);
    return Child.run(logs(), Map.of(), arguments);
  }

  /** Everything below a folder, with owners and modes; links are not followed. */
  static void copy(Path from, Path to) throws IOException {
    try {
      int status =
          new ProcessBuilder("cp", "-a", from.toString(), to.toString())
              .inheritIO()
              .start()
              .waitFor();
      assertThat(status).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  Child.Ended init(String mode) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "init",
                "--data",
                data().toString(),
                "--mode",
                mode,
                "--founder",
                Company.FOUNDER,
                "--listen",
                listen,
                "--json"));
    arguments.addAll(database);
    return Child.run(logs(), Map.of(), arguments);
  }

  /** An operator's order to open a new epoch; nothing is typed. */
  Child.Ended epoch(String person, String... flags) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("ledger", "epoch", "--data", data().toString(), "--as", person));
    arguments.addAll(database);
    arguments.addAll(List.of(flags));
    return Child.run(logs(), Map.of(), arguments);
  }

  /** Starts a server that may call these tools, and waits until it listens. */
  Serving serve(CountingTools tools, String... flags) throws IOException {
    return listening(started(tools, flags));
  }

  /** The same on a clock that may be wrong. */
  Serving serveBy(ClockFile clock, CountingTools tools, String... flags) throws IOException {
    return listening(Child.writ(logs(), clock, arguments(tools, flags)));
  }

  private static Serving listening(Child child) throws IOException {
    boolean listens = false;
    try {
      Json.Obj said = child.object();
      Serving serving =
          new Serving(
              child,
              URI.create(said.text("listening").orElseThrow(() -> new IOException(text(said)))),
              URI.create(said.text("gateway").orElse("http://127.0.0.1:1/mcp")));
      listens = true;
      return serving;
    } finally {
      if (!listens) {
        child.kill();
      }
    }
  }

  private static String text(Json.Obj said) {
    return new String(said.canonical(), StandardCharsets.UTF_8);
  }

  /** Starts a server that is not expected to listen. */
  Child started(CountingTools tools, String... flags) throws IOException {
    return Child.writ(logs(), Map.of(), arguments(tools, flags));
  }

  private List<String> arguments(CountingTools tools, String... flags) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "serve",
                "--data",
                data().toString(),
                "--listen",
                listen,
                "--gateway-listen",
                gateway,
                "--gateway-upstreams",
                tools.address(),
                "--json"));
    arguments.addAll(database);
    arguments.addAll(List.of(flags));
    return arguments;
  }

  /** What {@code writ doctor} finds wrong, by name. */
  Map<String, String> doctor(String... flags) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("doctor", "--data", data().toString(), "--json"));
    arguments.addAll(database);
    arguments.addAll(List.of(flags));
    Child.Ended ended = Child.run(logs(), Map.of(), arguments);
    Json.Obj said = Child.object(ended.out());
    Map<String, String> ill = new LinkedHashMap<>();
    for (Json each : said.array("findings").orElseThrow()) {
      Json.Obj finding = (Json.Obj) each;
      if (finding.get("ok").equals(Optional.of(new Json.Bool(false)))) {
        ill.put(finding.text("name").orElseThrow(), finding.text("what").orElseThrow());
      }
    }
    assertThat(ended.status()).as(ended.errors()).isEqualTo(ill.isEmpty() ? 0 : 1);
    return ill;
  }

  /** A server that listens. */
  record Serving(Child child, URI url, URI gateway) implements AutoCloseable {
    Company company() {
      return new Company(url);
    }

    /** What it answers anybody at this path. */
    byte[] bytes(String path) {
      try (Api api = new Api(url, Optional.empty())) {
        return api.bytes(path);
      }
    }

    /** The log's public key. */
    String key() {
      return new String(bytes("/ledger/key.vkey"), StandardCharsets.US_ASCII);
    }

    Worker worker(String writ) {
      return Worker.enrolled(url, gateway, company().code(writ));
    }

    /**
     * Waits until this node publishes what the other has published by now: a node follows others by
     * polling, and shows what it knows.
     */
    void follow(Serving other) throws Exception {
      long size = size(other);
      Until.holds("the node has followed", Duration.ofMinutes(2), () -> size(this) >= size);
    }

    private static long size(Serving node) {
      String note = new String(node.bytes("/ledger/checkpoint"), StandardCharsets.UTF_8);
      return Long.parseLong(note.lines().skip(1).findFirst().orElseThrow());
    }

    /** Ends the server before its time; closing it again does nothing. */
    void end() {
      close();
    }

    @Override
    public void close() {
      child.close();
    }
  }

  Path data() {
    return folder.resolve("data");
  }

  Path folder() {
    return folder;
  }

  String listen() {
    return listen;
  }

  String gatewayListen() {
    return gateway;
  }

  Path logs() {
    return folder.resolve("logs");
  }

  static int freePort() throws IOException {
    return Address.unused("127.0.0.1", new SystemEntropy()).port();
  }
}

package dev.writ.demo;

import dev.writ.base.Json;
import dev.writ.server.config.Address;
import dev.writ.server.keys.SystemEntropy;
import dev.writ.server.postgres.EmbeddedPostgres;
import dev.writ.terminal.Api;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Everything the demonstration runs on, each in a process of its own: the company's PostgreSQL, its
 * tool server, and Writ's server with its gateway. Closing it ends them all.
 */
final class Stage implements AutoCloseable {
  private static final String CLI = "dev.writ.cli.Main";

  private final Path folder;
  private final Company company;
  private final JavaProcess server;
  private final Json.Obj listening;

  /** What the company had before Writ: a database and a tool server that guards nothing. */
  private record Company(EmbeddedPostgres database, JavaProcess tools, URI url) {}

  private Stage(Path folder, Company company, JavaProcess server, Json.Obj listening) {
    this.folder = folder;
    this.company = company;
    this.server = server;
    this.listening = listening;
  }

  /** Starts everything below this folder; the company and the server side by side. */
  static Stage set(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("logs"));
    int toolPort = freePort();
    CompletableFuture<Company> company =
        CompletableFuture.supplyAsync(() -> {
          try {
            return company(folder, toolPort);
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        });
    JavaProcess server = null;
    try {
      // Chosen before: the ledger's first fact names the issuer, and so where it listens.
      String listen = "127.0.0.1:" + freePort();
      String gateway = "127.0.0.1:" + freePort();
      init(folder, listen);
      server =
          JavaProcess.start(
              "server",
              folder.resolve("logs/server.log"),
              CLI,
              List.of(
                  "serve",
                  "--data",
                  data(folder).toString(),
                  "--listen",
                  listen,
                  "--gateway-listen",
                  gateway,
                  // The company's tool server is on this machine, which has to be said.
                  "--gateway-upstreams",
                  "127.0.0.1:" + toolPort,
                  "--json"));
      Json.Obj listening = server.object();
      return new Stage(folder, company.join(), server, listening);
    } catch (IOException | RuntimeException e) {
      if (server != null) {
        server.stop();
      }
      if (!company.isCompletedExceptionally()) {
        end(company.join());
      }
      throw e;
    }
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  private static void init(Path folder, String listen) throws IOException {
    JavaProcess init =
        JavaProcess.start(
            "init",
            folder.resolve("logs/init.log"),
            CLI,
            List.of(
                "init",
                "--data",
                data(folder).toString(),
                "--mode",
                "development",
                "--founder",
                Demo.FOUNDER,
                "--listen",
                listen,
                "--json"));
    init.end(0);
  }

  private static int freePort() throws IOException {
    return Address.unused("127.0.0.1", new SystemEntropy()).port();
  }

  private static Company company(Path folder, int port) throws IOException {
    EmbeddedPostgres database =
        EmbeddedPostgres.start(folder.resolve("company"), new SystemEntropy());
    Path credentials = folder.resolve("company.credentials");
    Files.writeString(
        credentials,
        "user=" + database.user() + "\npassword=" + database.password() + "\n",
        StandardCharsets.US_ASCII);
    JavaProcess tools =
        JavaProcess.start(
            "tool server",
            folder.resolve("logs/tools.log"),
            ToolServer.class.getName(),
            List.of(
                "--jdbc-url",
                database.url(EmbeddedPostgres.DATABASE),
                "--credentials",
                credentials.toString(),
                "--port",
                String.valueOf(port)));
    return new Company(database, tools, URI.create(tools.line()));
  }

  /** The API and the issuer. */
  URI server() {
    return URI.create(listening.text("listening").orElseThrow());
  }

  /** The gateway's MCP endpoint. */
  URI gateway() {
    return URI.create(listening.text("gateway").orElseThrow());
  }

  /** The company's tool server, as the catalogue names it. */
  URI tools() {
    return company.url();
  }

  /** The file that opens sealed payloads: Writ's own, never exported. */
  Path masterKeys() {
    return data(folder).resolve("keys/master.keys");
  }

  /** An agent as a process of its own, with a key of its own. */
  JavaProcess agent(String name) throws IOException {
    return JavaProcess.start(
        name,
        folder.resolve("logs/" + name + ".log"),
        AgentMain.class.getName(),
        List.of("--issuer", server().toString(), "--gateway", gateway().toString()));
  }

  /** A command in a new process, and the object it printed. */
  Json.Obj run(String name, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(arguments);
    all.add("--json");
    JavaProcess process =
        JavaProcess.start(name, folder.resolve("logs/" + name + ".log"), environment, CLI, all);
    Json.Obj said = process.object();
    process.end(0);
    return said;
  }

  static Api.Body body(String type, String text) {
    return new Api.Body(type, text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(Json value) {
    return value instanceof Json.Str(String s)
        ? s
        : new String(value.canonical(), StandardCharsets.UTF_8);
  }

  private static void end(Company company) {
    company.tools().close();
    company.database().close();
  }

  @Override
  public void close() {
    server.stop();
    end(company);
  }

  /** The log's public key, from where the server publishes it. */
  byte[] key() {
    try (Api api = new Api(server(), Optional.empty())) {
      return api.bytes("/ledger/key.vkey");
    }
  }
}

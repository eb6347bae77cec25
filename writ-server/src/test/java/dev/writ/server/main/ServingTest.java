package dev.writ.server.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.fact.Fact;
import dev.writ.server.config.Config;
import dev.writ.server.config.Sources;
import dev.writ.server.keys.SystemEntropy;
import dev.writ.server.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the way of a start, and what a database that goes away does to a server. */
class ServingTest {
  private static final SystemEntropy ENTROPY = new SystemEntropy();
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(30);

  @TempDir private Path folder = Path.of("");
  private Optional<EmbeddedPostgres> postgres = Optional.empty();

  @BeforeEach
  void database() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    EmbeddedPostgres started = EmbeddedPostgres.start(folder.resolve("postgres"), ENTROPY);
    postgres = Optional.of(started);
    Files.writeString(folder.resolve("password"), started.password() + "\n");
  }

  @AfterEach
  void stop() {
    postgres.ifPresent(EmbeddedPostgres::close);
  }

  @Test
  void everyReasonNotToStartIsSaidPlainly() throws Exception {
    Config config = config("main", Map.of());
    refused("not-initialised", config);
    found(config, Fact.Mode.DEVELOPMENT);
    assertThatThrownBy(() -> found(config, Fact.Mode.DEVELOPMENT))
        .isInstanceOfSatisfying(
            StartRefused.class, e -> assertThat(e.name()).isEqualTo("already-founded"));
    refused("issuer-fixed", config("main", Map.of("http.url", "https://elsewhere.example")));
    try (Serving serving = Serving.start(config, ENTROPY, CLOCK)) {
      refused("folder-in-use", config);
      assertThat(serving.url()).startsWith("http://127.0.0.1:");
    }
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(
          "port-in-use",
          config("main", Map.of("http.listen", "127.0.0.1:" + other.getLocalPort())));
    }
    refused("password-unreadable", config("main", Map.of("database.password-file", "/none")));
    refused(
        "database-unreachable",
        config("main", Map.of("database.url", "jdbc:postgresql://127.0.0.1:1/postgres")));
  }

  @Test
  void aProductionLedgerDoesNotStartWithDevelopmentSignIn() throws Exception {
    found(config("production", Map.of()), Fact.Mode.PRODUCTION);
    refused("development-sign-in", config("production", Map.of()));
    try (Serving serving =
        Serving.start(config("production", Map.of("session.development", "off")), ENTROPY, CLOCK)) {
      HttpResponse<String> signIn =
          send(
              HttpRequest.newBuilder(URI.create(serving.url() + "/v1/sessions"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"person\":\"helen.osei\"}"))
                  .build());
      assertThat(signIn.statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aDatabaseThatGoesAwayIsA503AndComesBackWithoutARestart() throws Exception {
    Config config = config("outage", Map.of());
    found(config, Fact.Mode.DEVELOPMENT);
    try (Serving serving = Serving.start(config, ENTROPY, CLOCK)) {
      assertThat(health(serving).statusCode()).isEqualTo(200);
      int port = postgres.orElseThrow().port();
      postgres.orElseThrow().close();
      HttpResponse<String> down = health(serving);
      assertThat(down.statusCode()).isEqualTo(503);
      assertThat(down.headers().firstValue("Retry-After")).isPresent();
      assertThat(down.body()).contains("urn:writ:problem:unavailable");
      postgres =
          Optional.of(
              EmbeddedPostgres.start(
                  folder.resolve("postgres"),
                  ENTROPY,
                  EmbeddedPostgres.Options.none().withPort(port)));
      assertThat(comesBack(serving)).isTrue();
    }
  }

  private static boolean comesBack(Serving serving) throws Exception {
    long end = System.nanoTime() + LONGEST_RECOVERY.toNanos();
    while (System.nanoTime() < end) {
      // Each answer waits for the database or for its own patience: no pause is needed.
      if (health(serving).statusCode() == 200) {
        return true;
      }
    }
    return false;
  }

  private static HttpResponse<String> health(Serving serving) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(serving.url() + "/v1/health")).build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void refused(String name, Config config) {
    assertThatThrownBy(() -> Serving.start(config, ENTROPY, CLOCK).close())
        .isInstanceOfSatisfying(
            StartRefused.class,
            e -> {
              assertThat(e.name()).isEqualTo(name);
              assertThat(e.remedy()).isNotBlank();
            });
  }

  private static void found(Config config, Fact.Mode mode) {
    Founding.run(config, new Founding.Request(mode, "helen.osei"), ENTROPY, CLOCK);
  }

  /** A ledger of its own: data folder and database of this name. */
  private Config config(String name, Map<String, String> more) throws Exception {
    EmbeddedPostgres server = postgres.orElseThrow();
    if (!Files.exists(folder.resolve(name + ".made"))) {
      try (Connection connection = server.connect(EmbeddedPostgres.DATABASE);
          Statement statement = connection.createStatement()) {
        statement.execute("create database \"" + name + "\"");
      }
      Files.createFile(folder.resolve(name + ".made"));
    }
    SortedMap<String, String> flags = new TreeMap<>();
    flags.put("data", folder.resolve(name).toString());
    flags.put("gateway.run", "off");
    flags.put("database.url", server.url(name));
    flags.put("database.user", server.user());
    flags.put("database.password-file", folder.resolve("password").toString());
    if (!Files.exists(folder.resolve(name).resolve("writ.yaml"))) {
      flags.put("http.listen", "127.0.0.1:0");
    }
    flags.putAll(more);
    return Config.parse(new Sources(Optional.empty(), Map.of(), flags)).orThrow();
  }
}

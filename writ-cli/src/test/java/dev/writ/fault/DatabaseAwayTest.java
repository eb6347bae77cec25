package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Json;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away under a running server, and comes back. */
@Tag("services")
class DatabaseAwayTest {
  private static final Duration BACK = Duration.ofSeconds(30);

  @Test
  void nothingIsAllowedWithoutTheDatabaseAndNothingNeedsARestart(@TempDir Path folder)
      throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder, postgres.flags(), "development");
      try (Site.Serving serving = site.serve(tools)) {
        String writ = serving.company().writ(tools.url());
        Worker worker = serving.worker(writ);
        String token = worker.open(writ).token();
        assertThat(worker.list(token, "sup-118").call()).isPresent();

        postgres.stop();
        unavailable(worker.list(token, "sup-118"));
        assertThatThrownBy(() -> worker.open(writ))
            .isInstanceOfSatisfying(
                Failure.class, f -> assertThat(f.exit()).isEqualTo(Exit.SERVER));
        HttpResponse<String> health = health(serving.url());
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.headers().firstValue("Retry-After")).isPresent();
        assertThat(tools.calls()).isEqualTo(1);

        postgres.startAgain();
        Until.holds("it serves again", BACK, () -> health(serving.url()).statusCode() == 200);
        Until.holds("calls work", BACK, () -> worker.list(token, "sup-118").call().isPresent());
        Evidence evidence = Evidence.take(site, serving.url(), Optional.empty(), serving.key());
        assertThat(evidence.sent()).hasSize(tools.calls());
      }
    }
  }

  private static void unavailable(Worker.Reply reply) {
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isNotEmpty();
    Json.Obj error = reply.error();
    assertThat(error.text("reason")).contains("unavailable");
  }

  private static HttpResponse<String> health(URI server) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(server + "/v1/health"))
              .timeout(Duration.ofSeconds(30))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}

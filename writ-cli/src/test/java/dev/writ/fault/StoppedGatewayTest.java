package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway stopped between an allow and the call. */
@Tag("services")
class StoppedGatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void whatWasRevokedMeanwhileIsNeverSent(@TempDir Path folder) throws Exception {
    Site site = Site.founded(folder);
    try (CountingTools tools = CountingTools.holdingTheHandshake();
        Site.Serving serving = site.serve(tools);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String writ = serving.company().writ(tools.url());
      Worker worker = serving.worker(writ);
      Worker.Opened opened = worker.open(writ);
      Future<Worker.Reply> call =
          threads.submit(() ->
              worker.once(
                  opened.token(),
                  "list_invoices",
                  Json.object().put("supplier", "sup-118").build()));
      // The handshake follows the allow and comes before the call.
      tools.awaitHandshake();
      long gateway = serving.child().gatewayPid();
      Child.signal("STOP", gateway);
      try {
        assertThat(serving.company().complete(opened.task())).isEqualTo(1);
        tools.release();
      } finally {
        Child.signal("CONT", gateway);
      }
      assertThat(call.get().error().text("reason")).contains("too-late");
      assertThat(tools.calls()).isZero();
      Until.holds("the outcome is recorded", PATIENCE, () -> lost(site, serving).size() == 1);
      assertThat(lost(site, serving)).containsExactly(Fact.Sent.NEVER.name());
    }
  }

  private static java.util.Set<String> lost(Site site, Site.Serving serving)
      throws java.io.IOException {
    Evidence evidence = Evidence.take(site, serving.url(), Optional.empty(), serving.key());
    assertThat(evidence.allowed()).hasSize(1);
    return evidence.of(Fact.CallLost.class, f -> f.sent().name());
  }
}

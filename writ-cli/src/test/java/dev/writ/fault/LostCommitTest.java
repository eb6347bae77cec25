package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.fact.Fact;
import dev.writ.sim.LossyProxy;
import dev.writ.sim.LossyProxy.Loss;
import dev.writ.terminal.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The network between a server at work and its PostgreSQL loses commits, or what became of them,
 * and the backend that has them lives on.
 */
@Tag("services")
class LostCommitTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int CALLERS = 4;
  private static final int LOSSES = 3;
  private static final int BETWEEN = 10;

  private final Set<String> opened = new ConcurrentSkipListSet<>();
  private final Set<String> answered = new ConcurrentSkipListSet<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  @ParameterizedTest
  @EnumSource(
      value = Loss.class,
      names = {"REQUEST", "ANSWER", "ANSWER_IN_SILENCE"})
  void nothingAcknowledgedIsLostOrDoneTwice(Loss loss, @TempDir Path folder) throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        LossyProxy network = new LossyProxy(postgres.port());
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder, postgres.flags(network.port()), "development");
      try (Site.Serving serving = site.serve(tools)) {
        String writ = serving.company().writ(tools.url());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          work(serving.worker(writ), writ, threads);
          try {
            for (int i = 0; i < LOSSES; i++) {
              progress();
              network.loseNextCommit(loss);
              Until.holds("a commit was lost", PATIENCE, () -> !network.losing());
            }
            progress();
          } finally {
            // Whoever closes the threads waits for them.
            over.set(true);
          }
        }
        assertThat(serving.child().isRunning()).isTrue();
        Evidence evidence = Evidence.take(site, serving.url(), Optional.empty(), serving.key());
        assertThat(evidence.tasks(Fact.TaskOpened.class)).containsAll(opened);
        assertThat(evidence.allowed()).containsAll(answered);
        assertThat(evidence.sent()).hasSizeLessThanOrEqualTo(asked.get());
        assertThat(tools.calls()).isBetween(answered.size(), evidence.sent().size());
      }
    }
  }

  /** Callers were answered after what was done to the network last. */
  private void progress() throws Exception {
    int before = answered.size();
    Until.holds("calls are answered", PATIENCE, () -> answered.size() >= before + BETWEEN);
  }

  private void work(Worker worker, String writ, ExecutorService threads) {
    for (int i = 0; i < CALLERS; i++) {
      Future<?> _ =
          threads.submit(() -> {
            while (!over.get()) {
              try {
                openAndCall(worker, writ);
              } catch (Failure | IOException unanswered) {
                // Nothing was promised.
                refused.incrementAndGet();
              }
            }
            return null;
          });
    }
  }

  private void openAndCall(Worker worker, String writ) throws IOException {
    Worker.Opened task = worker.open(writ);
    opened.add(task.task());
    for (int i = 0; i < 5; i++) {
      asked.incrementAndGet();
      worker.list(task.token(), "sup-118").call().ifPresent(answered::add);
    }
  }
}

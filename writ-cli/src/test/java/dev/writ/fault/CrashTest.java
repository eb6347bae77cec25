package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.fact.Fact;
import dev.writ.terminal.Api;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed in the middle of its work, without a chance to say goodbye. */
class CrashTest {
  private static final String[] FLAGS = {
    "--gateway-longest-call", "1s", "--chores-endings", "200ms"
  };
  private static final int ENOUGH = 150;
  private static final int CALLERS = 6;
  private static final int OPENERS = 2;
  private static final Duration SETTLING = Duration.ofSeconds(60);

  private final Set<String> calls = new ConcurrentSkipListSet<>();

  /** Tasks that nobody completes. */
  private final Set<String> busy = new ConcurrentSkipListSet<>();

  private final Set<String> opened = new ConcurrentSkipListSet<>();
  private final Set<String> completed = new ConcurrentSkipListSet<>();
  private final AtomicReference<Optional<byte[]>> checkpoint =
      new AtomicReference<>(Optional.empty());
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong failed = new AtomicLong();

  @Test
  void whatWasAcknowledgedSurvivesKill9(@TempDir Path folder) throws Exception {
    Site site = Site.founded(folder);
    try (CountingTools tools =
        CountingTools.keeping(a -> a.text("supplier").equals(Optional.of("sup-204")))) {
      Before before = killedAtWork(site.serve(tools, FLAGS), tools);
      try (Site.Serving second = site.serve(tools, FLAGS)) {
        Until.holds("no call waits", SETTLING, () -> noCallWaits(second));
        Evidence evidence =
            Evidence.take(
                site, second.url(), Objects.requireNonNull(checkpoint.get()), before.key());
        everythingAcknowledgedIsIn(evidence);
        assertThat(evidence.allowed()).hasSizeGreaterThan(ENOUGH);
        assertThat(evidence.ended()).containsAll(evidence.allowed());
        assertThat(lost(evidence)).as("calls nobody answered").isNotEmpty();
        assertThat(evidence.of(Fact.TaskOpened.class, f -> f.writ().value())).hasSize(1);
        assertThat(second.company().task(before.held()).array("waiting_calls").orElseThrow())
            .isEmpty();
      }
    }
  }

  /**
   * What is known from before the kill.
   *
   * @param held a task with a call that its tool never answered
   */
  private record Before(String key, String held) {}

  private Before killedAtWork(Site.Serving serving, CountingTools tools) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        String key = serving.key();
        String writ = serving.company().writ(tools.url());
        String held = loaded(serving, threads, new Load(serving.worker(writ), writ));
        tools.awaitKept();
        Until.holds("work under way", SETTLING, () -> calls.size() >= ENOUGH);
        return new Before(key, held);
      } finally {
        serving.child().kill();
        // Whoever closes the threads waits for them.
        over.set(true);
      }
    }
  }

  private static Set<String> lost(Evidence evidence) {
    return evidence.of(Fact.CallLost.class, f -> f.call().value());
  }

  private void everythingAcknowledgedIsIn(Evidence evidence) {
    assertThat(evidence.allowed()).containsAll(calls);
    assertThat(evidence.tasks(Fact.TaskOpened.class)).containsAll(opened);
    assertThat(evidence.tasks(Fact.TaskCompleted.class)).containsAll(completed);
    assertThat(opened).hasSizeGreaterThan(OPENERS);
    assertThat(completed).isNotEmpty();
    assertThat(checkpoint.get()).isPresent();
  }

  private boolean noCallWaits(Site.Serving serving) {
    try (Api requester = serving.company().requester()) {
      return busy.stream()
          .allMatch(
              t -> requester.get("/v1/tasks/" + t).array("waiting_calls").orElseThrow().isEmpty());
    }
  }

  private record Load(Worker worker, String writ) {}

  /** Sets callers going; the task with a call that its tool never answers. */
  private String loaded(Site.Serving serving, ExecutorService threads, Load load) {
    Worker.Opened held = load.worker().open(load.writ());
    opened.add(held.task());
    busy.add(held.task());
    List<Future<?>> work = new ArrayList<>();
    work.add(threads.submit(() -> load.worker().list(held.token(), "sup-204")));
    List<Worker.Opened> tasks = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Worker.Opened task = load.worker().open(load.writ());
      opened.add(task.task());
      busy.add(task.task());
      tasks.add(task);
    }
    tasks.forEach(t -> work.add(threads.submit(() -> again(() -> call(load.worker(), t)))));
    for (int i = 0; i < OPENERS; i++) {
      work.add(threads.submit(() -> again(() -> openAndComplete(serving, load))));
    }
    work.add(
        threads.submit(
            () -> again(() -> checkpoint.set(Optional.of(serving.bytes("/ledger/checkpoint"))))));
    assertThat(work).hasSize(CALLERS + OPENERS + 2);
    return held.task();
  }

  private void call(Worker worker, Worker.Opened task) throws IOException {
    worker.list(task.token(), "sup-118").call().ifPresent(calls::add);
  }

  private void openAndComplete(Site.Serving serving, Load load) {
    String task = load.worker().open(load.writ()).task();
    opened.add(task);
    serving.company().complete(task);
    completed.add(task);
  }

  /** Whatever fails was not acknowledged; after the kill everything fails. */
  private Void again(Work work) {
    while (!over.get()) {
      try {
        work.run();
      } catch (IOException | RuntimeException e) {
        failed.incrementAndGet();
      }
    }
    return null;
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }
}

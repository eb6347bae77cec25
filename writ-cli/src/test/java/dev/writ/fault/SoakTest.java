package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.fact.Fact;
import dev.writ.terminal.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server at steady work for as long as asked: what it holds of memory, threads, files and
 * connections when the work is over is what it held after the first part of it, and its ledger
 * verifies.
 */
@Tag("soak")
class SoakTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int CALLERS = 4;
  private static final int CALLS = 8;

  /** What may come and go at any moment. */
  private static final long FEW_THREADS = 12;

  private static final long FEW_FILES = 40;
  private static final long FEW_CONNECTIONS = 4;

  private final Set<String> open = new ConcurrentSkipListSet<>();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();

  @BeforeAll
  static void looksWhereLinuxShows() {
    Assumptions.assumeTrue(
        Files.isDirectory(Path.of("/proc/self/fd")),
        () -> {
          System.out.println("SoakTest is skipped: this system has no /proc to look into");
          return "this system has no /proc to look into";
        });
  }

  /** What one process holds. */
  private record Held(long heapKib, long threads, long files) {}

  /** What the server, its gateway and its database hold. */
  private record Sample(Held server, Held gateway, long connections) {}

  @Test
  void nothingGrowsAndEverythingVerifies(@TempDir Path folder) throws Exception {
    long minutes = Long.getLong("writ.soak.minutes", 1);
    long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    long warm = System.nanoTime() + Duration.ofMinutes(minutes).toNanos() / 4;
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder, postgres.flags(), "development");
      try (Site.Serving serving = site.serve(tools, "--chores-endings", "1s")) {
        String writ = serving.company().writ(tools.url());
        List<Sample> samples = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          work(serving, threads, writ);
          try {
            Until.holds("it is warm", longest(minutes), () -> System.nanoTime() - warm > 0);
            samples.add(sample(serving, postgres));
            Until.holds("the time is over", longest(minutes), () -> System.nanoTime() - end > 0);
            samples.add(sample(serving, postgres));
          } finally {
            over.set(true);
          }
        }
        System.out.println("soak: " + answered + " calls, " + failed + " failed, " + samples);
        assertThat(answered.get()).isPositive();
        assertThat(failed.get()).isZero();
        nothingGrew(samples.getFirst(), samples.getLast());
        Evidence evidence = Evidence.take(site, serving.url(), Optional.empty(), serving.key());
        assertThat(evidence.sent()).hasSize(tools.calls());
        assertThat(evidence.ended()).containsAll(evidence.allowed());
        assertThat(evidence.tasks(Fact.TaskCompleted.class)).containsAll(open);
      }
    }
  }

  private static Duration longest(long minutes) {
    return Duration.ofMinutes(minutes).plus(PATIENCE);
  }

  private void work(Site.Serving serving, ExecutorService threads, String writ) {
    Worker worker = serving.worker(writ);
    for (int i = 0; i < CALLERS; i++) {
      Future<?> _ =
          threads.submit(() -> {
            while (!over.get()) {
              try {
                life(serving, worker, writ);
              } catch (Failure | IOException e) {
                failed.incrementAndGet();
                System.out.println("soak: " + e);
              }
            }
            return null;
          });
    }
  }

  /** A whole task: nothing stays open behind it. */
  private void life(Site.Serving serving, Worker worker, String writ) throws IOException {
    Worker.Opened task = worker.open(writ);
    for (int i = 0; i < CALLS; i++) {
      Worker.Reply reply = worker.list(task.token(), "sup-118");
      if (reply.call().isPresent()) {
        answered.incrementAndGet();
      } else {
        failed.incrementAndGet();
        System.out.println("soak: " + reply.said());
      }
    }
    serving.company().complete(task.task());
    open.add(task.task());
  }

  /** Twice the memory it had when warm is no leak yet; ten times would be. */
  private static void nothingGrew(Sample warm, Sample last) {
    for (boolean gateway : new boolean[] {false, true}) {
      Held before = gateway ? warm.gateway() : warm.server();
      Held after = gateway ? last.gateway() : last.server();
      assertThat(before.heapKib()).isPositive();
      assertThat(after.heapKib()).isLessThan(before.heapKib() * 2 + 16_384);
      assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + FEW_THREADS);
      assertThat(after.files()).isLessThanOrEqualTo(before.files() + FEW_FILES);
    }
    assertThat(last.connections()).isLessThanOrEqualTo(warm.connections() + FEW_CONNECTIONS);
  }

  private static Sample sample(Site.Serving serving, OwnPostgres postgres) throws Exception {
    return new Sample(
        held(serving.child().pid()),
        held(serving.child().gatewayPid()),
        postgres.count(
            "select count(*) from pg_stat_activity where backend_type = 'client backend'"));
  }

  private static Held held(long pid) throws Exception {
    Path process = Path.of("/proc", String.valueOf(pid));
    try (Stream<Path> threads = Files.list(process.resolve("task"));
        Stream<Path> files = Files.list(process.resolve("fd"))) {
      return new Held(heap(pid), threads.count(), files.count());
    }
  }

  /** What is left of the heap after everything that can be collected was, in KiB. */
  private static long heap(long pid) throws Exception {
    jcmd(pid, "GC.run");
    String said = jcmd(pid, "GC.heap_info");
    // A line a generation: "DefNew total 9792K, used 123K [..."; metaspace has no "total".
    return Pattern.compile("total \\d+K, used (\\d+)K")
        .matcher(said)
        .results()
        .mapToLong(m -> Long.parseLong(m.group(1)))
        .sum();
  }

  private static String jcmd(long pid, String order) throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), String.valueOf(pid), order)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}

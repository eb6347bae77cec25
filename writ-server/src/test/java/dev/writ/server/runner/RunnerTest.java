package dev.writ.server.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.catalogue.StdioLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a program under the runner has, may and cannot survive. */
class RunnerTest {
  private final Runner runner = Runner.onOwnClassPath();

  @AfterEach
  void stop() {
    runner.close();
  }

  /** Collects what a program prints until it ends. */
  private static final class Heard implements Runner.Listener {
    private final List<String> lines = new ArrayList<>();
    private String why = "";

    @Override
    public synchronized void line(String line) {
      lines.add(line);
      notifyAll();
    }

    @Override
    public synchronized void ended(String reason, String stderr) {
      why = reason + "|" + stderr;
      notifyAll();
    }

    synchronized List<String> awaitLines(int count) throws InterruptedException {
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (lines.size() < count && why.isEmpty() && System.nanoTime() < end) {
        wait(100);
      }
      return List.copyOf(lines);
    }

    synchronized String awaitEnd() throws InterruptedException {
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (why.isEmpty() && System.nanoTime() < end) {
        wait(100);
      }
      return why;
    }
  }

  private Heard run(StdioLimits limits, String... command) throws Exception {
    Heard heard = new Heard();
    runner.open(List.of(command), limits, heard);
    return heard;
  }

  private static StdioLimits limits(int lineBytes, int starts) {
    return new StdioLimits(256L << 20, 64, 128, 1L << 20, 30, lineBytes, starts);
  }

  private static void awaitDeath(long pid) throws Exception {
    var handle = ProcessHandle.of(pid);
    if (handle.isPresent()) {
      // Not our child, so its end is announced only by its absence.
      handle.get().onExit().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void programHasNoEnvironmentAndAnotherUser() throws Exception {
    Heard env = run(StdioLimits.USUAL, "/usr/bin/env");
    assertThat(env.awaitEnd()).isEqualTo("it ended with code 0|");
    assertThat(env.awaitLines(0)).isEmpty();
    Heard id = run(StdioLimits.USUAL, "/usr/bin/id", "-u");
    assertThat(id.awaitEnd()).startsWith("it ended with code 0");
    int uid = Integer.parseInt(id.awaitLines(1).getFirst());
    if ("root".equals(System.getProperty("user.name"))) {
      assertThat(uid).isGreaterThanOrEqualTo(Cage.FIRST_USER);
    } else {
      System.out.println("RunnerTest: not root, so programs keep our own user");
    }
  }

  @Test
  void runnerItselfHasNoEnvironment() throws Exception {
    run(StdioLimits.USUAL, "/bin/true").awaitEnd();
    Path environment = Path.of("/proc/" + runner.pid().orElseThrow() + "/environ");
    if (Files.exists(environment)) {
      assertThat(Files.readString(environment)).isEmpty();
    }
  }

  @Test
  void limitsAreTheSystems() throws Exception {
    Heard heard =
        run(limits(4_096, 20), "/bin/sh", "-c", "ulimit -n; ulimit -d; ulimit -c; ulimit -t");
    heard.awaitEnd();
    assertThat(heard.awaitLines(4)).containsExactly("64", "262144", "0", "30");
  }

  @Test
  void privilegesCannotBeGained() throws Exception {
    Heard heard =
        run(limits(4_096, 20), "/bin/grep", "-E", "NoNewPrivs|CapEff", "/proc/self/status");
    heard.awaitEnd();
    assertThat(heard.awaitLines(2)).contains("NoNewPrivs:\t1", "CapEff:\t0000000000000000");
  }

  @Test
  void linesGoBothWays() throws Exception {
    Heard heard = new Heard();
    try (Runner.Program cat = runner.open(List.of("/bin/cat"), limits(4_096, 20), heard)) {
      cat.send("{\"a\":\"ü\u2028\"}");
      cat.send("second");
      assertThat(heard.awaitLines(2)).containsExactly("{\"a\":\"ü\u2028\"}", "second");
    }
    assertThat(heard.awaitEnd()).startsWith("it was stopped");
  }

  @Test
  void lineAtTheBoundPassesAndOneBeyondEndsTheProgram() throws Exception {
    Heard fits = run(limits(1_024, 20), "/usr/bin/printf", "%01024d\\n", "7");
    fits.awaitEnd();
    assertThat(fits.awaitLines(1).getFirst()).hasSize(1_024);
    Heard over = run(limits(1_024, 20), "/usr/bin/printf", "%01025d\\n", "7");
    assertThat(over.awaitEnd()).startsWith("it printed a line longer than 1024 bytes");
    assertThat(over.awaitLines(0)).isEmpty();
  }

  @Test
  void programThatCannotBeFoundSaysSo() throws Exception {
    assertThat(run(StdioLimits.USUAL, "/no/such/program").awaitEnd())
        .contains("/no/such/program")
        .doesNotContain("code 0");
  }

  @Test
  void startsAreRationed() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(run(limits(4_096, 2), "/bin/true").awaitEnd()).startsWith("it ended with code 0");
    }
    assertThat(run(limits(4_096, 2), "/bin/true").awaitEnd()).contains("within a minute");
    assertThat(run(limits(4_096, 2), "/bin/false").awaitEnd()).startsWith("it ended with code 1");
  }

  @Test
  void closingTheRunnerEndsItsPrograms() throws Exception {
    Heard heard = run(limits(4_096, 20), "/bin/sh", "-c", "echo $$; exec /bin/sleep 1000");
    long pid = Long.parseLong(heard.awaitLines(1).getFirst());
    runner.close();
    awaitDeath(pid);
    assertThat(heard.awaitEnd()).isNotEmpty();
  }

  @Test
  void killingTheRunnerEndsItsProgramsAndTheNextCallStartsAnother() throws Exception {
    Heard heard = run(limits(4_096, 20), "/bin/sh", "-c", "echo $$; exec /bin/sleep 1000");
    long pid = Long.parseLong(heard.awaitLines(1).getFirst());
    long first = runner.pid().orElseThrow();
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    assertThat(heard.awaitEnd()).startsWith("the runner ended");
    awaitDeath(pid);
    ProcessHandle.of(first).ifPresent(p -> p.onExit().join());
    assertThat(run(limits(4_096, 20), "/bin/true").awaitEnd()).startsWith("it ended with code 0");
    assertThat(runner.pid().orElseThrow()).isNotEqualTo(first);
  }

  @Test
  void notesAreParsedOrRefused() {
    for (String wrong : List.of("", "{}", "[]", "{\"note\":\"jump\"}", "{\"note\":\"open\"}")) {
      byte[] bytes = wrong.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      assertThat(Note.parse(bytes).found()).as(wrong).isEmpty();
    }
  }
}

package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.terminal.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk under a server and its database is full, and has room again. */
@Tag("services")
class DiskFullTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MEGABYTES = 200;

  @Test
  void nothingIsAllowedWithoutRoomToRecordIt(@TempDir Path folder) throws Exception {
    try (SmallDisk disk = mounted(folder.resolve("data"));
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder);
      try (Site.Serving serving = site.serve(tools)) {
        String writ = serving.company().writ(tools.url());
        Worker worker = serving.worker(writ);
        String token = worker.open(writ).token();
        assertThat(worker.list(token, "sup-118").call()).isPresent();

        disk.fill();
        // What has its place already may still be written; then there is none.
        Until.holds(
            "calls are refused", PATIENCE, () -> worker.list(token, "sup-118").status() == 503);
        assertThatThrownBy(() -> worker.open(writ)).isInstanceOf(Failure.class);
        Until.holds(
            "it is said", PATIENCE, () -> serving.child().complaints().contains("disk is full"));

        disk.empty();
        Until.holds(
            "calls work again", PATIENCE, () -> worker.list(token, "sup-118").call().isPresent());
        assertThat(serving.child().isRunning()).isTrue();
        int calls = tools.calls();
        Evidence evidence = Evidence.take(site, serving.url(), Optional.empty(), serving.key());
        assertThat(evidence.allowed()).hasSizeGreaterThanOrEqualTo(calls);
      }
    }
  }

  private static SmallDisk mounted(Path folder) throws Exception {
    Optional<SmallDisk> disk = SmallDisk.mounted(folder, MEGABYTES);
    Assumptions.assumeTrue(
        disk.isPresent(),
        () -> {
          System.out.println("DiskFullTest is skipped: no file system can be mounted here");
          return "no file system can be mounted here";
        });
    return disk.orElseThrow();
  }
}

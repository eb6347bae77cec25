package dev.writ.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Holds the reader of times to other projects' cases, when they are beside the project. */
class DurationFiguresTest {
  @Test
  void nineOfTenCasesAreExactAndNoWindowIsFalse() throws IOException {
    Path folder = shared().resolve("data/time");
    if (!Files.exists(folder)) {
      System.out.println("skipped: " + folder + " is absent");
    }
    Assumptions.assumeTrue(Files.exists(folder), "../shared/data/time is absent");
    DurationFigures.Report report = DurationFigures.run(folder);
    System.out.println(report.json().pretty());
    assertThat(report.in()).isGreaterThan(600);
    assertThat(report.share()).as("%s", report.misses()).isGreaterThanOrEqualTo(0.90);
    assertThat(report.falseWindows()).as("%s", report.misses()).isZero();
  }

  private static Path shared() {
    String given = System.getProperty("writ.shared", "");
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("writ-core")) && at.getParent() != null) {
      at = at.getParent();
    }
    return given.isEmpty() ? at.resolveSibling("shared") : Path.of(given);
  }
}

package dev.writ.policy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Folders outside the sources that tests read. */
final class Shared {
  private Shared() {}

  /** The folder that holds the modules. */
  static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("writ-core"))) {
      Path parent = at.getParent();
      if (parent == null) {
        throw new IllegalStateException("the tests run outside the project");
      }
      at = parent;
    }
    return at;
  }

  /** A file of other projects' evaluation data, which need not be there. */
  static Optional<Path> data(String name) {
    @Nullable String given = System.getProperty("writ.shared");
    Path shared = given == null ? root().resolve("../shared") : Path.of(given);
    Path file = shared.resolve("data").resolve(name).normalize();
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }
}

package dev.writ.cli.bench;

import dev.writ.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Other projects' evaluation data, in a folder {@code shared} beside this project; it is never part
 * of it. The system property {@code writ.shared} names another place.
 */
final class SharedFolder {
  private SharedFolder() {}

  /** A file of the project itself. */
  static Optional<Path> own(String file) {
    return root().map(r -> r.resolve(file)).filter(Files::exists);
  }

  /** A file of the folder beside the project; empty when there is none. */
  static Optional<Path> file(String file) {
    String given = System.getProperty("writ.shared", "");
    Optional<Path> folder =
        given.isEmpty() ? root().map(r -> r.resolveSibling("shared")) : Optional.of(Path.of(given));
    return folder.map(f -> f.resolve(file)).filter(Files::exists);
  }

  /**
   * The folder that holds the modules: the launcher names it, or it is above the working folder.
   */
  private static Optional<Path> root() {
    String home = System.getProperty("writ.home", "");
    Path at = (home.isEmpty() ? Path.of("") : Path.of(home)).toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("writ-core"))) {
      at = at.getParent();
    }
    return Optional.ofNullable(at);
  }

  /** The folders in a folder, by name. */
  static List<Path> folders(Path folder) {
    try (Stream<Path> inner = Files.list(folder)) {
      return inner.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One object a line. */
  static List<Json.Obj> lines(Path file) {
    Json.Bounds bounds = new Json.Bounds(4 << 20, 64, 200_000, false);
    try {
      List<Json.Obj> out = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          out.add(Json.parseObject(line.getBytes(StandardCharsets.UTF_8), bounds).orThrow());
        }
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a part prints whose data is not there. */
  static Json.Obj skipped(String what) {
    return Json.object().put("skipped", "not found: " + what).build();
  }
}

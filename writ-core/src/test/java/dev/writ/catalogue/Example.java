package dev.writ.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** The example company's catalogue, and the folder with data that is not in the repository. */
public final class Example {
  private Example() {}

  public static Catalogue brightwater() {
    return Catalogue.parse(bytes("/dev/writ/spec/brightwater/catalogue.yaml")).orThrow();
  }

  public static String brightwaterText() {
    return new String(bytes("/dev/writ/spec/brightwater/catalogue.yaml"), StandardCharsets.UTF_8);
  }

  public static byte[] bytes(String resource) {
    try (InputStream in = Objects.requireNonNull(Example.class.getResourceAsStream(resource))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of the shared data folder, when there is one beside the project. */
  public static Optional<Path> shared(String file) {
    String given = System.getProperty("writ.shared", "");
    Path folder = given.isEmpty() ? root().resolveSibling("shared") : Path.of(given);
    return Optional.of(folder.resolve(file)).filter(Files::exists);
  }

  /** The folder that holds the modules. */
  public static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("writ-core"))) {
      at = Objects.requireNonNull(at.getParent());
    }
    return at;
  }
}

package dev.writ.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of its own that is small enough to be filled; gone when closed. */
final class SmallDisk implements AutoCloseable {
  private static final int CHUNK = 1 << 16;
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one, which takes rights that only root has and not every container gives.
   *
   * @return empty where it cannot be done
   */
  static Optional<SmallDisk> mounted(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    return run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString())
        ? Optional.of(new SmallDisk(folder))
        : Optional.empty();
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  /** Takes whatever space is left. */
  void fill() {
    try (OutputStream out = Files.newOutputStream(filler())) {
      byte[] chunk = new byte[CHUNK];
      while (true) {
        out.write(chunk);
      }
    } catch (IOException full) {
      // That is what it is for; what is left is less than a chunk.
      return;
    }
  }

  /** Gives the space back. */
  void empty() throws IOException {
    Files.deleteIfExists(filler());
  }

  @Override
  public void close() {
    // Processes that are just ending may hold it for a moment: it goes when they have.
    run("umount", "--lazy", folder.toString());
  }
}

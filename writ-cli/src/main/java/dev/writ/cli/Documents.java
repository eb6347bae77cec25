package dev.writ.cli;

import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document that a person named: a file, or {@code -} for standard input. */
final class Documents {
  /** The longest document that is read: 4 MiB, what the API takes. */
  static final int LONGEST = 4 << 20;

  private Documents() {}

  static byte[] read(World world, String name) {
    try (InputStream in = name.equals("-") ? world.in() : Files.newInputStream(Path.of(name))) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw Failure.of(
            Exit.INPUT,
            "body-too-large",
            "`" + name + "` is longer than 4 MiB",
            "a document has at most 4 MiB");
      }
      return bytes;
    } catch (IOException e) {
      throw Failure.of(
          Exit.INPUT,
          "file-unreadable",
          "`" + name + "` cannot be read",
          "name a file that is there, or - for standard input");
    }
  }
}

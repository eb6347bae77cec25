package dev.writ.cli;

import dev.writ.audit.EntryBundle;
import dev.writ.audit.TileSource;
import dev.writ.audit.TreeWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** An exported log in a folder: one file for each resource of C2SP tlog-tiles. */
public final class LedgerFolder implements TileSource, TreeWriter {
  /** No resource of a log is longer than a full bundle of the longest entries. */
  private static final int LONGEST = EntryBundle.LONGEST;

  private final Path folder;

  /** The log in this folder, which need not exist before something is written. */
  public LedgerFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<byte[]> read(String path) {
    try (InputStream in = Files.newInputStream(folder.resolve(path))) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new UncheckedIOException(new IOException(path + " is longer than any part of a log"));
      }
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(String path, byte[] bytes) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

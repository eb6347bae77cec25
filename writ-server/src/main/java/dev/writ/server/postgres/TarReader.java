package dev.writ.server.postgres;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Unpacks a tar archive of plain files, folders and relative links below one folder; every other
 * kind of entry, and every name that leads out of the folder, is refused (POSIX ustar header).
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int NAME = 0;
  private static final int NAME_LENGTH = 100;
  private static final int MODE = 100;
  private static final int SIZE = 124;
  private static final int KIND = 156;
  private static final int LINK = 157;
  private static final int PREFIX = 345;
  private static final int OWNER_EXECUTES = 0100;

  private final InputStream in;
  private final Path folder;
  private final byte[] header = new byte[BLOCK];

  private TarReader(InputStream in, Path folder) {
    this.in = in;
    this.folder = folder;
  }

  /** Writes what the archive holds below {@code folder}, each file flushed to the disk. */
  static void unpack(InputStream in, Path folder) throws IOException {
    TarReader reader = new TarReader(in, folder);
    while (reader.nextEntry()) {
      reader.write();
    }
  }

  private boolean nextEntry() throws IOException {
    int read = in.readNBytes(header, 0, BLOCK);
    if (read == 0) {
      return false;
    }
    if (read < BLOCK) {
      throw new EOFException("the archive ends inside a header");
    }
    return header[NAME] != 0;
  }

  private void write() throws IOException {
    String name = name();
    Path target = inside(name);
    switch (header[KIND]) {
      case '0', 0 -> writeFile(target);
      case '5' -> Files.createDirectories(target);
      case '2' -> {
        Path link = Path.of(text(LINK, NAME_LENGTH));
        if (link.isAbsolute() || link.getNameCount() != 1) {
          throw new IOException("a link leads out of the archive: " + name);
        }
        Files.createSymbolicLink(target, link);
      }
      default -> throw new IOException("an archive entry of unknown kind: " + name);
    }
  }

  private void writeFile(Path target) throws IOException {
    Files.createDirectories(folderOf(target));
    long left = number(SIZE, 12);
    long padding = (BLOCK - left % BLOCK) % BLOCK;
    byte[] buffer = new byte[65_536];
    try (FileOutputStream file = new FileOutputStream(target.toFile());
        BufferedOutputStream out = new BufferedOutputStream(file, buffer.length)) {
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new EOFException("the archive ends inside " + target.getFileName());
        }
        out.write(buffer, 0, read);
        left -= read;
      }
      out.flush();
      // The folder is renamed into place afterwards; a name must not outlive a power cut alone.
      file.getChannel().force(false);
    }
    in.skipNBytes(padding);
    boolean executable = (number(MODE, 8) & OWNER_EXECUTES) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private Path inside(String name) throws IOException {
    Path target = folder.resolve(name).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("an archive entry leads out of the archive: " + name);
    }
    return target;
  }

  private static Path folderOf(Path target) throws IOException {
    Path parent = target.getParent();
    if (parent == null) {
      throw new IOException("an archive entry has no folder: " + target);
    }
    return parent;
  }

  private String name() {
    String prefix = text(PREFIX, 155);
    String name = text(NAME, NAME_LENGTH);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private String text(int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private long number(int from, int length) throws IOException {
    String digits = text(from, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("an archive header holds a number that is not octal", e);
    }
  }
}

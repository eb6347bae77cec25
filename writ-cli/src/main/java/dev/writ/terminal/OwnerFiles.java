package dev.writ.terminal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner can read, from their first byte on. */
public final class OwnerFiles {
  private OwnerFiles() {}

  /** Writes the file anew, with mode 0600, in a folder that is made with mode 0700. */
  public static Path write(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder, attributes("rwx------"));
    }
    Files.deleteIfExists(file);
    Files.createFile(file, attributes("rw-------"));
    return Files.write(file, bytes);
  }

  private static FileAttribute<?>[] attributes(String mode) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}

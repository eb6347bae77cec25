package dev.writ.server.keys;

import dev.writ.server.keys.KeysRefused.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** Files that only their owner may read: checked when read, replaced whole when written. */
final class SecretFile {
  /** Longest file, in bytes. */
  static final int LONGEST = 1 << 20;

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private SecretFile() {}

  /** Reads a file that nobody else may read or write. */
  static byte[] read(Path file, String what) {
    try {
      if (isPosix(file)) {
        requirePrivate(file, what);
      }
      if (Files.size(file) > LONGEST) {
        throw new KeysRefused(
            Reason.FORMAT, what + " `" + file + "` is longer than 1 MiB; is it the right file?");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new KeysRefused(
          Reason.FILE, "there is no " + what + " at `" + file + "`; name the right file", e);
    } catch (IOException e) {
      throw new KeysRefused(
          Reason.FILE, what + " `" + file + "` cannot be read; is it yours to read?", e);
    }
  }

  private static void requirePrivate(Path file, String what) throws IOException {
    Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
    open.addAll(Files.getPosixFilePermissions(file));
    open.remove(PosixFilePermission.OWNER_READ);
    open.remove(PosixFilePermission.OWNER_WRITE);
    open.remove(PosixFilePermission.OWNER_EXECUTE);
    if (!open.isEmpty()) {
      throw new KeysRefused(
          Reason.OPEN_TO_OTHERS,
          what
              + " `"
              + file
              + "` may be read by others than its owner ("
              + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
              + "); run `chmod 600` on it, and replace what is inside if they were not to see it");
    }
  }

  /** Writes a file that must not exist yet. */
  static void create(Path file, byte[] bytes, String what) {
    try {
      Path next = written(file, bytes);
      try {
        // A link, unlike a move, does not replace what is there.
        Files.createLink(file, next);
      } finally {
        Files.delete(next);
      }
      syncFolder(file);
    } catch (FileAlreadyExistsException e) {
      throw new KeysRefused(
          Reason.EXISTS, what + " `" + file + "` exists already; it is not overwritten", e);
    } catch (IOException e) {
      throw new KeysRefused(
          Reason.FILE, what + " cannot be written to `" + file + "`; may you write there?", e);
    }
  }

  /** Replaces a file: after a crash either the old or the new bytes are there, whole. */
  static void replace(Path file, byte[] bytes, String what) {
    try {
      Path next = written(file, bytes);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(file);
    } catch (IOException e) {
      throw new KeysRefused(
          Reason.FILE, what + " `" + file + "` cannot be replaced; may you write there?", e);
    }
  }

  /** Holds a lock beside the file meanwhile. */
  static <T> T locked(Path file, Supplier<T> work, String what) {
    Path beside = file.resolveSibling(file.getFileName() + ".lock");
    try (FileChannel channel =
        FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Let go with the channel.
      channel.lock();
      return work.get();
    } catch (IOException e) {
      throw new KeysRefused(
          Reason.FILE, what + " `" + file + "` cannot be locked; may you write there?", e);
    }
  }

  private static Path written(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("no folder to write to");
    }
    FileAttribute<?>[] owner =
        isPosix(folder)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
            : new FileAttribute<?>[0];
    Path next = Files.createTempFile(folder, "." + file.getFileName() + ".", ".new", owner);
    try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(next);
      throw e;
    }
    return next;
  }

  private static void syncFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && isPosix(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}

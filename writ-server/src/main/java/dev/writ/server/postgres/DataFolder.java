package dev.writ.server.postgres;

import static dev.writ.server.postgres.PostgresRefused.Reason.FOLDER_IN_USE;
import static dev.writ.server.postgres.PostgresRefused.Reason.NO_PERMISSION;

import dev.writ.base.Entropy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The folder an embedded PostgreSQL lives in, locked while this object is open: {@code postgres}
 * (the cluster), {@code postgres.password}, {@code postgres.log}, {@code postgres.lock}.
 */
final class DataFolder implements AutoCloseable {
  private static final int PASSWORD_BYTES = 32;
  private static final long LONGEST_LOG = 8L << 20;

  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /** Makes the folder when it is missing and locks it against every other server. */
  static DataFolder lock(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    FileChannel lockFile = null;
    try {
      Files.createDirectories(path);
      path = path.toRealPath();
      Path lockPath = path.resolve("postgres.lock");
      lockFile =
          FileChannel.open(
              lockPath,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (!isFree(lockFile)) {
        String holder = Files.readString(lockPath).strip();
        lockFile.close();
        throw inUse(path, holder);
      }
      lockFile.truncate(0);
      lockFile.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
      return new DataFolder(path, lockFile);
    } catch (IOException e) {
      closeQuietly(lockFile);
      throw new PostgresRefused(
          NO_PERMISSION,
          "the data folder `" + path + "` cannot be used: " + e + "; choose another with --data",
          e);
    }
  }

  private static boolean isFree(FileChannel lockFile) throws IOException {
    try {
      FileLock lock = lockFile.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static PostgresRefused inUse(Path path, String holder) {
    String who = holder.isEmpty() ? "" : " (process " + holder + ")";
    return new PostgresRefused(
        FOLDER_IN_USE,
        "the data folder `"
            + path
            + "` is in use by another Writ server"
            + who
            + "; stop that one, or choose another folder with --data");
  }

  Path path() {
    return path;
  }

  Path cluster() {
    return path.resolve("postgres");
  }

  /** Where a cluster is made; it becomes {@link #cluster()} only when complete. */
  Path unfinishedCluster() {
    return path.resolve("postgres.unfinished");
  }

  Path passwordFile() {
    return path.resolve("postgres.password");
  }

  Path log() {
    return path.resolve("postgres.log");
  }

  /** The owner's password, readable by the one account that needs it. */
  String password() throws IOException {
    return Files.readString(passwordFile()).strip();
  }

  /** Draws a password and hands the file to {@code account}. */
  void drawPassword(Entropy entropy, Account account) throws IOException {
    byte[] chance = entropy.bytes(PASSWORD_BYTES);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
    Files.deleteIfExists(passwordFile());
    Files.createFile(
        passwordFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passwordFile(), password + "\n");
    account.give(passwordFile());
  }

  /** A fresh, empty, closed folder of {@code account} for a cluster to be made in. */
  Path freshUnfinishedCluster(Account account) throws IOException {
    deleteTree(unfinishedCluster());
    Files.createDirectory(
        unfinishedCluster(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    account.give(unfinishedCluster());
    return unfinishedCluster();
  }

  void finishCluster() throws IOException {
    Files.move(unfinishedCluster(), cluster(), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /**
   * Removes the cluster's lock file when the process it names is another program: the number was
   * given out again after a crash, as happens in every restarted container.
   */
  void dropLockOfTheDead() throws IOException {
    Path lock = cluster().resolve("postmaster.pid");
    try {
      String pid = Files.readString(lock).lines().findFirst().orElse("").strip();
      Path program = Path.of("/proc", pid, "comm");
      if (Files.exists(program) && !Files.readString(program).strip().equals("postgres")) {
        Files.deleteIfExists(lock);
      }
    } catch (NoSuchFileException e) {
      // The predecessor, or the process that has its number, ended meanwhile: nothing to remove.
      return;
    }
  }

  /** Where the log ends now; an overlong log is put aside first, one generation is kept. */
  long endOfLog() throws IOException {
    if (!Files.exists(log())) {
      Files.createFile(
          log(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else if (Files.size(log()) > LONGEST_LOG) {
      Files.move(log(), path.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
      return endOfLog();
    }
    return Files.size(log());
  }

  /** What was logged after {@code from}, its last few thousand characters. */
  String logSince(long from) {
    try (InputStream file = Files.newInputStream(log())) {
      file.skipNBytes(Math.max(from, Files.size(log()) - 4_096));
      return new String(file.readNBytes(65_536), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(the log could not be read: " + e.getMessage() + ")";
    }
  }

  /** Releases the folder. */
  @Override
  public void close() {
    closeQuietly(lockFile);
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // A lock ends with its descriptor, and a descriptor ends even when closing it complains.
      return;
    }
  }

  /** Deletes a folder and all below it; links are deleted, not followed. */
  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

package dev.writ.server.main;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.NodeId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The data folder, locked: what is not in the database lives here, and only one process at a time
 * works on it.
 */
final class DataHome implements AutoCloseable {
  private static final Json.Bounds BOUNDS = new Json.Bounds(64 << 10, 4, 100, true);

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private DataHome(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /** Opens a folder that {@code writ init} made. Throws {@link StartRefused}. */
  static DataHome open(Path folder) {
    if (!Files.isRegularFile(folder.resolve("keys/writ.keys"))) {
      throw new StartRefused(
          "not-initialised",
          "`" + folder + "` is no data folder of Writ",
          "run `writ init --data " + folder + "`, or name another with --data DIR");
    }
    return locked(folder);
  }

  /** Makes the folder when it is not there. Throws {@link StartRefused}. */
  static DataHome make(Path folder) {
    try {
      // Others may pass through, so that the database's own account reaches its part; not look.
      directories(folder, "rwx--x--x");
      directories(folder.resolve("keys"), "rwx------");
      return locked(folder);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  private static void directories(Path folder, String mode) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
      FileAttribute<?>[] attributes =
          posix
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
              }
              : new FileAttribute<?>[0];
      Files.createDirectory(folder, attributes);
    }
  }

  private static DataHome locked(Path folder) {
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isEmpty()) {
        channel.close();
        throw new StartRefused(
            "folder-in-use",
            "another Writ works on the data folder `" + folder + "`",
            "stop it, or name another folder with --data DIR");
      }
      return new DataHome(folder, channel, lock.get());
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  private static StartRefused cannotWrite(Path folder, IOException e) {
    return new StartRefused(
        "folder-unwritable",
        "the data folder `" + folder + "` cannot be written: " + e.getMessage(),
        "check who owns it and whether the disk is full, or name another with --data DIR",
        e);
  }

  Path masterKeys() {
    return folder.resolve("keys/master.keys");
  }

  Path keyFile() {
    return folder.resolve("keys/writ.keys");
  }

  Path postgres() {
    return folder.resolve("postgres");
  }

  Path acknowledged() {
    return folder.resolve("acknowledged");
  }

  Path settings() {
    return folder.resolve("writ.yaml");
  }

  Path folder() {
    return folder;
  }

  /** This node's id, drawn the first time. */
  NodeId node(Entropy entropy) {
    Path file = folder.resolve("node");
    try {
      if (Files.exists(file)) {
        return NodeId.parse(Files.readString(file).strip()).orThrow();
      }
      NodeId fresh = NodeId.fresh(entropy);
      replace(file, (fresh.value() + "\n").getBytes(StandardCharsets.UTF_8));
      return fresh;
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    } catch (IllegalArgumentException e) {
      throw new StartRefused(
          "folder-broken",
          "`" + file + "` holds no node's id",
          "delete it: the node takes a new one",
          e);
    }
  }

  /** Says where the running server listens, for commands on the same machine. */
  void announce(String url) {
    try {
      Json.Obj said =
          Json.object().put("url", url).put("process", ProcessHandle.current().pid()).build();
      replace(address(), said.canonical());
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /** What was announced last, whether or not it runs still. */
  Optional<Json.Obj> announced() {
    try {
      return Json.parseObject(Files.readAllBytes(address()), BOUNDS).found();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path address() {
    return folder.resolve("server.json");
  }

  /** Whole or not at all. */
  static void replace(Path file, byte[] bytes) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      java.nio.ByteBuffer left = java.nio.ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(address());
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }
}

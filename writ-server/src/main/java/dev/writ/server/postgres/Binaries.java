package dev.writ.server.postgres;

import static dev.writ.server.postgres.PostgresRefused.Reason.FAILED;
import static dev.writ.server.postgres.PostgresRefused.Reason.UNSUPPORTED_MACHINE;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs, unpacked from the class path into a cache of this machine: once for each
 * version and user, complete or not there at all.
 */
record Binaries(Path folder) {
  /** The archive of the pinned artifact is bounded; a decoder may not take more memory. */
  private static final int DECODER_KIB = 128 * 1024;

  Path initdb() {
    return folder.resolve("bin").resolve("initdb");
  }

  Path postgres() {
    return folder.resolve("bin").resolve("postgres");
  }

  /** Finds the programs for this machine, unpacking them when this is the first time. */
  static Binaries unpacked() {
    URL archive = archive();
    List<String> tried = new ArrayList<>();
    for (Path cache : caches()) {
      try {
        return unpacked(archive, cache);
      } catch (IOException e) {
        tried.add(cache + " (" + e + ")");
      }
    }
    throw new PostgresRefused(
        FAILED,
        "the PostgreSQL programs could be unpacked nowhere: "
            + String.join(", ", tried)
            + "; make one of these folders writable, or set XDG_CACHE_HOME");
  }

  /** As {@link #unpacked()}, below {@code cache}. */
  static Binaries unpacked(Path cache) throws IOException {
    return unpacked(archive(), cache);
  }

  private static Binaries unpacked(URL archive, Path cache) throws IOException {
    Files.createDirectories(cache);
    requireOurs(cache);
    Path complete = cache.resolve("postgres-" + stamp(archive));
    if (!Files.isDirectory(complete)) {
      Path fresh = Files.createTempDirectory(cache, "unpacking-");
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      try (InputStream in = new BufferedInputStream(archive.openStream(), 65_536);
          InputStream tar = new XZInputStream(in, DECODER_KIB)) {
        TarReader.unpack(tar, fresh);
        moveIntoPlace(fresh, complete);
      } finally {
        DataFolder.deleteTree(fresh);
      }
    }
    requireOurs(complete);
    return new Binaries(complete.toRealPath());
  }

  private static void moveIntoPlace(Path fresh, Path complete) throws IOException {
    try {
      Files.move(fresh, complete, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // Another process was quicker; a complete folder is the same folder whoever made it.
      if (!Files.isDirectory(complete)) {
        throw e;
      }
    }
  }

  /** Programs are run from here: nobody else may have put them there. */
  private static void requireOurs(Path folder) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException("everybody may write to it");
    }
    Object owner = Files.getAttribute(folder, "unix:uid");
    if (!owner.equals(Account.ownUid())) {
      throw new IOException("it belongs to another user");
    }
  }

  /** Where to unpack, best first: root's cache must be readable by the account it steps down to. */
  private static List<Path> caches() {
    List<Path> found = new ArrayList<>();
    if (Account.isRoot()) {
      found.add(Path.of("/var/cache/writ"));
    } else {
      setting("XDG_CACHE_HOME").ifPresent(p -> found.add(p.resolve("writ")));
      setting("HOME").ifPresent(p -> found.add(p.resolve(".cache").resolve("writ")));
    }
    found.add(Path.of(System.getProperty("java.io.tmpdir"), "writ-cache-" + Account.ownUid()));
    return found;
  }

  private static Optional<Path> setting(String name) {
    return Optional.ofNullable(System.getenv(name))
        .filter(v -> !v.isBlank())
        .map(Path::of)
        .filter(Path::isAbsolute);
  }

  private static URL archive() {
    String name = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
    URL archive = Binaries.class.getResource("/" + name);
    if (archive == null) {
      throw new PostgresRefused(
          UNSUPPORTED_MACHINE,
          "this distribution has no embedded PostgreSQL for this machine ("
              + name
              + "); start with --database and the address of your own PostgreSQL");
    }
    return archive;
  }

  static String archiveName(String system, String machine) {
    String os = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    String arch =
        switch (machine) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> machine;
        };
    return "postgres-" + os + "-" + arch + ".txz";
  }

  /** A name that changes with the archive's content and costs no reading of it. */
  private static String stamp(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    connection.setUseCaches(false);
    if (connection instanceof JarURLConnection jar) {
      try (JarFile file = jar.getJarFile()) {
        ZipEntry entry = file.getEntry(jar.getEntryName());
        return "%08x-%d".formatted(entry.getCrc(), entry.getSize());
      }
    }
    return "%08x-%d".formatted(connection.getLastModified(), connection.getContentLengthLong());
  }
}

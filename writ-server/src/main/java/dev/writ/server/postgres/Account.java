package dev.writ.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;

/**
 * The system account PostgreSQL runs under: our own, or, because PostgreSQL refuses to run as root,
 * for root the account {@code writ} where the system has one and {@code nobody} where not.
 */
record Account(int uid) {
  private static final int ROOT = 0;
  private static final List<String> STEP_DOWN = List.of("writ", "nobody");

  static boolean isRoot() {
    return ownUid() == ROOT;
  }

  static int ownUid() {
    return ProcessUid.VALUE;
  }

  boolean isOurs() {
    return uid == ownUid();
  }

  /** The account for a cluster that is to be made. */
  static Account forNewCluster() throws IOException {
    if (!isRoot()) {
      return new Account(ownUid());
    }
    for (String name : STEP_DOWN) {
      Optional<UserPrincipal> found = named(name);
      if (found.isPresent()) {
        return numbered(found.get());
      }
    }
    throw new IOException(
        "PostgreSQL does not run as root and the system has no account named writ or nobody;"
            + " make one (useradd --system writ)");
  }

  private static Optional<UserPrincipal> named(String name) throws IOException {
    try {
      return Optional.of(
          FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name));
    } catch (UserPrincipalNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Java shows an account's number only as the owner of a file. */
  private static Account numbered(UserPrincipal account) throws IOException {
    Path probe = Files.createTempFile("writ-account-", "");
    try {
      Files.setOwner(probe, account);
      return ownerOf(probe);
    } finally {
      Files.delete(probe);
    }
  }

  static Account ownerOf(Path path) throws IOException {
    return new Account((Integer) Files.getAttribute(path, "unix:uid"));
  }

  /** Hands a file or folder over to this account. */
  void give(Path path) throws IOException {
    if (!isOurs()) {
      Files.setAttribute(path, "unix:uid", uid);
    }
  }

  /** Read once: the owner of our own entry in /proc, elsewhere of a file we make. */
  private static final class ProcessUid {
    private static final int VALUE = read();

    private static int read() {
      try {
        Path self = Path.of("/proc/self");
        if (Files.exists(self)) {
          return (Integer) Files.getAttribute(self, "unix:uid");
        }
        Path probe = Files.createTempFile("writ-account-", "");
        try {
          return (Integer) Files.getAttribute(probe, "unix:uid");
        } finally {
          Files.delete(probe);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("our own account could not be found out", e);
      }
    }
  }
}

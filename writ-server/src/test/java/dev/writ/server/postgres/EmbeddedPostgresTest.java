package dev.writ.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.writ.base.Entropy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher: durable, alone in its folder, gone with its process, plain about what is wrong. */
class EmbeddedPostgresTest {
  private static final Entropy ENTROPY = new SecureRandom()::nextBytes;

  @TempDir Path temp;

  @Test
  void keepsItsRowsFromStartToStart() throws Exception {
    Path folder = temp.resolve("a folder with spaces");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, ENTROPY)) {
      try (Connection c = server.connect(EmbeddedPostgres.DATABASE);
          Statement s = c.createStatement()) {
        s.execute("create table kept (n integer)");
        s.execute("insert into kept values (41), (42)");
      }
    }
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder, ENTROPY)) {
      assertThat(one(server, "select sum(n) from kept")).isEqualTo("83");
    }
  }

  @Test
  void isDurableChecksummedAndOnLoopbackAlone() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(temp, ENTROPY)) {
      assertThat(one(server, "show fsync")).isEqualTo("on");
      assertThat(one(server, "show full_page_writes")).isEqualTo("on");
      assertThat(one(server, "show data_checksums")).isEqualTo("on");
      assertThat(one(server, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(one(server, "show unix_socket_directories")).isEmpty();
      assertThat(
              one(
                  server,
                  "select datlocprovider::text || ' ' || datlocale from pg_database"
                      + " where datname = current_database()"))
          .isEqualTo("b C.UTF-8");
      assertThat(one(server, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
          .isEqualTo("scram-sha-256");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(temp.resolve("postgres.password"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void wantsThePassword() {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(temp, ENTROPY)) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(server.url("postgres"), "writ", "guess").close())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }
  }

  @Test
  void aSecondServerOnTheFolderIsRefused() {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(temp, ENTROPY)) {
      assertThat(server.isRunning()).isTrue();
      assertThatThrownBy(() -> EmbeddedPostgres.start(temp, ENTROPY).close())
          .isInstanceOfSatisfying(
              PostgresRefused.class,
              e -> assertThat(e.reason()).isEqualTo(PostgresRefused.Reason.FOLDER_IN_USE))
          .hasMessageContaining("is in use by another Writ server (process ")
          .hasMessageContaining(temp.getFileName().toString());
    }
  }

  @Test
  void aSecondProcessOnTheFolderIsRefused() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(temp, ENTROPY)) {
      assertThat(server.isRunning()).isTrue();
      try (ChildServer child = ChildServer.start(temp)) {
        assertThat(child.line())
            .startsWith("refused FOLDER_IN_USE")
            .contains("process " + ProcessHandle.current().pid());
      }
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() ->
              EmbeddedPostgres.start(temp, ENTROPY, EmbeddedPostgres.Options.none().withPort(port))
                  .close())
          .isInstanceOfSatisfying(
              PostgresRefused.class,
              e -> assertThat(e.reason()).isEqualTo(PostgresRefused.Reason.PORT_IN_USE))
          .hasMessageContaining("port " + port);
    }
  }

  @Test
  void aFullDiskIsNamed() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        Account.isRoot()
            && run("mount", "-t", "tmpfs", "-o", "size=12m,mode=700", "none", disk.toString()) == 0,
        "a small file system can only be mounted by root");
    try {
      assertThatThrownBy(() -> EmbeddedPostgres.start(disk.resolve("data"), ENTROPY).close())
          .isInstanceOfSatisfying(
              PostgresRefused.class,
              e -> assertThat(e.reason()).isEqualTo(PostgresRefused.Reason.DISK_FULL))
          .hasMessageContaining("is full");
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  @Test
  void aFolderOfAnotherMajorVersionIsNamed() throws Exception {
    EmbeddedPostgres.start(temp, ENTROPY).close();
    Files.writeString(temp.resolve("postgres").resolve("PG_VERSION"), "15\n");
    assertThatThrownBy(() -> EmbeddedPostgres.start(temp, ENTROPY).close())
        .isInstanceOfSatisfying(
            PostgresRefused.class,
            e -> assertThat(e.reason()).isEqualTo(PostgresRefused.Reason.OTHER_VERSION));
  }

  @Test
  void diesWithAKilledProcessAndComesBackWithEveryRow() throws Exception {
    long postmaster;
    try (ChildServer child = ChildServer.start(temp)) {
      assertThat(child.line()).startsWith("ready ");
      postmaster = postmaster(temp);
      assertThat(ProcessHandle.of(postmaster)).isPresent();
      child.kill();
    }
    // No waiting: the successor meets the dying predecessor.
    try (EmbeddedPostgres server = EmbeddedPostgres.start(temp, ENTROPY)) {
      assertThat(one(server, "select count(*) from kept")).isEqualTo("1");
      assertThat(postmaster(temp)).isNotEqualTo(postmaster);
    }
  }

  @Test
  void aKilledProcessLeavesNoServerBehind() throws Exception {
    try (ChildServer child = ChildServer.start(temp)) {
      assertThat(child.line()).startsWith("ready ");
      ProcessHandle postmaster = ProcessHandle.of(postmaster(temp)).orElseThrow();
      child.kill();
      postmaster.onExit().get(20, TimeUnit.SECONDS);
      assertThat(postmaster.isAlive()).isFalse();
    }
  }

  @Test
  void comesBackAfterBothWereKilled() throws Exception {
    try (ChildServer child = ChildServer.start(temp)) {
      assertThat(child.line()).startsWith("ready ");
      ProcessHandle postmaster = ProcessHandle.of(postmaster(temp)).orElseThrow();
      assertThat(run("kill", "-9", Long.toString(postmaster.pid()))).isZero();
      child.kill();
    }
    try (EmbeddedPostgres server = EmbeddedPostgres.start(temp, ENTROPY)) {
      assertThat(one(server, "select count(*) from kept")).isEqualTo("1");
    }
  }

  @Test
  void aLockThatNamesAnotherProgramIsDropped() throws Exception {
    EmbeddedPostgres.start(temp, ENTROPY).close();
    Path lock = temp.resolve("postgres").resolve("postmaster.pid");
    Process other =
        new ProcessBuilder(
                Account.isRoot()
                    ? new String[] {
                      "setpriv", "--reuid", uid(), "--regid", uid(), "--clear-groups", "sleep", "60"
                    }
                    : new String[] {"sleep", "60"})
            .start();
    try {
      Files.writeString(lock, other.pid() + "\n/nowhere\n0\n5432\n\n127.0.0.1\n0 0\nready\n");
      new Account(Integer.parseInt(uid())).give(lock);
      try (EmbeddedPostgres server = EmbeddedPostgres.start(temp, ENTROPY)) {
        assertThat(one(server, "select 1")).isEqualTo("1");
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void runsForAnOrdinaryUserToo() throws Exception {
    assumeTrue(Account.isRoot(), "the other tests ran as an ordinary user already");
    Path home = Files.createTempDirectory("writ home ");
    try {
      new Account(65_534).give(home);
      try (ChildServer child = ChildServer.startAs("65534", home.resolve("data"), home)) {
        assertThat(child.line()).startsWith("ready ");
        assertThat(Account.ownerOf(home.resolve("data"))).isEqualTo(new Account(65_534));
      }
    } finally {
      DataFolder.deleteTree(home);
    }
  }

  @Test
  void theProgramsAreUnpackedOnceForEachVersion() throws Exception {
    Path cache = Files.createDirectory(temp.resolve("cache"));
    Binaries first = Binaries.unpacked(cache);
    assertThat(Files.isExecutable(first.postgres())).isTrue();
    Object stamp = Files.getAttribute(first.folder(), "unix:ino");
    assertThat(Binaries.unpacked(cache)).isEqualTo(first);
    assertThat(Files.getAttribute(first.folder(), "unix:ino")).isEqualTo(stamp);
    try (var left = Files.list(cache)) {
      assertThat(left).containsExactly(first.folder());
    }
  }

  @Test
  void programsAnybodyCouldHavePutThereAreNotRun() throws Exception {
    Path cache = Files.createDirectory(temp.resolve("cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> Binaries.unpacked(cache))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("everybody may write");
  }

  @Test
  void everyKindOfMachineHasItsArchiveName() {
    assertThat(Binaries.archiveName("Linux", "amd64")).isEqualTo("postgres-linux-x86_64.txz");
    assertThat(Binaries.archiveName("Mac OS X", "aarch64")).isEqualTo("postgres-darwin-arm_64.txz");
  }

  private String uid() throws IOException {
    return Integer.toString(Account.ownerOf(temp.resolve("postgres")).uid());
  }

  private static long postmaster(Path folder) throws IOException {
    return Files.readString(folder.resolve("postgres").resolve("postmaster.pid"))
        .lines()
        .findFirst()
        .map(String::strip)
        .map(Long::parseLong)
        .orElseThrow();
  }

  private static String one(EmbeddedPostgres server, String query) throws SQLException {
    try (Connection c = server.connect(EmbeddedPostgres.DATABASE);
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery(query)) {
      assertThat(r.next()).isTrue();
      return r.getString(1);
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}

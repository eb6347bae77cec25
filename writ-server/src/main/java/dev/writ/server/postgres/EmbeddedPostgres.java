package dev.writ.server.postgres;

import static dev.writ.server.postgres.PostgresRefused.Reason.DISK_FULL;
import static dev.writ.server.postgres.PostgresRefused.Reason.FAILED;
import static dev.writ.server.postgres.PostgresRefused.Reason.NO_PERMISSION;
import static dev.writ.server.postgres.PostgresRefused.Reason.OTHER_VERSION;
import static dev.writ.server.postgres.PostgresRefused.Reason.PORT_IN_USE;

import dev.writ.base.Entropy;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL of our own in a data folder: durable (fsync, full page writes, checksums), reachable
 * on loopback by password alone, stopped by {@link #close} and by the end of this process in any
 * way, {@code kill -9} included. For one machine; several nodes need a PostgreSQL beside them.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** The database that exists from the beginning. */
  public static final String DATABASE = "postgres";

  /** The owner of everything, a superuser of this cluster. */
  public static final String OWNER = "writ";

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration PREDECESSOR = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(15);
  private static final String STARTING_UP = "57P03";

  /**
   * What may differ between two starts.
   *
   * @param port the port to listen on; empty to take a free one
   * @param settings PostgreSQL settings put over ours, by name
   */
  public record Options(OptionalInt port, SortedMap<String, String> settings) {
    public Options {
      settings = new TreeMap<>(settings);
    }

    /** A free port, our settings. */
    public static Options none() {
      return new Options(OptionalInt.empty(), new TreeMap<>());
    }

    public Options withPort(int wanted) {
      return new Options(OptionalInt.of(wanted), settings);
    }

    public Options with(String setting, String value) {
      SortedMap<String, String> more = new TreeMap<>(settings);
      more.put(setting, value);
      return new Options(port, more);
    }
  }

  private final DataFolder folder;
  private final Guard guard;
  private final int port;
  private final String password;

  private EmbeddedPostgres(DataFolder folder, Guard guard, int port, String password) {
    this.folder = folder;
    this.guard = guard;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts the server of {@code dataFolder}, making folder, cluster and password the first time.
   * Returns when it answers. Throws {@link PostgresRefused} with the reason when it does not.
   */
  public static EmbeddedPostgres start(Path dataFolder, Entropy entropy, Options options) {
    Binaries binaries = Binaries.unpacked();
    DataFolder folder = DataFolder.lock(dataFolder);
    boolean started = false;
    try {
      Start start = new Start(binaries, folder, options);
      start.makeClusterIfMissing(entropy);
      EmbeddedPostgres server = start.server();
      started = true;
      return server;
    } catch (IOException e) {
      throw fault(folder, "PostgreSQL could not be started: " + e, e);
    } finally {
      if (!started) {
        folder.close();
      }
    }
  }

  /** As above, on a free port. */
  public static EmbeddedPostgres start(Path dataFolder, Entropy entropy) {
    return start(dataFolder, entropy, Options.none());
  }

  /** The JDBC address of one of its databases, without credentials. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** The TCP port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The name to connect with. */
  public String user() {
    return OWNER;
  }

  /** The password of {@link #user()}; a secret. */
  public String password() {
    return password;
  }

  /** A new connection as the owner, to be closed by the caller. */
  public Connection connect(String database) throws SQLException {
    return connect(url(database), password);
  }

  /** Whether the server process is there. */
  public boolean isRunning() {
    return guard.isRunning();
  }

  /** Stops the server (transactions under way are rolled back) and releases the folder. */
  @Override
  public void close() {
    guard.stop();
    folder.close();
  }

  private static Connection connect(String url, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", OWNER);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("sslmode", "disable");
    return DriverManager.getConnection(url, properties);
  }

  private static PostgresRefused fault(DataFolder folder, String text, Throwable cause) {
    if (text.contains("No space left on device")) {
      return new PostgresRefused(DISK_FULL, diskFull(folder), cause);
    }
    return new PostgresRefused(FAILED, text, cause);
  }

  private static String diskFull(DataFolder folder) {
    return "the disk that holds `" + folder.path() + "` is full; make room and start again";
  }

  /** One start, step by step. */
  private record Start(Binaries binaries, DataFolder folder, Options options) {
    void makeClusterIfMissing(Entropy entropy) throws IOException {
      if (Files.isDirectory(folder.cluster())) {
        return;
      }
      Account account = Account.forNewCluster();
      folder.drawPassword(entropy, account);
      Path fresh = folder.freshUnfinishedCluster(account);
      long logged = folder.endOfLog();
      Guard initdb = Guard.run(folder, fresh, account, initdb(fresh, account));
      if (!initdb.ended(START) || initdb.exitCode() != 0) {
        initdb.stop();
        throw refusal(folder.logSince(logged), OptionalInt.empty());
      }
      folder.finishCluster();
    }

    private List<String> initdb(Path fresh, Account account) {
      return List.of(
          binaries.initdb().toString(),
          "--pgdata=" + Guard.nameOf(fresh, account),
          "--username=" + OWNER,
          "--pwfile=" + Guard.passwordName(),
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale=C",
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8",
          "--data-checksums");
    }

    /** Tries until the server answers: its predecessor may still be dying, a port may be taken. */
    EmbeddedPostgres server() throws IOException {
      Account account = Account.ownerOf(folder.cluster());
      long deadline = System.nanoTime() + PREDECESSOR.toNanos();
      while (true) {
        int port = bind(options.port().orElse(0));
        long logged = folder.endOfLog();
        Guard guard = Guard.run(folder, folder.cluster(), account, postgres(port, account));
        boolean answers = false;
        try {
          answers = answers(guard, port);
        } finally {
          if (!answers) {
            guard.stop();
          }
        }
        if (answers) {
          return new EmbeddedPostgres(folder, guard, port, folder.password());
        }
        String log = folder.logSince(logged);
        boolean again = isPredecessorDying(log) || (isPortTaken(log) && options.port().isEmpty());
        if (!again || System.nanoTime() > deadline) {
          throw refusal(log, OptionalInt.of(port));
        }
        folder.dropLockOfTheDead();
        LockSupport.parkNanos(LOOK_AGAIN.toNanos() * 4);
      }
    }

    private List<String> postgres(int port, Account account) {
      SortedMap<String, String> settings = new TreeMap<>();
      settings.put("listen_addresses", "127.0.0.1");
      settings.put("unix_socket_directories", "");
      settings.put("fsync", "on");
      settings.put("full_page_writes", "on");
      settings.put("synchronous_commit", "on");
      settings.put("password_encryption", "scram-sha-256");
      settings.put("timezone", "UTC");
      settings.put("log_timezone", "UTC");
      settings.put("lc_messages", "C");
      settings.put("logging_collector", "off");
      settings.put("log_min_messages", "warning");
      // A statement may hold what must never reach a log.
      settings.put("log_min_error_statement", "panic");
      settings.putAll(options.settings());
      settings.put("port", Integer.toString(port));
      List<String> command = new ArrayList<>();
      command.add(binaries.postgres().toString());
      command.add("-D");
      command.add(Guard.nameOf(folder.cluster(), account));
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        command.add("-c");
        command.add(setting.getKey() + "=" + setting.getValue());
      }
      return command;
    }

    private boolean answers(Guard guard, int port) throws IOException {
      String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
      long deadline = System.nanoTime() + START.toNanos();
      while (guard.isRunning() && System.nanoTime() < deadline) {
        try (Connection connection = connect(url, folder.password())) {
          return connection.isValid(5) && guard.isRunning();
        } catch (SQLException e) {
          boolean notYet =
              e.getSQLState() == null
                  || e.getSQLState().startsWith("08")
                  || e.getSQLState().equals(STARTING_UP);
          if (!notYet) {
            throw new PostgresRefused(
                FAILED,
                "the PostgreSQL of `"
                    + folder.path()
                    + "` refuses its owner: "
                    + e.getMessage()
                    + "; postgres.password no longer belongs to this cluster",
                e);
          }
        }
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
      return false;
    }

    /** The port, shown to be free a moment ago; for 0 one that the system chose. */
    private static int bind(int port) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        throw portTaken(port);
      } catch (IOException e) {
        throw new PostgresRefused(FAILED, "no port on loopback: " + e.getMessage(), e);
      }
    }

    private static PostgresRefused portTaken(int port) {
      return new PostgresRefused(
          PORT_IN_USE,
          "port "
              + port
              + " on 127.0.0.1 is in use by another program; choose another, or none to take a"
              + " free one");
    }

    private static boolean isPredecessorDying(String log) {
      return log.contains("lock file \"postmaster.pid\" already exists")
          || log.contains("pre-existing shared memory block");
    }

    private static boolean isPortTaken(String log) {
      return log.contains("Address already in use");
    }

    private PostgresRefused refusal(String log, OptionalInt port) {
      if (isPortTaken(log) && port.isPresent()) {
        return portTaken(port.getAsInt());
      }
      if (log.contains("No space left on device")) {
        return new PostgresRefused(DISK_FULL, diskFull(folder));
      }
      if (log.contains("database files are incompatible with server")) {
        return new PostgresRefused(
            OTHER_VERSION,
            "the data folder `"
                + folder.path()
                + "` was written by another major version of PostgreSQL; export the ledger with the"
                + " Writ that wrote it and import it here");
      }
      if (log.contains("Permission denied")) {
        return new PostgresRefused(
            NO_PERMISSION,
            "PostgreSQL may not use the data folder `" + folder.path() + "`: " + lastLine(log));
      }
      return new PostgresRefused(
          FAILED,
          "PostgreSQL did not start: " + lastLine(log) + "; its log is `" + folder.log() + "`");
    }

    private static String lastLine(String log) {
      return log.lines()
          .filter(l -> l.contains("FATAL") || l.contains("error:"))
          .reduce((a, b) -> b)
          .or(() -> log.lines().filter(l -> !l.isBlank()).reduce((a, b) -> b))
          .orElse("it said nothing");
    }
  }
}

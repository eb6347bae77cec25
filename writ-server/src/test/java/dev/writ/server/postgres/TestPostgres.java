package dev.writ.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one PostgreSQL of a test process, as durable as a real one, with a database for each test.
 * Started by the first who asks; ends with the process.
 */
public final class TestPostgres {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private TestPostgres() {}

  /**
   * A database of one test's own. Closing ends every connection to it and leaves it to the end of
   * the process: dropping one costs a checkpoint of the whole server.
   */
  public record Database(EmbeddedPostgres server, String name) implements AutoCloseable {
    /** Its JDBC address. */
    public String url() {
      return server.url(name);
    }

    /** The owner, a superuser. */
    public String user() {
      return server.user();
    }

    public String password() {
      return server.password();
    }

    /** A new connection as the owner. */
    public Connection connect() throws SQLException {
      return server.connect(name);
    }

    /** A copy of it under another name: yesterday's backup. Nobody may be connected to it. */
    public Database copy() throws SQLException {
      return create("template " + name);
    }

    /** Ends every connection to it. */
    public void disconnectAll() throws SQLException {
      run("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
    }

    /** Puts this database's content in the place of another's, ending its connections. */
    public void takePlaceOf(Database other) throws SQLException {
      run("drop database " + other.name + " with (force)");
      run("alter database " + name + " rename to " + other.name);
    }

    @Override
    public void close() throws SQLException {
      disconnectAll();
    }
  }

  /** An empty database. */
  public static Database fresh() throws SQLException {
    return create("");
  }

  /** The server itself. */
  public static EmbeddedPostgres server() {
    return Started.SERVER;
  }

  private static Database create(String clause) throws SQLException {
    String name = "test_" + NAMES.incrementAndGet();
    run("create database " + name + " " + clause);
    return new Database(server(), name);
  }

  private static void run(String statement) throws SQLException {
    try (Connection c = server().connect(EmbeddedPostgres.DATABASE);
        Statement s = c.createStatement()) {
      s.execute(statement);
    }
  }

  private static final class Started {
    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        Path folder = Files.createTempDirectory("writ-test-postgres-");
        EmbeddedPostgres server = EmbeddedPostgres.start(folder, new SecureRandom()::nextBytes);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(folder)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /**
     * Ends the server at once, without the checkpoint of an orderly end, and leaves its folder to a
     * process of its own: nobody will read it again, and nobody should wait for it.
     */
    private static void end(Path folder) {
      String postmaster = folder.resolve("postgres").resolve("postmaster.pid").toString();
      try {
        new ProcessBuilder("sh", "-c", END, "end", postmaster, folder.toString()).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static final String END =
        """
        read -r pid < "$1"
        kill -QUIT "$pid"
        while kill -0 "$pid" 2>/dev/null; do sleep 1; done
        rm -rf "$2"
        """;
  }
}

package dev.writ.fault;

import dev.writ.server.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** An operator's PostgreSQL beside the servers, which can be stopped and started again. */
final class OwnPostgres implements AutoCloseable {
  private final Path folder;
  private final EmbeddedPostgres.Options options;
  private EmbeddedPostgres server;

  private OwnPostgres(Path folder, EmbeddedPostgres.Options options) {
    this.folder = folder;
    this.options = options;
    this.server = EmbeddedPostgres.start(folder, new SecureRandom()::nextBytes, options);
  }

  static OwnPostgres start(Path folder) throws IOException {
    return start(folder, EmbeddedPostgres.Options.none());
  }

  /** With settings of its own; its port stays. */
  static OwnPostgres start(Path folder, EmbeddedPostgres.Options options) throws IOException {
    OwnPostgres postgres =
        new OwnPostgres(folder.resolve("database"), options.withPort(Site.freePort()));
    Files.writeString(postgres.passwordFile(), postgres.server.password());
    return postgres;
  }

  private Path passwordFile() {
    return folder.resolveSibling("database.password");
  }

  /** How a server is told of it. */
  List<String> flags() {
    return flags(server.port());
  }

  /** The same by another way, which listens at this port. */
  List<String> flags(int port) {
    return List.of(
        "--database",
        "jdbc:postgresql://127.0.0.1:" + port + "/" + EmbeddedPostgres.DATABASE,
        "--database-user",
        server.user(),
        "--database-password-file",
        passwordFile().toString());
  }

  int port() {
    return server.port();
  }

  void stop() {
    server.close();
  }

  /** Starts it again where it was. */
  void startAgain() {
    server = EmbeddedPostgres.start(folder, new SecureRandom()::nextBytes, options);
  }

  /** Keeps a backup beside it. */
  void keepCopy() throws IOException {
    stop();
    Site.copy(folder, backup());
    startAgain();
  }

  /** Puts the backup in its place; what was written since is gone. */
  void backToCopy() throws IOException {
    stop();
    Files.move(folder, folder.resolveSibling("database.lost"));
    Files.move(backup(), folder);
    startAgain();
  }

  private Path backup() {
    return folder.resolveSibling("database.backup");
  }

  Connection connect() throws SQLException {
    return server.connect(EmbeddedPostgres.DATABASE);
  }

  void run(String sql) throws SQLException {
    try (Connection connection = server.connect(EmbeddedPostgres.DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long count(String sql) throws SQLException {
    try (Connection connection = server.connect(EmbeddedPostgres.DATABASE);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

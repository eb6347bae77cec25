package dev.writ.server.main;

import dev.writ.base.Entropy;
import dev.writ.server.config.Config;
import dev.writ.server.postgres.EmbeddedPostgres;
import dev.writ.server.postgres.PostgresRefused;
import dev.writ.server.store.DatabaseAddress;
import dev.writ.server.store.Schema;
import dev.writ.server.store.StoreRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The PostgreSQL a server works on: the operator's, or one of its own that ends with it. */
final class Database implements AutoCloseable {
  private static final int LONGEST_PASSWORD_FILE = 4_096;

  private final DatabaseAddress address;
  private final Optional<EmbeddedPostgres> embedded;

  private Database(DatabaseAddress address, Optional<EmbeddedPostgres> embedded) {
    this.address = address;
    this.embedded = embedded;
  }

  /** Starts or finds it and brings its schema up to date. Throws {@link StartRefused}. */
  static Database open(Config.Database config, DataHome home, Entropy entropy) {
    Database database = config.url().isPresent() ? own(config) : embedded(home, entropy);
    boolean ready = false;
    try {
      Schema.migrate(database.address);
      ready = true;
      return database;
    } catch (StoreRefused e) {
      throw refused(e);
    } finally {
      if (!ready) {
        database.close();
      }
    }
  }

  /** A database that does not suit, in the words of the person who starts a server. */
  static StartRefused refused(StoreRefused e) {
    String name =
        "database-" + e.reason().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    return new StartRefused(
        name, String.valueOf(e.getMessage()), "see docs/operate.md, The database", e);
  }

  private static Database own(Config.Database config) {
    String password = config.passwordFile().map(Database::password).orElse("");
    return new Database(
        new DatabaseAddress(config.url().orElseThrow(), config.user(), password), Optional.empty());
  }

  private static String password(Path file) {
    try {
      if (Files.size(file) > LONGEST_PASSWORD_FILE) {
        throw new IOException("it is longer than a password");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StartRefused(
          "password-unreadable",
          "the password file `" + file + "` cannot be read: " + e.getMessage(),
          "name a file that holds nothing but the password with --database-password-file",
          e);
    }
  }

  private static Database embedded(DataHome home, Entropy entropy) {
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.start(home.postgres(), entropy);
      return new Database(
          new DatabaseAddress(
              postgres.url(EmbeddedPostgres.DATABASE), postgres.user(), postgres.password()),
          Optional.of(postgres));
    } catch (PostgresRefused e) {
      String name =
          "postgres-" + e.reason().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      throw new StartRefused(
          name, String.valueOf(e.getMessage()), "see docs/operate.md, The embedded database", e);
    }
  }

  DatabaseAddress address() {
    return address;
  }

  /** Where it is, in words. */
  String description() {
    return embedded.isPresent()
        ? "embedded PostgreSQL on port " + embedded.get().port()
        : address.toString();
  }

  @Override
  public void close() {
    embedded.ifPresent(EmbeddedPostgres::close);
  }
}

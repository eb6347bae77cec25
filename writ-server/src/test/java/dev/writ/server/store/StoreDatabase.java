package dev.writ.server.store;

import dev.writ.server.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A migrated database of one test's own, copied from one that was migrated once. */
final class StoreDatabase implements AutoCloseable {
  private final TestPostgres.Database database;

  private StoreDatabase(TestPostgres.Database database) {
    this.database = database;
  }

  static StoreDatabase fresh() throws SQLException {
    return new StoreDatabase(Template.DATABASE.copy());
  }

  DatabaseAddress address() {
    return addressOf(database);
  }

  /** The same database at another port, behind a proxy. */
  DatabaseAddress addressAt(int port) {
    return new DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database.name(),
        database.user(),
        database.password());
  }

  TestPostgres.Database database() {
    return database;
  }

  PostgresLedgerStore open() {
    return open(StoreTimeouts.usual());
  }

  PostgresLedgerStore open(StoreTimeouts timeouts) {
    return PostgresLedgerStore.open(address(), timeouts);
  }

  /** Runs a statement as the superuser: what a stranger with the keys to the database could do. */
  void asSuperuser(String... statements) throws SQLException {
    try (Connection c = database.connect();
        Statement s = c.createStatement()) {
      s.execute("set search_path = writ");
      for (String statement : statements) {
        s.execute(statement);
      }
    }
  }

  /** Runs a statement as a node may. */
  void asNode(String statement) throws SQLException {
    try (Connections connections = new Connections(address(), StoreTimeouts.usual());
        Connection c = connections.open();
        Statement s = c.createStatement()) {
      s.execute(statement);
    }
  }

  /** The one value of a query. */
  String one(String query) throws SQLException {
    try (Connection c = database.connect();
        Statement s = c.createStatement()) {
      s.execute("set search_path = writ");
      try (ResultSet r = s.executeQuery(query)) {
        r.next();
        return String.valueOf(r.getString(1));
      }
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }

  static DatabaseAddress addressOf(TestPostgres.Database database) {
    return new DatabaseAddress(database.url(), database.user(), database.password());
  }

  private static final class Template {
    private static final TestPostgres.Database DATABASE = migrated();

    private static TestPostgres.Database migrated() {
      try {
        TestPostgres.Database database = TestPostgres.fresh();
        Schema.migrate(addressOf(database));
        return database;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

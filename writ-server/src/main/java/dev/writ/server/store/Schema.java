package dev.writ.server.store;

import static dev.writ.server.store.StoreRefused.Reason.SCHEMA_OLD;
import static dev.writ.server.store.StoreRefused.Reason.SCHEMA_UNKNOWN;
import static dev.writ.server.store.StoreRefused.Reason.UNREACHABLE;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The database's schema: which one this Writ knows, and how an older one becomes it. */
public final class Schema {
  /** The migrations this Writ knows, in order; the numbers of the files. */
  static final List<String> KNOWN = List.of("1", "2", "3", "4");

  static final String MIGRATIONS = "dev/writ/server/store/migrations";

  private static final String NAME = "writ";
  private static final String HISTORY = "schema_history";
  private static final String UNDEFINED_TABLE = "42P01";

  private static final String APPLIED =
      """
      select version from writ.schema_history
      where success and version is not null order by installed_rank
      """;

  private Schema() {}

  /**
   * Brings the schema up to date as its owner, a role that may create in the database (and roles,
   * unless {@code writ_node} is there). Several at once wait for each other. Throws {@link
   * StoreRefused} when the schema is newer than this Writ, and then changes nothing.
   */
  public static void migrate(DatabaseAddress owner) {
    if (standing(owner) == Standing.CURRENT) {
      return;
    }
    try {
      Flyway.configure()
          .dataSource(owner.url(), owner.user(), owner.password())
          .locations("classpath:" + MIGRATIONS)
          .schemas(NAME)
          .defaultSchema(NAME)
          .table(HISTORY)
          .validateMigrationNaming(true)
          .failOnMissingLocations(true)
          // Nothing applied may be missing here, future migrations included.
          .ignoreMigrationPatterns(new String[0])
          .cleanDisabled(true)
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StoreRefused(
          SCHEMA_OLD,
          "the schema of " + owner.where() + " could not be brought up to date: " + e.getMessage(),
          e);
    }
  }

  private static Standing standing(DatabaseAddress owner) {
    Properties properties = new Properties();
    properties.setProperty("user", owner.user());
    properties.setProperty("password", owner.password());
    properties.setProperty("connectTimeout", "5");
    try (Connection connection = DriverManager.getConnection(owner.url(), properties)) {
      return standing(connection, owner);
    } catch (SQLException e) {
      throw unreachable(owner, e);
    }
  }

  static StoreRefused unreachable(DatabaseAddress address, SQLException e) {
    return new StoreRefused(
        UNREACHABLE,
        "the database of "
            + address
            + " does not let us in: "
            + e.getMessage()
            + "; start it, or correct --database and its password file",
        e);
  }

  /** Refuses every schema but the one this Writ knows. */
  static void require(Connection connection, DatabaseAddress address) throws SQLException {
    if (standing(connection, address) != Standing.CURRENT) {
      throw new StoreRefused(
          SCHEMA_OLD,
          "the database "
              + address.where()
              + " holds no Writ, or one of an older version; migrate it first, as its owner");
    }
  }

  private enum Standing {
    BEHIND,
    CURRENT
  }

  private static Standing standing(Connection connection, DatabaseAddress address)
      throws SQLException {
    List<String> applied = applied(connection);
    if (applied.equals(KNOWN)) {
      return Standing.CURRENT;
    }
    if (applied.size() < KNOWN.size() && applied.equals(KNOWN.subList(0, applied.size()))) {
      return Standing.BEHIND;
    }
    throw new StoreRefused(
        SCHEMA_UNKNOWN,
        "the schema of "
            + address.where()
            + " is version "
            + applied.getLast()
            + ", and this Writ knows versions up to "
            + KNOWN.getLast()
            + " only; start the Writ that migrated it, or a newer one");
  }

  private static List<String> applied(Connection connection) throws SQLException {
    List<String> applied = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(APPLIED);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        applied.add(rows.getString(1));
      }
    } catch (SQLException e) {
      if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
        throw e;
      }
    }
    return applied;
  }
}

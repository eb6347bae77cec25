package dev.writ.server.store;

import static dev.writ.server.store.StoreRefused.Reason.NOT_DURABLE;
import static dev.writ.server.store.StoreRefused.Reason.NOT_SYNCHRONOUS;
import static dev.writ.server.store.StoreRefused.Reason.SCHEMA_OLD;
import static dev.writ.server.store.StoreRefused.Reason.SERVER_OLD;
import static dev.writ.server.store.StoreRefused.Reason.STANDBY;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a server asks of its database before it believes a commit.
 *
 * @param standbys physical standbys that stream now
 * @param synchronousNames {@code synchronous_standby_names}; empty when none is waited for
 */
record Inspection(
    int version,
    boolean fsync,
    boolean fullPageWrites,
    boolean standby,
    int standbys,
    String synchronousNames) {
  private static final int OLDEST = 150_000;
  private static final String NO_SUCH_ROLE = "22023";
  private static final String MAY_NOT_TAKE_ROLE = "42501";

  private static final String INSPECT =
      """
      select current_setting('server_version_num')::integer,
        current_setting('fsync')::boolean,
        current_setting('full_page_writes')::boolean,
        pg_is_in_recovery(),
        (select count(*) from pg_stat_replication r
          where not exists (
            select from pg_replication_slots s
            where s.active_pid = r.pid and s.slot_type = 'logical')),
        current_setting('synchronous_standby_names')
      """;

  /** Looks at the database and refuses it, or returns. */
  static void of(DatabaseAddress address, Connections connections) {
    try (Connection connection = connections.open()) {
      inspect(connection).require(address);
      Schema.require(connection, address);
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (state.equals(NO_SUCH_ROLE) || state.equals(MAY_NOT_TAKE_ROLE)) {
        throw new StoreRefused(
            SCHEMA_OLD,
            address
                + " may not work as the role writ_node: "
                + e.getMessage()
                + "; migrate the database first, and `grant writ_node to` this user",
            e);
      }
      throw Schema.unreachable(address, e);
    }
  }

  private static Inspection inspect(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSPECT);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return new Inspection(
          rows.getInt(1),
          rows.getBoolean(2),
          rows.getBoolean(3),
          rows.getBoolean(4),
          rows.getInt(5),
          rows.getString(6));
    }
  }

  void require(DatabaseAddress address) {
    String where = "the database " + address.where();
    if (version < OLDEST) {
      throw new StoreRefused(
          SERVER_OLD,
          where
              + " is PostgreSQL "
              + version / 10_000
              + "; Writ needs "
              + OLDEST / 10_000
              + " or newer");
    }
    if (standby) {
      throw new StoreRefused(
          STANDBY, where + " is a standby and cannot be written; give the primary's address");
    }
    if (!fsync || !fullPageWrites) {
      throw new StoreRefused(
          NOT_DURABLE,
          where
              + " runs with "
              + (fsync ? "full_page_writes" : "fsync")
              + " off, so a power cut loses or tears what was acknowledged; switch it on in"
              + " postgresql.conf");
    }
    if (standbys > 0 && synchronousNames.isBlank()) {
      throw new StoreRefused(
          NOT_SYNCHRONOUS,
          where
              + " has "
              + standbys
              + " standby(s) and waits for none, so a failover loses what was acknowledged; set"
              + " synchronous_standby_names");
    }
  }
}

package dev.writ.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.writ.ledger.LedgerStore.StoreFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Connections that work as {@code writ_node} in schema {@code writ}, each with all timeouts: the
 * pen's own, and a pool for everything else.
 */
final class Connections implements AutoCloseable {
  private static final int POOLED = 8;

  private static final Driver DRIVER = new Driver();

  private final DatabaseAddress address;
  private final StoreTimeouts timeouts;
  private final HikariDataSource pool;

  /** Something done with a connection. */
  @FunctionalInterface
  interface Work<R> {
    R with(Connection connection) throws SQLException;
  }

  Connections(DatabaseAddress address, StoreTimeouts timeouts) {
    this.address = address;
    this.timeouts = timeouts;
    HikariConfig config = new HikariConfig();
    config.setPoolName("writ-store");
    config.setJdbcUrl(address.url());
    config.setDataSourceProperties(properties());
    config.setMaximumPoolSize(POOLED);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(timeouts.connect().toMillis());
    config.setValidationTimeout(Math.max(250, timeouts.connect().toMillis() / 2));
    config.setAutoCommit(true);
    // Whether the database is there is asked where the answer can be told to somebody.
    config.setInitializationFailTimeout(-1);
    this.pool = new HikariDataSource(config);
  }

  /** A connection outside the pool, each statement of it inside a transaction. */
  Connection openForPen() throws SQLException {
    Connection connection = open();
    connection.setAutoCommit(false);
    return connection;
  }

  /** A connection outside the pool. */
  Connection open() throws SQLException {
    Connection connection = DRIVER.connect(address.url(), properties());
    if (connection == null) {
      throw new SQLException("not an address of a PostgreSQL database", "08001");
    }
    return connection;
  }

  /** Reads with a pooled connection, outside transactions. */
  <R> R reading(String doing, Work<R> work) {
    try (Connection connection = pool.getConnection()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw Faults.of(doing, e);
    }
  }

  /** Writes in one transaction with a pooled connection; durable on return. */
  <R> R writing(String doing, Work<R> work) {
    return reading(
        doing,
        connection -> {
          connection.setAutoCommit(false);
          try {
            R result = work.with(connection);
            connection.commit();
            return result;
          } catch (SQLException | StoreFault e) {
            connection.rollback();
            throw e;
          } finally {
            connection.setAutoCommit(true);
          }
        });
  }

  @Override
  public void close() {
    pool.close();
  }

  private Properties properties() {
    Properties p = new Properties();
    p.setProperty("user", address.user());
    p.setProperty("password", address.password());
    p.setProperty("ApplicationName", "writ");
    p.setProperty("connectTimeout", Long.toString(timeouts.connect().toSeconds()));
    p.setProperty("loginTimeout", Long.toString(timeouts.socket().toSeconds()));
    p.setProperty("socketTimeout", Long.toString(timeouts.socket().toSeconds()));
    p.setProperty("tcpKeepAlive", "true");
    p.setProperty("tcpNoDelay", "true");
    p.setProperty("assumeMinServerVersion", "15");
    p.setProperty("prepareThreshold", "1");
    p.setProperty("reWriteBatchedInserts", "true");
    // The detail of an error quotes the row.
    p.setProperty("logServerErrorDetail", "false");
    p.setProperty("options", sessionSettings());
    return p;
  }

  /** What holds from the session's first moment, whatever the database's own defaults are. */
  private String sessionSettings() {
    return "-c role=writ_node"
        + " -c search_path=writ,pg_temp"
        + " -c default_transaction_isolation=read\\ committed"
        + " -c default_transaction_read_only=off"
        + " -c synchronous_commit=on"
        + " -c timezone=UTC"
        + setting("idle_in_transaction_session_timeout", timeouts.idle().toMillis())
        + setting("lock_timeout", timeouts.lock().toMillis())
        + setting("statement_timeout", timeouts.statement().toMillis())
        + setting("tcp_user_timeout", timeouts.idle().toMillis());
  }

  private static String setting(String name, long milliseconds) {
    return " -c " + name + "=" + milliseconds;
  }
}

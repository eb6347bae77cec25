package dev.writ.cli.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What one would do without a pen, on the same PostgreSQL, with rows as long as ours. */
final class PenBenchPeers implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 32;

  private final List<Connection> connections = new ArrayList<>();
  private final byte[] row;

  PenBenchPeers(PenBenchWorld world, int rowBytes) throws SQLException {
    this.row = new byte[rowBytes];
    for (int i = 0; i < MOST_CONNECTIONS; i++) {
      connections.add(world.connect());
    }
    try (Statement statement = connections.getFirst().createStatement()) {
      statement.execute(
          """
          drop table if exists plain_row, locked_row, locked_head;
          create table plain_row (n bigserial primary key, bytes bytea not null);
          create table locked_row (n bigint primary key, bytes bytea not null);
          create table locked_head (sole boolean primary key, n bigint not null);
          insert into locked_head values (true, 0);
          """);
    }
  }

  /** One row a commit, nothing else. */
  PenBenchLoad.Measured plain(int callers, Duration span)
      throws SQLException, InterruptedException {
    List<PenBenchLoad.Once> all = new ArrayList<>();
    for (int i = 0; i < Math.min(callers, MOST_CONNECTIONS); i++) {
      Connection connection = connections.get(i);
      connection.setAutoCommit(true);
      all.add(() -> insert(connection));
    }
    return PenBenchLoad.run(all, span);
  }

  private boolean insert(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into plain_row (bytes) values (?)")) {
      insert.setBytes(1, row);
      return insert.executeUpdate() == 1;
    }
  }

  /** One transaction a call, each taking the head's lock first: order without a pen. */
  PenBenchLoad.Measured locked(int callers, Duration span)
      throws SQLException, InterruptedException {
    List<PenBenchLoad.Once> all = new ArrayList<>();
    for (int i = 0; i < Math.min(callers, MOST_CONNECTIONS); i++) {
      Connection connection = connections.get(i);
      connection.setAutoCommit(false);
      all.add(() -> append(connection));
    }
    return PenBenchLoad.run(all, span);
  }

  private boolean append(Connection connection) throws SQLException {
    long size;
    try (PreparedStatement lock =
            connection.prepareStatement("select n from locked_head where sole for update");
        ResultSet rows = lock.executeQuery()) {
      rows.next();
      size = rows.getLong(1);
    }
    try (PreparedStatement insert =
            connection.prepareStatement("insert into locked_row (n, bytes) values (?, ?)");
        PreparedStatement move =
            connection.prepareStatement("update locked_head set n = ? where sole")) {
      insert.setLong(1, size);
      insert.setBytes(2, row);
      insert.executeUpdate();
      move.setLong(1, size + 1);
      move.executeUpdate();
    }
    connection.commit();
    return true;
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
  }
}

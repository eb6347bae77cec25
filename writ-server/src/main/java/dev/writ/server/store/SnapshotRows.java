package dev.writ.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code snapshot_chunk}. */
final class SnapshotRows {
  private static final String SIZES =
      """
      select size from snapshot_chunk where index = 0 order by size desc limit 16
      """;

  private static final String CHUNK =
      """
      select bytes from snapshot_chunk where size = ? and index = ?
      """;

  private static final String PUT =
      """
      insert into snapshot_chunk (size, index, bytes) values (?, ?, ?)
      on conflict (size, index) do update set bytes = excluded.bytes
      """;

  private static final String KEEP_ONLY =
      """
      delete from snapshot_chunk where size <> all (?)
      """;

  private SnapshotRows() {}

  static List<Long> sizes(Connection connection) throws SQLException {
    List<Long> sizes = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(SIZES);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        sizes.add(rows.getLong(1));
      }
    }
    return sizes;
  }

  static Optional<byte[]> chunk(Connection connection, long size, int index) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHUNK)) {
      statement.setLong(1, size);
      statement.setInt(2, index);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
      }
    }
  }

  static int put(Connection connection, long size, int index, byte[] chunk) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PUT)) {
      statement.setLong(1, size);
      statement.setInt(2, index);
      statement.setBytes(3, chunk);
      return statement.executeUpdate();
    }
  }

  static int keepOnly(Connection connection, List<Long> sizes) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEEP_ONLY)) {
      statement.setArray(1, connection.createArrayOf("bigint", sizes.toArray()));
      return statement.executeUpdate();
    }
  }
}

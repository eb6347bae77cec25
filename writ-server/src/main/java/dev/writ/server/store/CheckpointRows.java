package dev.writ.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table {@code checkpoint}. */
final class CheckpointRows {
  private static final String KEEP =
      """
      insert into checkpoint (origin, size, note) values (?, ?, ?)
      on conflict (origin, size) do nothing
      """;

  private static final String THIN =
      """
      delete from checkpoint where origin = ? and size < (
        select min(size) from (
          select size from checkpoint where origin = ? order by size desc limit ?) newest)
      """;

  private static final String NEWEST =
      """
      select note from checkpoint where origin = ? order by size desc limit ?
      """;

  private CheckpointRows() {}

  static int keep(Connection connection, String origin, long size, byte[] note)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
      statement.setString(1, origin);
      statement.setLong(2, size);
      statement.setBytes(3, note);
      return statement.executeUpdate();
    }
  }

  /** Deletes all but so many of the newest. */
  static int thin(Connection connection, String origin, int most) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(THIN)) {
      statement.setString(1, origin);
      statement.setString(2, origin);
      statement.setInt(3, most);
      return statement.executeUpdate();
    }
  }

  static List<byte[]> newest(Connection connection, String origin, int most) throws SQLException {
    List<byte[]> notes = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
      statement.setString(1, origin);
      statement.setInt(2, most);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          notes.add(rows.getBytes(1));
        }
      }
    }
    return notes;
  }
}

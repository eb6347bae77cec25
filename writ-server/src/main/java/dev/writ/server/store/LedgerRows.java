package dev.writ.server.store;

import dev.writ.base.Parsed;
import dev.writ.ledger.Head;
import dev.writ.ledger.LedgerStore.FullTile;
import dev.writ.ledger.LedgerStore.StoreFault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of the log itself: {@code head}, {@code entry}, {@code tile}. */
final class LedgerRows {
  /**
   * Two statements on one way: the second begins when the lock is held, so its clock is read under
   * it. (In one statement the clock would be read before the wait.)
   */
  private static final String LOCK_HEAD =
      """
      select body, seal from head where sole for update;
      select (extract(epoch from clock_timestamp()) * 1000000)::bigint
      """;

  private static final String CLOCK =
      """
      select (extract(epoch from clock_timestamp()) * 1000000)::bigint
      """;

  private static final String HEAD =
      """
      select body, seal from head where sole
      """;

  private static final String READ_ENTRIES =
      """
      select position, bytes from entry where position >= ? order by position limit ?
      """;

  private static final String COPY_ENTRIES =
      """
      copy entry (position, bytes) from stdin with (format binary)
      """;

  private static final String ADD_TILE =
      """
      insert into tile (level, index, hashes) values (?, ?, ?)
      """;

  private static final String TILE =
      """
      select hashes from tile where level = ? and index = ?
      """;

  private static final String MOVE_HEAD =
      """
      update head set body = ?, seal = ? where sole
      """;

  private static final String MAKE_PARTITIONS =
      """
      select make_entry_partitions(?)
      """;

  private LedgerRows() {}

  /** The head, and the database's clock when its lock was ours. */
  record Locked(Optional<Head.Sealed> head, Instant clock) {}

  static Locked lock(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK_HEAD)) {
      statement.execute();
      Optional<Head.Sealed> head;
      try (ResultSet rows = statement.getResultSet()) {
        head = head(rows);
      }
      statement.getMoreResults();
      try (ResultSet rows = statement.getResultSet()) {
        return new Locked(head, instant(rows));
      }
    }
  }

  static Instant clock(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLOCK);
        ResultSet rows = statement.executeQuery()) {
      return instant(rows);
    }
  }

  static Optional<Head.Sealed> head(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HEAD);
        ResultSet rows = statement.executeQuery()) {
      return head(rows);
    }
  }

  private static Optional<Head.Sealed> head(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      throw new StoreFault(
          "the head row is gone: this is not the database Writ left", false, new SQLException());
    }
    byte[] body = rows.getBytes(1);
    byte[] seal = rows.getBytes(2);
    if (body == null || seal == null) {
      return Optional.empty();
    }
    return switch (Head.parse(body)) {
      case Parsed.Ok<Head>(Head head) -> Optional.of(new Head.Sealed(head, seal));
      case Parsed.Refused<Head>(var problems) ->
          throw new StoreFault(
              "the head row does not parse: " + problems, false, new SQLException());
    };
  }

  private static Instant instant(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      throw new SQLException("the database did not say the time", "08P01");
    }
    return Instant.EPOCH.plus(rows.getLong(1), ChronoUnit.MICROS);
  }

  /** Entries from a position on without a gap: a missing row ends the answer. */
  static List<byte[]> read(Connection connection, long from, int limit) throws SQLException {
    List<byte[]> entries = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(READ_ENTRIES)) {
      statement.setLong(1, from);
      statement.setInt(2, limit);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next() && rows.getLong(1) == from + entries.size()) {
          entries.add(rows.getBytes(2));
        }
      }
    }
    return entries;
  }

  static void appendEntries(Connection connection, long first, List<byte[]> entries)
      throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    CopyRows copy = new CopyRows(connection, COPY_ENTRIES);
    long position = first;
    for (byte[] entry : entries) {
      copy.row(2).number(position).bytes(entry);
      position++;
    }
    copy.finish();
  }

  static void appendTiles(Connection connection, List<FullTile> tiles) throws SQLException {
    if (tiles.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD_TILE)) {
      for (FullTile tile : tiles) {
        statement.setInt(1, tile.level());
        statement.setLong(2, tile.index());
        statement.setBytes(3, tile.hashes());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  static Optional<byte[]> tile(Connection connection, int level, long index) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TILE)) {
      statement.setInt(1, level);
      statement.setLong(2, index);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
      }
    }
  }

  static void moveHead(Connection connection, Head.Sealed head) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MOVE_HEAD)) {
      statement.setBytes(1, head.head().canonical());
      statement.setBytes(2, head.seal());
      if (statement.executeUpdate() != 1) {
        throw new SQLException("the head row is gone", "02000");
      }
    }
  }

  /** Makes partitions ahead of the last entry; the first position that has none. */
  static long makePartitions(Connection connection, int ahead) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MAKE_PARTITIONS)) {
      statement.setInt(1, ahead);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}

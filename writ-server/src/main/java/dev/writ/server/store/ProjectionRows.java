package dev.writ.server.store;

import dev.writ.base.TaskId;
import dev.writ.base.WorkflowId;
import dev.writ.fact.FactCodec;
import dev.writ.fact.RecordedFact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The tables {@code projection_entry} and {@code projection_progress}. */
final class ProjectionRows {
  private static final String LOCK_NEXT =
      """
      select next from projection_progress where name = 'entry' for update
      """;

  private static final String NEXT =
      """
      select next from projection_progress where name = 'entry'
      """;

  private static final String ADVANCE =
      """
      update projection_progress set next = ? where name = 'entry'
      """;

  private static final String ADD =
      """
      insert into projection_entry (position, type, workflow, task, actor, at)
      values (?, ?, ?, ?, ?, ?)
      """;

  private static final String ALL =
      """
      select position from projection_entry
      where position < ? order by position desc limit ?
      """;

  private static final String OF_TYPE =
      """
      select position from projection_entry
      where type = ? and position < ? order by position desc limit ?
      """;

  private static final String OF_WORKFLOW =
      """
      select position from projection_entry
      where workflow = ? and position < ? order by position desc limit ?
      """;

  private static final String OF_TASK =
      """
      select position from projection_entry
      where task = ? and position < ? order by position desc limit ?
      """;

  private static final String OF_ACTOR =
      """
      select position from projection_entry
      where actor = ? and position < ? order by position desc limit ?
      """;

  private static final String FIRST_SINCE =
      """
      select coalesce(min(position), (select next from projection_progress where name = 'entry'))
      from projection_entry where at >= ?
      """;

  private static final String INDEX_COLUMNS =
      """
      select type, workflow, task, actor, at from projection_entry where position = ?
      """;

  private ProjectionRows() {}

  static long lockNext(Connection connection) throws SQLException {
    return one(connection, LOCK_NEXT);
  }

  static long next(Connection connection) throws SQLException {
    return one(connection, NEXT);
  }

  private static long one(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("the projection's progress is gone", "02000");
      }
      return rows.getLong(1);
    }
  }

  static void add(Connection connection, List<RecordedFact> facts) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      for (RecordedFact fact : facts) {
        statement.setLong(1, fact.position());
        statement.setString(2, FactCodec.typeOf(fact.fact()));
        statement.setString(3, fact.about().workflow().map(WorkflowId::value).orElse(null));
        statement.setString(4, fact.about().task().map(TaskId::value).orElse(null));
        statement.setString(5, fact.by().name());
        statement.setObject(6, fact.at().atOffset(ZoneOffset.UTC));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  static void advance(Connection connection, long next) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      statement.setLong(1, next);
      statement.executeUpdate();
    }
  }

  static List<Long> find(Connection connection, EntryProjection.Page page) throws SQLException {
    String query =
        switch (page.of()) {
          case EntryProjection.Of.Everything all -> ALL;
          case EntryProjection.Of.Type type -> OF_TYPE;
          case EntryProjection.Of.Workflow workflow -> OF_WORKFLOW;
          case EntryProjection.Of.Task task -> OF_TASK;
          case EntryProjection.Of.Actor actor -> OF_ACTOR;
        };
    List<Long> positions = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      int at = 1;
      switch (page.of()) {
        case EntryProjection.Of.Everything all -> {}
        case EntryProjection.Of.Type(String name) -> statement.setString(at++, name);
        case EntryProjection.Of.Workflow(WorkflowId id) -> statement.setString(at++, id.value());
        case EntryProjection.Of.Task(TaskId id) -> statement.setString(at++, id.value());
        case EntryProjection.Of.Actor(String id) -> statement.setString(at++, id);
      }
      statement.setLong(at++, page.before());
      statement.setInt(at, page.limit());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          positions.add(rows.getLong(1));
        }
      }
    }
    return positions;
  }

  static long firstSince(Connection connection, Instant at) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIRST_SINCE)) {
      statement.setObject(1, at.atOffset(ZoneOffset.UTC));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** Whether the index columns stored for a fact are those it has. */
  static boolean matches(Connection connection, RecordedFact fact) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INDEX_COLUMNS)) {
      statement.setLong(1, fact.position());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            && FactCodec.typeOf(fact.fact()).equals(rows.getString(1))
            && fact.about().workflow().map(WorkflowId::value).orElse("").equals(text(rows, 2))
            && fact.about().task().map(TaskId::value).orElse("").equals(text(rows, 3))
            && fact.by().name().equals(rows.getString(4))
            && rows.getObject(5, java.time.OffsetDateTime.class).toInstant().equals(fact.at());
      }
    }
  }

  private static String text(ResultSet rows, int column) throws SQLException {
    String text = rows.getString(column);
    return text == null ? "" : text;
  }
}

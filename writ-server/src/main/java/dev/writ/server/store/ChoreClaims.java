package dev.writ.server.store;

import dev.writ.base.NodeId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which node is at which chore. A claim ends at its deadline by the database's clock, whatever
 * became of its node; its number grows with every claim, so that only the newest may finish and the
 * outside world can turn away a straggler.
 */
public final class ChoreClaims {
  private static final String ENTER =
      """
      insert into chore (name, due) values (?, clock_timestamp()) on conflict (name) do nothing
      """;

  private static final String DUE =
      """
      select name from chore
      where due <= clock_timestamp() and (deadline is null or deadline <= clock_timestamp())
      order by due, name limit ?
      """;

  private static final String CLAIM =
      """
      update chore
      set holder = ?, deadline = clock_timestamp() + ? * interval '1 millisecond',
        fence = fence + 1
      where name = ? and due <= clock_timestamp()
        and (deadline is null or deadline <= clock_timestamp())
      returning fence
      """;

  private static final String FINISH =
      """
      update chore
      set holder = null, deadline = null,
        due = clock_timestamp() + ? * interval '1 millisecond'
      where name = ? and fence = ? and holder is not null
      """;

  private static final String HURRY =
      """
      update chore set due = clock_timestamp() where name = ? and due > clock_timestamp()
      """;

  private static final String DROP =
      """
      delete from chore where name = ? and fence = ?
      """;

  private final Connections connections;

  /**
   * One node's turn at a chore.
   *
   * @param fence the claim's number: a fence and an idempotency key for what it does outside
   */
  public record Claim(String name, long fence) {}

  ChoreClaims(Connections connections) {
    this.connections = connections;
  }

  /** Enters a chore that is due now, unless it is entered already. */
  public void enter(String name) {
    update(ENTER, statement -> statement.setString(1, name));
  }

  /** Names of chores that are due and nobody is at, the longest due first. */
  public List<String> due(int limit) {
    return connections.reading(
        "looking for chores",
        c -> {
          List<String> names = new ArrayList<>();
          try (PreparedStatement statement = c.prepareStatement(DUE)) {
            statement.setInt(1, limit);
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                names.add(rows.getString(1));
              }
            }
          }
          return names;
        });
  }

  /** Claims a chore for that long; empty when it is not due or another node is at it. */
  public Optional<Claim> claim(String name, NodeId node, Duration forLong) {
    return connections.writing(
        "claiming a chore",
        c -> {
          try (PreparedStatement statement = c.prepareStatement(CLAIM)) {
            statement.setString(1, node.value());
            statement.setLong(2, forLong.toMillis());
            statement.setString(3, name);
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next() ? Optional.of(new Claim(name, rows.getLong(1))) : Optional.empty();
            }
          }
        });
  }

  /**
   * Gives a claim back; the chore wants to run again after {@code pause}. {@code false} when the
   * claim ran out and another node took the chore over: that node's claim stays.
   */
  public boolean finish(Claim claim, Duration pause) {
    return update(
            FINISH,
            statement -> {
              statement.setLong(1, pause.toMillis());
              statement.setString(2, claim.name());
              statement.setLong(3, claim.fence());
            })
        > 0;
  }

  /** Makes a chore due now. */
  public void hurry(String name) {
    update(HURRY, statement -> statement.setString(1, name));
  }

  /** Gives a claim back for good: the chore is done and is entered no more. */
  public boolean drop(Claim claim) {
    return update(
            DROP,
            statement -> {
              statement.setString(1, claim.name());
              statement.setLong(2, claim.fence());
            })
        > 0;
  }

  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private int update(String sql, Parameters parameters) {
    return connections.writing("keeping chores", c -> update(c, sql, parameters));
  }

  private static int update(Connection connection, String sql, Parameters parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.set(statement);
      return statement.executeUpdate();
    }
  }
}

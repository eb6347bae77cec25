package dev.writ.server.store;

import java.time.Duration;

/**
 * How long the store lets anything hang. A holder of the pen that is frozen for {@code idle} loses
 * it; the others are whole seconds or milliseconds as PostgreSQL and its driver count them.
 *
 * @param idle inside a transaction with nothing to do
 * @param lock waiting for the head at once; the pen asks again
 * @param statement one statement; PostgreSQL does not count a commit, which may wait for a standby
 * @param socket waiting for an answer, in whole seconds; longer than the three above
 * @param connect opening a connection, in whole seconds
 */
public record StoreTimeouts(
    Duration idle, Duration lock, Duration statement, Duration socket, Duration connect) {
  public StoreTimeouts {
    if (socket.toSeconds() < 1 || connect.toSeconds() < 1) {
      throw new IllegalArgumentException("the driver counts whole seconds");
    }
    if (lock.compareTo(statement) > 0 || statement.compareTo(socket) >= 0) {
      throw new IllegalArgumentException("lock, statement and socket must follow in this order");
    }
  }

  /** Two seconds for a frozen holder, three for a silent server. */
  public static StoreTimeouts usual() {
    return new StoreTimeouts(
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        Duration.ofSeconds(2));
  }
}

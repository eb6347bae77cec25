package dev.writ.server.store;

import dev.writ.ledger.Head;
import dev.writ.ledger.LedgerStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's port on PostgreSQL. A turn has a connection of its own, kept from turn to turn; a
 * pool serves everything else. What cannot be reached is a {@link LedgerStore.StoreFault}, and is
 * tried afresh by the next call.
 */
public final class PostgresLedgerStore implements LedgerStore, AutoCloseable {
  /** Partitions made ahead: sixteen million entries. */
  private static final int PARTITIONS_AHEAD = 4;

  /** When fewer positions than these are left before the last partition ends, more are made. */
  private static final long TOO_NEAR = 8L << 20;

  private final Connections connections;
  private final AtomicReference<@Nullable Connection> idle = new AtomicReference<>();
  private final AtomicLong longest = new AtomicLong();
  private final AtomicLong partitionsEnd = new AtomicLong();

  private PostgresLedgerStore(Connections connections) {
    this.connections = connections;
  }

  /**
   * Opens the ledger of a database. Throws {@link StoreRefused} when nobody answers there, when its
   * schema is not the one this Writ knows, or when it cannot be trusted to keep what it
   * acknowledged.
   */
  public static PostgresLedgerStore open(DatabaseAddress address, StoreTimeouts timeouts) {
    Connections connections = new Connections(address, timeouts);
    boolean opened = false;
    try {
      Inspection.of(address, connections);
      PostgresLedgerStore store = new PostgresLedgerStore(connections);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        connections.close();
      }
    }
  }

  @Override
  public Turn begin() {
    makePartitionsInTime();
    Connection kept = idle.getAndSet(null);
    return new PostgresTurn(kept == null ? connect() : kept, this::keep, this::sizeSeen);
  }

  @Override
  public Optional<Head.Sealed> head() {
    return connections.reading("reading the head", LedgerRows::head);
  }

  @Override
  public List<byte[]> read(long from, int limit) {
    return connections.reading("reading entries", c -> LedgerRows.read(c, from, limit));
  }

  /** A full tile's hashes, when it has been written. */
  public Optional<byte[]> tile(int level, long index) {
    return connections.reading("reading a tile", c -> LedgerRows.tile(c, level, index));
  }

  /** What entries refer to. */
  public PostgresArchive archive() {
    return new PostgresArchive(connections);
  }

  /** The index columns of the entries. */
  public EntryProjection projection() {
    return new EntryProjection(connections);
  }

  /** The claims of background work. */
  public ChoreClaims chores() {
    return new ChoreClaims(connections);
  }

  @Override
  public void close() {
    Connection kept = idle.getAndSet(null);
    try {
      if (kept != null) {
        kept.close();
      }
    } catch (SQLException e) {
      throw Faults.of("closing the pen's connection", e);
    } finally {
      connections.close();
    }
  }

  private void sizeSeen(long size) {
    longest.accumulateAndGet(size, Math::max);
  }

  /** Before a turn, outside it: making a table waits for readers, which the pen must not. */
  private void makePartitionsInTime() {
    if (partitionsEnd.get() - longest.get() >= TOO_NEAR) {
      return;
    }
    try {
      partitionsEnd.set(
          connections.writing(
              "making partitions", c -> LedgerRows.makePartitions(c, PARTITIONS_AHEAD)));
    } catch (StoreFault e) {
      if (partitionsEnd.get() <= longest.get()) {
        throw e;
      }
    }
  }

  private Connection connect() {
    try {
      return connections.openForPen();
    } catch (SQLException e) {
      throw Faults.of("connecting", e);
    }
  }

  /** The next turn takes it; when two turns ended at once, one connection is enough. */
  private void keep(Connection connection) {
    Connection surplus = idle.getAndSet(connection);
    try {
      if (surplus != null) {
        surplus.close();
      }
    } catch (SQLException e) {
      throw Faults.of("closing a connection", e);
    }
  }
}

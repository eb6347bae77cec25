package dev.writ.ledger;

import dev.writ.base.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The pen's port: a database that keeps one head row and the entries. PostgreSQL, the memory store
 * and the simulator implement it and run one contract. Every method may throw {@link StoreFault}:
 * it did not happen, or (for {@link Turn#commit}) see {@link Commit}.
 */
public interface LedgerStore {
  /** Opens a transaction for a writer. */
  Turn begin();

  /** The head as last committed, without a lock; empty before the first write. */
  Optional<Head.Sealed> head();

  /** Committed entries from a position on, in order, at most {@code limit}; raw bytes. */
  List<byte[]> read(long from, int limit);

  /**
   * One writer's transaction. Closing it without a commit rolls back. The caller uses it from one
   * thread; the store ends it by itself when it is idle for about two seconds, after which every
   * method throws.
   */
  interface Turn extends AutoCloseable {
    /**
     * Locks the head row, in a statement of its own (READ COMMITTED: what others committed while we
     * waited becomes visible to the next statement, not to this one). {@link Lock.Waiting} when
     * another holder kept it for as long as the store waits at once; call again.
     */
    Lock lock();

    /** The database's {@code clock_timestamp()}, in microseconds; only under the lock. */
    Instant clock();

    /** Entries from a position on, as {@link LedgerStore#read}, in this transaction. */
    List<byte[]> read(long from, int limit);

    /** Writes entries, full tiles and attachments, and moves the head. Once a turn. */
    void append(Batch batch);

    /** Commits. Never throws {@link StoreFault}: not knowing is an answer. */
    Commit commit();

    @Override
    void close();
  }

  /** What locking gave. */
  sealed interface Lock {
    /** We hold the pen; the head as it is now, empty before the first write. */
    record Held(Optional<Head.Sealed> head) implements Lock {}

    /** Another holder has it. */
    record Waiting() implements Lock {}
  }

  /** What became of a commit. */
  enum Commit {
    COMMITTED,
    FAILED,
    /** The answer was lost. Lock the head again (it waits for the old transaction) and compare. */
    UNKNOWN
  }

  /**
   * A tile that became full: 256 hashes of its level.
   *
   * @param level 0 for leaf hashes
   * @param index which tile of the level
   * @param hashes 8,192 bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // identified by level and index
  record FullTile(int level, long index, byte[] hashes) {}

  /**
   * What one turn appends.
   *
   * @param first position of the first entry
   * @param entries raw bytes in order
   * @param leaves their leaf hashes in order
   */
  record Batch(
      long first,
      List<byte[]> entries,
      List<Digest> leaves,
      List<FullTile> tiles,
      List<Attachment> attachments,
      Head.Sealed head) {}

  /** The store did not do it: unreachable, ended our transaction, refused the statement. */
  final class StoreFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean refused;

    /**
     * @param refused whether the store understood and refused these very data, so that another
     *     batch may succeed; else it is unreachable or ended the transaction
     */
    public StoreFault(String message, boolean refused, Throwable cause) {
      super(message, cause);
      this.refused = refused;
    }

    public boolean refused() {
      return refused;
    }
  }
}

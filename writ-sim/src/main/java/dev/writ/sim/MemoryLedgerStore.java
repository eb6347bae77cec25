package dev.writ.sim;

import dev.writ.audit.TilePath;
import dev.writ.audit.TileSource;
import dev.writ.base.Digest;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.ledger.Attachment;
import dev.writ.ledger.Head;
import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcollections.TreePMap;

/**
 * A ledger's store in memory that behaves like PostgreSQL where the pen can tell: one row lock,
 * READ COMMITTED, a holder that is idle too long loses its transaction, a commit's answer can be
 * lost in two ways, and the whole database can go back to an earlier day. Safe for threads, so that
 * servers' tests can use it; with one thread and simulated clocks it is deterministic.
 */
public final class MemoryLedgerStore implements LedgerStore {
  /** How long a holder may be idle: {@code idle_in_transaction_session_timeout}. */
  public static final Duration IDLE_TIMEOUT = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final MonotonicClock nanos;
  private Faults faults = Faults.none();
  private Committed committed = Committed.nothing();
  private final List<byte[]> log = new ArrayList<>();
  private final List<Committed> history = new ArrayList<>();
  private Optional<MemoryTurn> holder = Optional.empty();

  /**
   * @param clock the database's clock
   * @param nanos by which idle holders are noticed
   */
  public MemoryLedgerStore(InstantSource clock, MonotonicClock nanos) {
    this.clock = clock;
    this.nanos = nanos;
  }

  /** What can be asked to go wrong, before each call; the default is that nothing does. */
  public interface Faults {
    /** Throws {@link StoreFault} when this call fails: it did not happen. */
    void before(String call);

    /** What becomes of the next commit. */
    CommitFate commit();

    /** Whether the store refuses this batch. */
    boolean refuses(Batch batch);

    static Faults none() {
      return new Faults() {
        @Override
        public void before(String call) {}

        @Override
        public CommitFate commit() {
          return CommitFate.HAPPENS;
        }

        @Override
        public boolean refuses(Batch batch) {
          return false;
        }
      };
    }
  }

  /** What becomes of a commit, and what its writer hears. */
  public enum CommitFate {
    HAPPENS,
    FAILS,
    /** It happened but nobody was told. */
    HAPPENS_UNTOLD,
    /** It did not happen, and nobody was told that either. */
    LOST_UNTOLD,
    /**
     * Nobody is told, and the transaction is still open with its lock: {@link #resolve} ends it.
     */
    HANGS
  }

  /** What is durable besides the entries, of which the first {@code size} are. */
  private record Committed(
      int size,
      Optional<Head.Sealed> head,
      TreePMap<String, byte[]> tiles,
      TreePMap<Digest, Attachment.Blob> blobs,
      TreePMap<PayloadId, Attachment.Payload> payloads,
      TreePMap<WorkflowId, Attachment.WorkflowKey> keys) {
    static Committed nothing() {
      return new Committed(
          0,
          Optional.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty());
    }

    Committed with(Batch batch) {
      TreePMap<String, byte[]> full = tiles;
      for (FullTile tile : batch.tiles()) {
        full = full.plus(name(tile.level(), tile.index()), tile.hashes());
      }
      TreePMap<Digest, Attachment.Blob> bytes = blobs;
      TreePMap<PayloadId, Attachment.Payload> sealed = payloads;
      TreePMap<WorkflowId, Attachment.WorkflowKey> wrapped = keys;
      for (Attachment attachment : batch.attachments()) {
        switch (attachment) {
          case Attachment.Blob blob -> bytes = bytes.plus(blob.digest(), blob);
          case Attachment.Payload payload -> sealed = sealed.plus(payload.id(), payload);
          case Attachment.WorkflowKey key ->
              wrapped =
                  wrapped.containsKey(key.workflow()) ? wrapped : wrapped.plus(key.workflow(), key);
        }
      }
      int all = size + batch.entries().size();
      return new Committed(all, Optional.of(batch.head()), full, bytes, sealed, wrapped);
    }

    Committed with(Optional<Head.Sealed> other) {
      return new Committed(size, other, tiles, blobs, payloads, keys);
    }

    static String name(int level, long index) {
      return level + "/" + index;
    }
  }

  // --- For whoever plays the world ---

  /** From now on these go wrong. */
  public synchronized void faults(Faults next) {
    faults = next;
  }

  /** How often something was committed; the argument of {@link #goBackTo}. */
  public synchronized int commits() {
    return history.size();
  }

  /**
   * The database as it was after so many commits: a restored backup, a stale standby. Open
   * transactions end.
   */
  public synchronized void goBackTo(int commits) {
    holder.ifPresent(MemoryTurn::end);
    committed = commits == 0 ? Committed.nothing() : history.get(commits - 1);
    history.subList(commits, history.size()).clear();
    log.subList(committed.size(), log.size()).clear();
  }

  /** Ends a commit that hangs; whether there was one. */
  public synchronized boolean resolve(boolean happens) {
    Optional<MemoryTurn> hanging = holder.filter(turn -> turn.hanging);
    hanging.ifPresent(turn -> {
      if (happens) {
        turn.apply();
      }
      turn.end();
    });
    return hanging.isPresent();
  }

  /** Somebody changed a row. */
  public synchronized void tamper(long position, byte[] bytes) {
    log.set((int) position, bytes);
  }

  /** Somebody changed the head row. */
  public synchronized void tamper(Optional<Head.Sealed> head) {
    committed = committed.with(head);
  }

  /** Every committed entry. */
  public synchronized List<byte[]> entries() {
    return List.copyOf(log);
  }

  /** Committed entries from a position on. */
  public synchronized List<byte[]> entriesFrom(long position) {
    return List.copyOf(log.subList((int) position, log.size()));
  }

  /** The committed head. */
  public synchronized Optional<Head.Sealed> committedHead() {
    return committed.head();
  }

  public synchronized Optional<Attachment.Blob> blob(Digest digest) {
    return Optional.ofNullable(committed.blobs().get(digest));
  }

  public synchronized Optional<Attachment.Payload> payload(PayloadId id) {
    return Optional.ofNullable(committed.payloads().get(id));
  }

  public synchronized Optional<Attachment.WorkflowKey> workflowKey(WorkflowId workflow) {
    return Optional.ofNullable(committed.keys().get(workflow));
  }

  /** A full tile's hashes. */
  public synchronized Optional<byte[]> tile(int level, long index) {
    return Optional.ofNullable(committed.tiles().get(Committed.name(level, index)));
  }

  /** Full tiles by their path. */
  public TileSource fullTiles() {
    return path ->
        TilePath.parse(path)
            .found()
            .flatMap(p ->
                p instanceof TilePath.Hashes h && !h.isPartial()
                    ? tile(h.level(), h.index())
                    : Optional.empty());
  }

  // --- The port ---

  @Override
  public synchronized Turn begin() {
    faults.before("begin");
    return new MemoryTurn();
  }

  @Override
  public synchronized Optional<Head.Sealed> head() {
    faults.before("head");
    return committed.head();
  }

  @Override
  public synchronized List<byte[]> read(long from, int limit) {
    faults.before("read");
    return slice(from, limit);
  }

  private List<byte[]> slice(long from, int limit) {
    int start = (int) Math.min(from, log.size());
    return List.copyOf(log.subList(start, Math.min(log.size(), start + limit)));
  }

  /** One transaction. */
  private final class MemoryTurn implements Turn {
    private Optional<Batch> batch = Optional.empty();
    private boolean over;
    private boolean hanging;
    private long usedAt = nanos.nanos();

    @Override
    public Lock lock() {
      synchronized (MemoryLedgerStore.this) {
        use("lock");
        if (holder.isPresent() && holder.get() != this) {
          if (nanos.nanos() - holder.get().usedAt <= IDLE_TIMEOUT.toNanos()
              || holder.get().hanging) {
            return new Lock.Waiting();
          }
          holder.get().end();
        }
        holder = Optional.of(this);
        return new Lock.Held(committed.head());
      }
    }

    @Override
    public Instant clock() {
      synchronized (MemoryLedgerStore.this) {
        underLock("clock");
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
      }
    }

    @Override
    public List<byte[]> read(long from, int limit) {
      synchronized (MemoryLedgerStore.this) {
        use("read");
        return slice(from, limit);
      }
    }

    @Override
    public void append(Batch next) {
      synchronized (MemoryLedgerStore.this) {
        underLock("append");
        if (batch.isPresent()) {
          throw new IllegalStateException("a turn appends once");
        }
        if (faults.refuses(next) || next.entries().stream().anyMatch(e -> e.length > 65_535)) {
          throw fault("refused", true);
        }
        if (next.first() != log.size()) {
          throw fault("position " + next.first() + " is taken or leaves a gap", false);
        }
        batch = Optional.of(next);
      }
    }

    @Override
    public Commit commit() {
      synchronized (MemoryLedgerStore.this) {
        if (over || idle()) {
          end();
          return Commit.FAILED;
        }
        return switch (faults.commit()) {
          case HAPPENS -> {
            apply();
            yield ended(Commit.COMMITTED);
          }
          case FAILS -> ended(Commit.FAILED);
          case HAPPENS_UNTOLD -> {
            apply();
            yield ended(Commit.UNKNOWN);
          }
          case LOST_UNTOLD -> ended(Commit.UNKNOWN);
          case HANGS -> {
            hanging = true;
            yield Commit.UNKNOWN;
          }
        };
      }
    }

    @Override
    public void close() {
      synchronized (MemoryLedgerStore.this) {
        if (!hanging) {
          end();
        }
      }
    }

    private Commit ended(Commit commit) {
      end();
      return commit;
    }

    private void apply() {
      batch.ifPresent(b -> {
        committed = committed.with(b);
        log.addAll(b.entries());
        history.add(committed);
      });
    }

    private void end() {
      over = true;
      hanging = false;
      holder = holder.filter(turn -> turn != this);
    }

    private void underLock(String call) {
      use(call);
      if (holder.filter(turn -> turn == this).isEmpty()) {
        throw new IllegalStateException(call + " needs the lock");
      }
    }

    private boolean idle() {
      return nanos.nanos() - usedAt > IDLE_TIMEOUT.toNanos();
    }

    private void use(String call) {
      if (over || idle()) {
        end();
        throw fault("the transaction is over", false);
      }
      faults.before(call);
      usedAt = nanos.nanos();
    }
  }

  private static StoreFault fault(String message, boolean refused) {
    return new StoreFault(message, refused, new IllegalStateException(message));
  }
}

package dev.writ.sim;

import dev.writ.audit.MerkleProof;
import dev.writ.audit.Tile;
import dev.writ.audit.TileNodes;
import dev.writ.audit.TileSource;
import dev.writ.base.Digest;
import dev.writ.base.TaskId;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.fact.RecordedFact;
import dev.writ.ledger.Head;
import dev.writ.ledger.Published;
import dev.writ.ledger.Standing;
import dev.writ.state.Task;
import dev.writ.state.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads along what is committed and checks it by its own means: chains and fold, the root under the
 * sealed head, order, one use of each caller's key, and the invariants that facts alone can show.
 */
public final class LogAuditor {
  private final MemoryLedgerStore store;
  private final SimSeal seal = new SimSeal();
  private Standing standing = Standing.empty();
  private final Map<Long, Digest> roots = new HashMap<>();
  private final Map<Digest, Long> keys = new HashMap<>();
  private final Set<TaskId> ended = new HashSet<>();
  private final List<Entry> entries = new ArrayList<>();

  private Consumer<Entry> reader = entry -> {};

  public LogAuditor(MemoryLedgerStore store) {
    this.store = store;
    roots.put(0L, standing.root());
  }

  /** The log is not what it must be. */
  public static final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    public Violation(String message) {
      super(message);
    }
  }

  static void require(boolean holds, String what) {
    if (!holds) {
      throw new Violation(what);
    }
  }

  public Standing standing() {
    return standing;
  }

  /** Who reads along, entry by entry, from here on. */
  void reader(Consumer<Entry> next) {
    reader = next;
  }

  /** The root the log had at this size, at the end of a batch. */
  Optional<Digest> rootAt(long size) {
    return Optional.ofNullable(roots.get(size));
  }

  Optional<Entry> entry(long position) {
    return position < entries.size() ? Optional.of(entries.get((int) position)) : Optional.empty();
  }

  /** The database went back: what is gone was never there. */
  public void forget() {
    standing = Standing.empty();
    roots.clear();
    roots.put(0L, standing.root());
    keys.clear();
    ended.clear();
    entries.clear();
    check();
  }

  /** Checks what was committed since the last time. */
  public void check() {
    Optional<Head.Sealed> head = store.committedHead();
    if (head.isEmpty() || head.get().head().size() == standing.size()) {
      return;
    }
    require(seal.matches(head.get().head().canonical(), head.get().seal()), "the seal is wrong");
    List<byte[]> fresh = store.entriesFrom(standing.size());
    Standing before = standing;
    try {
      standing = before.fold(fresh, this::visit);
    } catch (Standing.Broken broken) {
      throw new Violation("the committed log is broken: " + broken.getMessage());
    }
    require(standing.size() == head.get().head().size(), "head and entries differ in size");
    require(standing.root().equals(head.get().head().root()), "the root is not the entries'");
    require(
        standing.edge().frontier().peaks().equals(head.get().head().frontier()),
        "the frontier is not the entries'");
    require(standing.state().log().origin().equals(head.get().head().origin()), "another origin");
    roots.put(standing.size(), standing.root());
  }

  private void visit(Entry entry) {
    entries.add(entry);
    RecordedFact fact = entry.recorded();
    fact.draft()
        .command()
        .ifPresent(key -> {
          Long before = keys.putIfAbsent(key.key(), fact.position());
          require(
              before == null,
              "the command answered at " + before + " ran again at " + fact.position());
        });
    if (fact.fact() instanceof Fact.CallDecided decided) {
      allowedOnlyBeforeTheEnd(fact, decided);
    }
    if (fact.fact() instanceof Fact.TaskCompleted) {
      ended.add(fact.about().task().orElseThrow());
    }
    if (fact.fact() instanceof Fact.EpochOpened) {
      ended.clear();
    }
    reader.accept(entry);
    require(
        fact.about().task().isEmpty() || fact.about().workflow().isPresent(),
        "I6: a task's fact names its workflow");
  }

  private void allowedOnlyBeforeTheEnd(RecordedFact fact, Fact.CallDecided decided) {
    if (decided.verdict().decision() == Fact.Decision.ALLOW) {
      require(
          !ended.contains(fact.about().task().orElseThrow()),
          "I5: an allow at " + fact.position() + " after the task's end");
    }
  }

  /** What the state alone can show: I2 and I3. */
  public void checkState() {
    standing
        .state()
        .tasks()
        .values()
        .forEach(task -> {
          if (task instanceof Task.Open open) {
            var writ = standing.state().writs().get(open.writ());
            require(
                writ == null || !open.opened().until().isAfter(writ.issued().terms().until()),
                "I3: a task outlives its writ");
            open.tokens().values().forEach(token -> checkToken(open, token));
          }
        });
  }

  private static void checkToken(Task.Open task, Token token) {
    require(!token.until().isAfter(task.opened().until()), "I3: a token outlives its task");
    token
        .parent()
        .ifPresent(id -> {
          Token parent = task.tokens().get(id);
          if (parent != null) {
            require(
                parent.scope().covers(token.scope()), "I2: a child may do more than its parent");
            require(!token.until().isAfter(parent.until()), "I2: a child outlives its parent");
            require(token.depth() == parent.depth() + 1, "I2: a child's depth");
          }
        });
  }

  /** A receipt from what the node published proves the entry against the published root. */
  public void checkReceipt(Published published, long position) {
    Entry entry = entry(position).orElseThrow(() -> new Violation("no entry " + position));
    TileSource tiles =
        path -> {
          Optional<byte[]> full = store.fullTiles().read(path);
          return full.isPresent()
              ? full
              : published.standing().edge().partialTiles().stream()
                  .filter(tile -> tile.path().path().equals(path))
                  .map(Tile::bytes)
                  .findFirst();
        };
    List<Digest> proof =
        MerkleProof.inclusion(new TileNodes(tiles, published.size()), position, published.size());
    Digest root = published.checkpoint().orElseThrow().root();
    require(
        MerkleProof.verifyInclusion(
            new MerkleProof.Leaf(position, entry.leaf()),
            new MerkleProof.Tree(published.size(), root),
            proof),
        "the receipt of " + position + " does not verify");
  }
}

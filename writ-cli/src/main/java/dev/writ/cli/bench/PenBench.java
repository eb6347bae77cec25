package dev.writ.cli.bench;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.ledger.Fork;
import dev.writ.ledger.Head;
import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.PenWatch;
import dev.writ.ledger.Published;
import dev.writ.server.pen.PenDriver;
import dev.writ.server.store.DatabaseAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * Durable facts through the pen: real PostgreSQL with fsync, Merkle tree, tiles, signed checkpoint,
 * the node's own file. Beside it, in the same run and on the same server, one transaction a call
 * that takes the same lock, and plain one-row commits.
 */
public final class PenBench {
  private final PenBenchWorld world;
  private final Options options;

  /**
   * How long and how large.
   *
   * @param folder an empty folder for the databases; it is left behind
   * @param span of each measurement
   * @param callers how many at once, each a measurement
   * @param delaysMillis added to each commit, each a measurement with 256 callers
   * @param tasks open tasks of the large state; 0 leaves that measurement out
   * @param tokensEach live tokens of each of them
   */
  public record Options(
      Path folder,
      Duration span,
      List<Integer> callers,
      List<Integer> delaysMillis,
      int tasks,
      int tokensEach) {
    public Options {
      callers = List.copyOf(callers);
      delaysMillis = List.copyOf(delaysMillis);
    }

    Duration warmUp() {
      return span.multipliedBy(2);
    }

    /** What the aims are written for: some four minutes. */
    public static Options whole(Path folder) {
      return new Options(
          folder,
          Duration.ofSeconds(8),
          List.of(1, 32, 256, 1_024),
          List.of(0, 1, 5, 20),
          100_000,
          10);
    }

    /** A glance: under a minute. */
    public static Options brief(Path folder) {
      return new Options(
          folder, Duration.ofSeconds(2), List.of(1, 32, 256, 1_024), List.of(0, 5), 5_000, 10);
    }
  }

  private PenBench(PenBenchWorld world, Options options) {
    this.world = world;
    this.options = options;
  }

  /** Runs every measurement, one after the other, and answers figures and ratios. */
  public static Json run(Options options) {
    Entropy entropy = new SecureRandom()::nextBytes;
    try (PenBenchWorld world = new PenBenchWorld(options.folder(), entropy)) {
      return new PenBench(world, options).run();
    } catch (SQLException e) {
      throw new IllegalStateException("the baselines could not be measured", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the measurement was interrupted", e);
    }
  }

  private Json run() throws SQLException, InterruptedException {
    Json.Builder out =
        Json.object()
            .put("bench", "pen")
            .put("signatures", world.signatures())
            .put("spanSeconds", PenBenchLoad.rounded(options.span().toMillis() / 1e3));
    // The compiler's own work is not the pen's.
    PenBenchLoad.run(callers(256, new Batches(), UnaryOperator.identity()), options.warmUp());
    world.endNodes();
    callers(out);
    out.put("commitDelays", delays());
    out.put("twoNodes", twoNodes());
    out.put("revocation", revocation());
    if (options.tasks() > 0) {
      out.put("largeState", largeState());
    }
    return out.build();
  }

  /** A founded ledger, a node on it, and callers with a task each. */
  private List<PenBenchWork.Caller> callers(
      int count, PenWatch watch, UnaryOperator<LedgerStore> way) {
    PenDriver node = world.node(world.ledger(), watch, way);
    PenBenchWork work = new PenBenchWork(world.entropy(), 16);
    work.found(node, count, 1);
    return work.agents().stream().map(agent -> work.new Caller(node, agent)).toList();
  }

  private void callers(Json.Builder out) throws SQLException, InterruptedException {
    List<Json> pen = new ArrayList<>();
    Json.Builder ratios = Json.object();
    Batches batches = new Batches();
    for (int count : options.callers()) {
      List<PenBenchWork.Caller> callers = callers(count, batches, UnaryOperator.identity());
      batches.forget();
      long cpu = cpuNanos();
      PenBenchLoad.Measured measured = PenBenchLoad.run(callers, options.span());
      double cpuMicros = (cpuNanos() - cpu) / 1e3 / Math.max(1, batches.facts.get());
      world.endNodes();
      Peers peers = peers(count);
      pen.add(
          Json.object()
              .put("callers", count)
              .put("factsPerBatch", PenBenchLoad.rounded(batches.factsEach()))
              .put("lockedTransactions", peers.locked().json())
              .put("pen", measured.json())
              .put("plainCommits", peers.plain().json())
              .put("processCpuMicrosPerFact", PenBenchLoad.rounded(cpuMicros))
              .put("ratioToLocked", ratio(measured, peers.locked()))
              .put("ratioToPlain", ratio(measured, peers.plain()))
              .build());
      ratios.put("at" + count, ratio(measured, peers.locked()));
    }
    out.put("callers", Json.array(pen)).put("ratiosToLockedTransactions", ratios.build());
  }

  private record Peers(PenBenchLoad.Measured plain, PenBenchLoad.Measured locked) {}

  private Peers peers(int callers) throws SQLException, InterruptedException {
    try (PenBenchPeers peers = new PenBenchPeers(world, 1_200)) {
      return new Peers(
          peers.plain(callers, options.span().dividedBy(2)),
          peers.locked(callers, options.span().dividedBy(2)));
    }
  }

  private static Json.Real ratio(PenBenchLoad.Measured ours, PenBenchLoad.Measured theirs) {
    return PenBenchLoad.rounded(ours.perSecond() / Math.max(1, theirs.perSecond()));
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  private Json delays() throws InterruptedException {
    List<Json> all = new ArrayList<>();
    for (int millis : options.delaysMillis()) {
      List<PenBenchWork.Caller> callers =
          callers(256, new Batches(), store -> new Slow(store, Duration.ofMillis(millis)));
      PenBenchLoad.Measured measured = PenBenchLoad.run(callers, options.span());
      world.endNodes();
      all.add(Json.object().put("addedMillis", millis).put("pen256", measured.json()).build());
    }
    return Json.array(all);
  }

  /** One node; two that each write; two of which one hands its calls to the other. */
  private Json twoNodes() throws InterruptedException {
    Json.Builder out = Json.object();
    for (int count : List.of(32, 256)) {
      DatabaseAddress ledger = world.ledger();
      Batches batches = new Batches();
      PenBenchWorld.Running first = world.running(ledger, batches, UnaryOperator.identity());
      PenBenchWork work = new PenBenchWork(world.entropy(), 16);
      work.found(first.pen(), count, 1);
      PenBenchLoad.Measured alone = between(work, List.of(first.pen()));
      PenBenchWorld.Running second = world.running(ledger, new Batches(), UnaryOperator.identity());
      PenBenchLoad.Measured fighting = between(work, List.of(first.pen(), second.pen()));
      PenBenchLoad.Measured deferring;
      try (PenBenchPair pair = new PenBenchPair(world, work, List.of(first, second))) {
        PenBenchLoad.run(pair.callers(), options.span());
        deferring = PenBenchLoad.run(pair.callers(), options.span());
      }
      world.endNodes();
      out.put(
          "callers" + count,
          Json.object()
              .put("oneNode", alone.json())
              .put("twoNodes", fighting.json())
              .put("twoNodesForwarding", deferring.json())
              .put("ratio", ratio(fighting, alone))
              .put("ratioForwarding", ratio(deferring, alone))
              .build());
    }
    return out.build();
  }

  private PenBenchLoad.Measured between(PenBenchWork work, List<PenDriver> nodes)
      throws InterruptedException {
    List<PenBenchWork.Caller> callers = new ArrayList<>();
    for (PenBenchWork.Agent agent : work.agents()) {
      callers.add(work.new Caller(nodes.get(callers.size() % nodes.size()), agent));
    }
    return PenBenchLoad.run(callers, options.span());
  }

  /** Tasks are ended, one after the other, while 1,024 callers keep the pen busy. */
  private Json revocation() throws InterruptedException {
    Batches batches = new Batches();
    PenDriver node = world.node(world.ledger(), batches, UnaryOperator.identity());
    PenBenchWork work = new PenBenchWork(world.entropy(), 16);
    int spare = 4_096;
    work.found(node, 1_024 + spare, 1);
    List<PenBenchLoad.Once> load = new ArrayList<>();
    work.agents().subList(0, 1_024).forEach(agent -> load.add(work.new Caller(node, agent)));
    Thread saturating =
        Thread.ofPlatform()
            .unstarted(() -> {
              try {
                PenBenchLoad.run(load, options.span().multipliedBy(2));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    saturating.start();
    batches.forget();
    AtomicLong next = new AtomicLong(1_024);
    PenBenchLoad.Once revoke =
        () -> {
          int at = (int) next.getAndIncrement();
          return at < work.agents().size()
              && node.write(work.complete(work.agents().get(at))).reply();
        };
    PenBenchLoad.Measured revoked = PenBenchLoad.run(List.of(revoke), options.span());
    double batch = batches.millis(0.5);
    double longBatch = batches.millis(0.99);
    saturating.join();
    world.endNodes();
    return Json.object()
        .put("acknowledged", revoked.json())
        .put("batchP50Millis", PenBenchLoad.rounded(batch))
        .put("batchP99Millis", PenBenchLoad.rounded(longBatch))
        .put("p99InBatches", PenBenchLoad.rounded(revoked.millis(0.99) / Math.max(0.01, batch)))
        .build();
  }

  private Json largeState() throws InterruptedException {
    PenDriver node = world.node(world.ledger(), new Batches(), UnaryOperator.identity());
    PenBenchWork work = new PenBenchWork(world.entropy(), 32);
    long before = usedMegabytes();
    long start = System.nanoTime();
    work.found(node, options.tasks(), options.tokensEach());
    double seconds = (System.nanoTime() - start) / 1e9;
    long used = usedMegabytes() - before;
    List<PenBenchLoad.Once> callers = new ArrayList<>();
    int step = Math.max(1, work.agents().size() / 256);
    for (int i = 0; i < 256; i++) {
      callers.add(work.new Caller(node, work.agents().get(i * step % work.agents().size())));
    }
    PenBenchLoad.Measured measured = PenBenchLoad.run(callers, options.span());
    world.endNodes();
    return Json.object()
        .put("filledSeconds", PenBenchLoad.rounded(seconds))
        .put("heapMegabytes", used)
        .put("pen256", measured.json())
        .put("tasks", options.tasks())
        .put("tokens", (long) options.tasks() * options.tokensEach())
        .build();
  }

  private static long usedMegabytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  /** Counts batches and the time from one commit to the next. */
  private static final class Batches implements PenWatch {
    private final AtomicLong facts = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final List<Long> between = new ArrayList<>();
    private long last;

    @Override
    public void published(Published published) {}

    @Override
    public void happened(Event event, long count) {
      if (event == Event.COMMITTED) {
        committed(count);
      }
    }

    private synchronized void committed(long count) {
      facts.addAndGet(count);
      batches.incrementAndGet();
      long now = System.nanoTime();
      if (last != 0 && between.size() < 1_000_000) {
        between.add(now - last);
      }
      last = now;
    }

    synchronized void forget() {
      facts.set(0);
      batches.set(0);
      between.clear();
      last = 0;
    }

    synchronized double factsEach() {
      return facts.get() / (double) Math.max(1, batches.get());
    }

    synchronized double millis(double quantile) {
      List<Long> sorted = new ArrayList<>(between);
      sorted.sort(Comparator.naturalOrder());
      return sorted.isEmpty()
          ? 0
          : sorted.get((int) Math.min(sorted.size() - 1, quantile * sorted.size())) / 1e6;
    }

    @Override
    public void forked(Fork fork) {
      throw new IllegalStateException("a fork in a measurement: " + fork);
    }
  }

  /** A database whose commits take longer, as a synchronous standby's do. */
  private record Slow(LedgerStore store, Duration added) implements LedgerStore {
    @Override
    public Turn begin() {
      Turn turn = store.begin();
      return new Turn() {
        @Override
        public Lock lock() {
          return turn.lock();
        }

        @Override
        public Instant clock() {
          return turn.clock();
        }

        @Override
        public List<byte[]> read(long from, int limit) {
          return turn.read(from, limit);
        }

        @Override
        public void append(Batch batch) {
          turn.append(batch);
        }

        @Override
        public Commit commit() {
          long end = System.nanoTime() + added.toNanos();
          while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
          }
          return turn.commit();
        }

        @Override
        public void close() {
          turn.close();
        }
      };
    }

    @Override
    public Optional<Head.Sealed> head() {
      return store.head();
    }

    @Override
    public List<byte[]> read(long from, int limit) {
      return store.read(from, limit);
    }
  }
}

package dev.writ.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.base.Parsed;
import dev.writ.fact.Actor;
import dev.writ.fact.Entry;
import dev.writ.ledger.Answer;
import dev.writ.ledger.Command;
import dev.writ.ledger.Fork;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.Next;
import dev.writ.ledger.Pen;
import dev.writ.ledger.PenLimits;
import dev.writ.ledger.PenPorts;
import dev.writ.ledger.PenWatch;
import dev.writ.ledger.Published;
import dev.writ.ledger.SnapshotTaking;
import dev.writ.ledger.Written;
import dev.writ.state.Fold;
import dev.writ.state.State;
import dev.writ.state.StateLines;
import dev.writ.state.StateReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The canonical form of a state, and nodes that start from a snapshot instead of the first fact.
 */
class SnapshotTest {
  private final SimTime time = new SimTime();
  private final SimTime.Clock clock = time.clock();
  private final MemoryLedgerStore store = new MemoryLedgerStore(clock, time::nanos);
  private final MemorySnapshots snapshots = new MemorySnapshots();
  private final Chance chance = new Chance(5);
  private final Map<PenWatch.Event, Long> events = new EnumMap<>(PenWatch.Event.class);
  private final SimWorld world = SimWorld.of(3, chance);

  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103})
  void theFoldOfTheLogIsWhatIsReadBackFromItsLines(long seed) {
    Simulation simulation = new Simulation(SimPlan.of(seed, 3_000, seed == 103));
    simulation.run();
    Chance points = new Chance(seed);
    State state = State.empty();
    for (byte[] bytes : simulation.store().entries()) {
      state = Fold.apply(state, Entry.parse(bytes).orThrow());
      if (points.oneIn(20)) {
        same(state);
      }
    }
    same(state);
  }

  private static void same(State state) {
    State read = StateReader.parse(StateLines.of(state)).orThrow();
    assertThat(read).isEqualTo(state);
    assertThat(StateLines.hash(read)).isEqualTo(StateLines.hash(state));
  }

  @Test
  void everyLineIsCanonicalAndEveryFlippedByteIsNoticed() {
    Pen pen = start(new MemoryAcknowledged());
    write(pen, 60);
    State state = pen.published().state();
    List<byte[]> lines = lines(state);
    Chance flips = new Chance(9);
    for (int i = 0; i < lines.size(); i++) {
      byte[] line = lines.get(i);
      String text = new String(line, StandardCharsets.UTF_8).strip();
      Json json = Json.parse(text.getBytes(StandardCharsets.UTF_8), Json.Bounds.REQUEST).orThrow();
      assertThat(new String(json.canonical(), StandardCharsets.UTF_8)).isEqualTo(text);
      byte[] flipped = line.clone();
      flipped[flips.below(line.length - 1)] ^= (byte) (1 << flips.below(7));
      List<byte[]> spoilt = new ArrayList<>(lines);
      spoilt.set(i, flipped);
      Parsed<State> read = StateReader.parse(spoilt.iterator());
      read.found()
          .ifPresent(
              other -> assertThat(StateLines.hash(other)).isNotEqualTo(StateLines.hash(state)));
    }
  }

  @Test
  void aStateWithoutItsFirstLinesOrWithAStrangersLineIsRefused() {
    assertThat(StateReader.parse(List.<byte[]>of().iterator()).found()).isEmpty();
    List<byte[]> lines = lines(State.empty());
    assertThat(StateReader.parse(lines.subList(1, 2).iterator()).found()).isEmpty();
    lines.add("{\"kind\":\"unknown\"}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(StateReader.parse(lines.iterator()).problems()).isNotEmpty();
    lines.set(lines.size() - 1, lines.getFirst());
    assertThat(StateReader.parse(lines.iterator()).problems()).isNotEmpty();
  }

  @Test
  void aNodeStartsFromASnapshotThatAFactNamesAndReachesTheSameState() {
    MemoryAcknowledged file = new MemoryAcknowledged();
    Pen pen = start(file);
    write(pen, 300);
    take(pen);
    write(pen, 50);
    Published before = pen.published();
    Pen fresh = start(new MemoryAcknowledged());
    assertThat(events).containsEntry(PenWatch.Event.SNAPSHOT_LOADED, 1L);
    assertThat(events).doesNotContainKey(PenWatch.Event.SNAPSHOT_REFUSED);
    assertThat(fresh.published().state()).isEqualTo(before.state());
    assertThat(fresh.published().standing().root()).isEqualTo(before.standing().root());
    write(fresh, 20);
    assertThat(start(file).published().state()).isEqualTo(fresh.published().state());
  }

  @Test
  void aSnapshotThatNoFactNamesIsRefused() {
    Pen pen = start(new MemoryAcknowledged());
    write(pen, 100);
    SnapshotTaking taking = new SnapshotTaking(snapshots, pen.published().standing());
    while (!taking.step()) {
      time.pass(1);
    }
    write(pen, 10);
    Pen fresh = start(new MemoryAcknowledged());
    assertThat(events).containsEntry(PenWatch.Event.SNAPSHOT_REFUSED, 1L);
    assertThat(fresh.published().state()).isEqualTo(pen.published().state());
  }

  @Test
  void aSpoiltSnapshotIsRefusedAndAnOlderOneServes() {
    Pen pen = start(new MemoryAcknowledged());
    write(pen, 100);
    take(pen);
    write(pen, 100);
    take(pen);
    write(pen, 5);
    long newest = snapshots.sizes().getFirst();
    byte[] chunk = snapshots.chunk(newest, 0).orElseThrow();
    String spoilt = new String(chunk, StandardCharsets.UTF_8).replace("\"depth\":0", "\"depth\":1");
    assertThat(spoilt).isNotEqualTo(new String(chunk, StandardCharsets.UTF_8));
    snapshots.put(newest, 0, spoilt.getBytes(StandardCharsets.UTF_8));
    Pen fresh = start(new MemoryAcknowledged());
    assertThat(events)
        .containsEntry(PenWatch.Event.SNAPSHOT_REFUSED, 1L)
        .containsEntry(PenWatch.Event.SNAPSHOT_LOADED, 1L);
    assertThat(fresh.published().state()).isEqualTo(pen.published().state());
  }

  @Test
  void aSnapshotNewerThanWhatTheNodeAcknowledgedIsPassedOver() {
    MemoryAcknowledged late = new MemoryAcknowledged();
    Pen pen = start(late);
    write(pen, 50);
    MemoryAcknowledged other = new MemoryAcknowledged();
    Pen second = start(other);
    write(second, 50);
    take(second);
    write(second, 5);
    Pen again = start(late);
    assertThat(events).doesNotContainKey(PenWatch.Event.SNAPSHOT_LOADED);
    assertThat(again.published().state()).isEqualTo(second.published().state());
  }

  @Test
  void aTamperedEntryBehindASnapshotIsFoundAllTheSame() {
    Pen pen = start(new MemoryAcknowledged());
    write(pen, 100);
    take(pen);
    write(pen, 30);
    byte[] entry = store.entries().getLast().clone();
    entry[entry.length / 2] ^= 1;
    store.tamper(store.entries().size() - 1L, entry);
    Pen fresh = start(new MemoryAcknowledged());
    assertThat(fresh.fork().map(Fork::reason).orElseThrow())
        .isIn(Fork.Reason.BROKEN_ENTRY, Fork.Reason.OTHER_ROOT);
  }

  private static List<byte[]> lines(State state) {
    List<byte[]> lines = new ArrayList<>();
    Iterator<byte[]> each = StateLines.of(state);
    each.forEachRemaining(lines::add);
    return lines;
  }

  private void take(Pen pen) {
    SnapshotTaking taking = new SnapshotTaking(snapshots, pen.published().standing());
    while (!taking.step()) {
      time.pass(1);
    }
    Caught<Boolean> caught = new Caught<>();
    pen.submit(Command.of(taking.rule(new Actor.Node(NodeId.fresh(chance)))), caught);
    until(pen, () -> caught.written.isPresent());
    assertThat(caught.written.orElseThrow().reply()).isTrue();
  }

  private Pen start(MemoryAcknowledged file) {
    PenPorts ports =
        new PenPorts(
            store,
            new SimSeal(),
            (checkpoint, keys) -> new byte[0],
            file,
            snapshots,
            clock,
            time::nanos,
            chance,
            new Counting());
    Pen pen = new Pen(ports, NodeId.fresh(chance), PenLimits.standard().chunks(32));
    until(pen, () -> (pen.loaded() && !pen.settling()) || pen.fork().isPresent());
    if (store.entries().isEmpty()) {
      Caught<SimWork.Told> founded = new Caught<>();
      pen.submit(Command.of(world::founded), founded);
      until(pen, () -> founded.written.isPresent());
    }
    return pen;
  }

  private void write(Pen pen, int commands) {
    TaskWork work = new TaskWork(world);
    for (int i = 0; i < commands; i++) {
      Caught<SimWork.Told> caught = new Caught<>();
      pen.submit(work.next(chance, clock.instant()).command(), caught);
      until(pen, () -> caught.written.isPresent() || caught.fault.isPresent());
    }
  }

  private void until(Pen pen, java.util.function.BooleanSupplier done) {
    for (int i = 0; i < 10_000 && !done.getAsBoolean(); i++) {
      Next next = pen.step();
      time.pass(Duration.ofNanos(next instanceof Next.After(long nanos) ? nanos : 1_000));
    }
    assertThat(done.getAsBoolean()).isTrue();
  }

  private final class Counting implements PenWatch {
    @Override
    public void published(Published published) {}

    @Override
    public void happened(Event event, long count) {
      events.merge(event, 1L, Long::sum);
    }

    @Override
    public void forked(Fork fork) {}
  }

  private static final class Caught<R> implements Answer<R> {
    private Optional<Written<R>> written = Optional.empty();
    private Optional<LedgerFault> fault = Optional.empty();

    @Override
    public void written(Written<R> answer) {
      written = Optional.of(answer);
    }

    @Override
    public void failed(LedgerFault why) {
      fault = Optional.of(why);
    }
  }
}

package dev.writ.server.pen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.NodeId;
import dev.writ.fact.About;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Acknowledgement;
import dev.writ.ledger.Command;
import dev.writ.ledger.Fork;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.LedgerStore.StoreFault;
import dev.writ.ledger.PenLimits;
import dev.writ.ledger.PenPorts;
import dev.writ.ledger.PenWatch;
import dev.writ.ledger.Published;
import dev.writ.ledger.Ruling;
import dev.writ.ledger.Snapshots;
import dev.writ.ledger.Written;
import dev.writ.sim.Chance;
import dev.writ.sim.LogAuditor;
import dev.writ.sim.MemoryAcknowledged;
import dev.writ.sim.MemoryLedgerStore;
import dev.writ.sim.SimSeal;
import dev.writ.sim.SimWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pen under real threads. */
class PenDriverTest {
  private final MemoryLedgerStore store =
      new MemoryLedgerStore(InstantSource.system(), System::nanoTime);
  private final LogAuditor auditor = new LogAuditor(store);
  private final SimWorld world = SimWorld.of(2, new Chance(1));
  private final List<PenDriver> open = new ArrayList<>();

  private PenDriver node(int number, MemoryAcknowledged acknowledged) {
    PenPorts ports =
        new PenPorts(
            store,
            new SimSeal(),
            (checkpoint, keys) -> checkpoint.text().getBytes(StandardCharsets.UTF_8),
            acknowledged,
            Snapshots.none(),
            InstantSource.system(),
            System::nanoTime,
            new Chance(number),
            new Silent());
    PenDriver driver =
        PenDriver.start(ports, NodeId.fresh(new Chance(number)), PenLimits.standard());
    open.add(driver);
    return driver;
  }

  @AfterEach
  void close() {
    open.forEach(PenDriver::close);
    auditor.check();
  }

  @Test
  void manyCallersAreAllAnsweredAndAllRecorded() throws Exception {
    PenDriver pen = node(1, new MemoryAcknowledged());
    pen.write(world::founded);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Written<Long>>> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        answers.add(callers.submit(() -> pen.write(Command.of(PenDriverTest::note))));
      }
      for (Future<Written<Long>> answer : answers) {
        Written<Long> written = answer.get();
        assertThat(written.reply()).isEqualTo(written.first());
        assertThat(written.facts()).isEqualTo(1);
        assertThat(pen.publication().checkpoint().map(Acknowledgement::size).orElseThrow())
            .isGreaterThanOrEqualTo(written.size());
      }
    }
    assertThat(store.entries()).hasSize(503);
    assertThat(pen.published().size()).isEqualTo(503);
  }

  @Test
  void twoNodesTakeTurnsAndAConfirmedStateHoldsWhatTheOtherWrote() {
    PenDriver first = node(1, new MemoryAcknowledged());
    PenDriver second = node(2, new MemoryAcknowledged());
    first.write(world::founded);
    for (int i = 0; i < 20; i++) {
      Written<Long> written = first.write(Command.of(PenDriverTest::note));
      assertThat(second.confirmed().size()).isGreaterThanOrEqualTo(written.size());
      Written<Long> other = second.write(Command.of(PenDriverTest::note));
      assertThat(other.first()).isGreaterThan(written.first());
      assertThat(first.confirmed().size()).isGreaterThanOrEqualTo(other.size());
    }
  }

  @Test
  void aRuleThatThrowsHurtsOnlyItsCaller() {
    PenDriver pen = node(1, new MemoryAcknowledged());
    pen.write(world::founded);
    assertThatThrownBy(() ->
            pen.write((state, now) -> {
              throw new IllegalStateException("bug");
            }))
        .isInstanceOf(LedgerFault.Poisoned.class);
    assertThat(pen.write(PenDriverTest::note)).isEqualTo(3L);
  }

  @Test
  void aRuleThatDoesNotEndIsGivenUpAndThePenGoesOn() {
    PenDriver pen = node(1, new MemoryAcknowledged());
    pen.write(world::founded);
    AtomicBoolean end = new AtomicBoolean();
    try {
      assertThatThrownBy(() ->
              pen.write((state, now) -> {
                while (!end.get()) {
                  Thread.onSpinWait();
                }
                return note(state, now);
              }))
          .isInstanceOf(LedgerFault.Poisoned.class);
      assertThat(pen.write(PenDriverTest::note)).isEqualTo(3L);
    } finally {
      end.set(true);
    }
    assertThat(pen.write(PenDriverTest::note)).isEqualTo(4L);
  }

  @Test
  void anUnreachableStoreDecidesNothingAndItsReturnIsNoticed() throws Exception {
    PenDriver pen = node(1, new MemoryAcknowledged());
    pen.write(world::founded);
    Down down = new Down();
    store.faults(down);
    Command<Long> hasty =
        new Command<>(
            Command.Urgency.ORDINARY,
            Optional.empty(),
            Duration.ofMillis(100),
            PenDriverTest::note);
    assertThatThrownBy(() -> pen.write(hasty)).isInstanceOf(LedgerFault.Unavailable.class);
    assertThatThrownBy(pen::confirmed).isInstanceOf(LedgerFault.Unavailable.class);
    assertThat(down.tried.getCount()).isZero();
    store.faults(MemoryLedgerStore.Faults.none());
    assertThat(pen.write(PenDriverTest::note)).isEqualTo(3L);
    assertThat(pen.confirmed().size()).isEqualTo(4);
  }

  @Test
  void aDatabaseRestoredWhileTheNodeWasDownIsFoundAtTheStart() {
    MemoryAcknowledged file = new MemoryAcknowledged();
    PenDriver before = node(1, file);
    before.write(world::founded);
    before.write(PenDriverTest::note);
    before.close();
    store.goBackTo(1);
    PenDriver after = node(1, file);
    assertThatThrownBy(() -> after.write(PenDriverTest::note))
        .isInstanceOf(LedgerFault.Forked.class);
    assertThatThrownBy(after::confirmed).isInstanceOf(LedgerFault.Forked.class);
    assertThat(after.fork().map(Fork::reason)).hasValue(Fork.Reason.SHORTER);
    // Callers are told first; the proof is kept in a step of its own.
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (file.forks().isEmpty() && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    assertThat(file.forks()).isNotEmpty();
    assertThat(file.forks().getFirst().acknowledged().map(Acknowledgement::size)).hasValue(4L);
    assertThat(after.openEpoch("ledger.brightwater.example/2", SimWorld.FOUNDER)).isEqualTo(1);
    assertThat(after.write(PenDriverTest::note)).isEqualTo(4L);
    assertThat(after.published().log().origin()).isEqualTo("ledger.brightwater.example/2");
    assertThat(after.fork()).isEmpty();
  }

  @Test
  void atTheEndNobodyWaits() {
    PenDriver pen = node(1, new MemoryAcknowledged());
    pen.close();
    assertThatThrownBy(() -> pen.write(world::founded)).isInstanceOf(LedgerFault.class);
    assertThatThrownBy(pen::confirmed).isInstanceOf(LedgerFault.class);
  }

  private static Ruling<Long> note(dev.writ.state.State state, java.time.Instant now) {
    Fact note = new Fact.CommandRefused("note", "noted");
    return Ruling.of(List.of(FactDraft.of(SimWorld.FOUNDER, About.ledger(), note)), state.size());
  }

  private static final class Down implements MemoryLedgerStore.Faults {
    private final CountDownLatch tried = new CountDownLatch(1);

    @Override
    public void before(String call) {
      tried.countDown();
      throw new StoreFault("down", false, new IllegalStateException());
    }

    @Override
    public MemoryLedgerStore.CommitFate commit() {
      return MemoryLedgerStore.CommitFate.FAILS;
    }

    @Override
    public boolean refuses(dev.writ.ledger.LedgerStore.Batch batch) {
      return false;
    }
  }

  private static final class Silent implements PenWatch {
    @Override
    public void published(Published published) {}

    @Override
    public void happened(Event event, long count) {}

    @Override
    public void forked(Fork fork) {}
  }
}

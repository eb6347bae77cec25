package dev.writ.sim;

import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.NodeId;
import dev.writ.ledger.Acknowledged;
import dev.writ.ledger.Acknowledgement;
import dev.writ.ledger.Answer;
import dev.writ.ledger.Command;
import dev.writ.ledger.Fork;
import dev.writ.ledger.HeadSeal;
import dev.writ.ledger.Ledger;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.MonotonicClock;
import dev.writ.ledger.Next;
import dev.writ.ledger.Pen;
import dev.writ.ledger.PenLimits;
import dev.writ.ledger.PenPorts;
import dev.writ.ledger.PenWatch;
import dev.writ.ledger.Published;
import dev.writ.ledger.Snapshots;
import dev.writ.ledger.Written;
import dev.writ.state.State;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/**
 * The real pen over a store, driven by whoever calls: one node, one thread, no waiting. For tests
 * of operations, which need a ledger that does everything at once and always in the same order.
 */
public final class SoloLedger implements Ledger {
  private static final int MOST_STEPS = 100_000;

  private final Pen pen;

  /**
   * @param clock the node's clock; give the store the same
   */
  public SoloLedger(MemoryLedgerStore store, InstantSource clock, Entropy entropy) {
    this(store, clock, () -> 0, entropy);
  }

  /**
   * @param nanos by which the pen sees how long a rule takes
   */
  SoloLedger(MemoryLedgerStore store, InstantSource clock, MonotonicClock nanos, Entropy entropy) {
    PenPorts ports =
        new PenPorts(
            store,
            new Seal(),
            (checkpoint, keys) -> checkpoint.text().getBytes(StandardCharsets.UTF_8),
            new Remembered(),
            Snapshots.none(),
            clock,
            nanos,
            entropy,
            new Silent());
    this.pen = new Pen(ports, NodeId.fresh(entropy), PenLimits.standard());
  }

  @Override
  public <R> Written<R> write(Command<R> command) {
    Caught<R> caught = new Caught<>();
    pen.submit(command, caught);
    for (int i = 0; i < MOST_STEPS; i++) {
      if (caught.fault.isPresent()) {
        throw caught.fault.get();
      }
      if (caught.written.isPresent()) {
        return caught.written.get();
      }
      pen.step();
    }
    throw new LedgerFault.Unavailable("the store did not answer");
  }

  @Override
  public State published() {
    return pen.published().state();
  }

  @Override
  public State confirmed() {
    pen.followNow();
    for (int i = 0; i < MOST_STEPS; i++) {
      if (pen.step() instanceof Next.After && pen.loaded()) {
        return published();
      }
    }
    throw new LedgerFault.Unavailable("the store did not answer");
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

  private static final class Seal implements HeadSeal {
    private static final byte[] KEY = "solo".getBytes(StandardCharsets.UTF_8);

    @Override
    public byte[] seal(byte[] bytes) {
      return Digest.sha256(KEY, bytes).bytes();
    }

    @Override
    public boolean matches(byte[] bytes, byte[] seal) {
      return Arrays.equals(seal(bytes), seal);
    }
  }

  private static final class Remembered implements Acknowledged {
    private Optional<Acknowledgement> last = Optional.empty();

    @Override
    public Optional<Acknowledgement> load() {
      return last;
    }

    @Override
    public void save(Acknowledgement acknowledgement) {
      last = Optional.of(acknowledgement);
    }

    @Override
    public void keep(Fork fork) {
      throw new IllegalStateException(fork.toString());
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

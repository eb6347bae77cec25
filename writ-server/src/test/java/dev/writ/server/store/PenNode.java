package dev.writ.server.store;

import dev.writ.base.Digest;
import dev.writ.base.NodeId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.Acknowledged;
import dev.writ.ledger.Acknowledgement;
import dev.writ.ledger.Answer;
import dev.writ.ledger.Command;
import dev.writ.ledger.Fork;
import dev.writ.ledger.HeadSeal;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.LedgerStore;
import dev.writ.ledger.Next;
import dev.writ.ledger.Pen;
import dev.writ.ledger.PenLimits;
import dev.writ.ledger.PenPorts;
import dev.writ.ledger.PenWatch;
import dev.writ.ledger.Published;
import dev.writ.ledger.Rule;
import dev.writ.ledger.Ruling;
import dev.writ.ledger.Snapshots;
import dev.writ.ledger.Written;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A node's real pen on a real store, stepped by the test's own thread. */
final class PenNode {
  private static final long LONGEST_NANOS = Duration.ofSeconds(60).toNanos();
  private static final Actor NOOR = new Actor.Person("noor.haddad");

  final Pen pen;
  private final File file;

  /** What a node remembers outside the database; it outlives the node. */
  static final class File implements Acknowledged {
    private Optional<Acknowledgement> last = Optional.empty();
    private Optional<Fork> fork = Optional.empty();

    @Override
    public Optional<Acknowledgement> load() {
      return last;
    }

    @Override
    public void save(Acknowledgement acknowledgement) {
      last = Optional.of(acknowledgement);
    }

    @Override
    public void keep(Fork found) {
      fork = Optional.of(found);
    }

    Optional<Fork> fork() {
      return fork;
    }
  }

  /** How a command ended. */
  private static final class Heard<R> implements Answer<R> {
    private Optional<Written<R>> written = Optional.empty();
    private Optional<LedgerFault> failed = Optional.empty();

    @Override
    public void written(Written<R> answer) {
      written = Optional.of(answer);
    }

    @Override
    public void failed(LedgerFault fault) {
      failed = Optional.of(fault);
    }
  }

  /** Counts nothing. */
  private static final class Deaf implements PenWatch {
    @Override
    public void published(Published published) {}

    @Override
    public void happened(Event event, long count) {}

    @Override
    public void forked(Fork fork) {}
  }

  private static final class Seal implements HeadSeal {
    @Override
    public byte[] seal(byte[] bytes) {
      return Digest.sha256("the nodes' key".getBytes(StandardCharsets.UTF_8), bytes).bytes();
    }

    @Override
    public boolean matches(byte[] bytes, byte[] seal) {
      return Arrays.equals(seal(bytes), seal);
    }
  }

  PenNode(LedgerStore store, File file) {
    this.file = file;
    SecureRandom chance = new SecureRandom();
    PenPorts ports =
        new PenPorts(
            store,
            new Seal(),
            (checkpoint, keys) -> checkpoint.text().getBytes(StandardCharsets.UTF_8),
            file,
            Snapshots.none(),
            InstantSource.system(),
            System::nanoTime,
            chance::nextBytes,
            new Deaf());
    this.pen = new Pen(ports, NodeId.fresh(chance::nextBytes), PenLimits.standard());
  }

  File file() {
    return file;
  }

  /** Founds the ledger. */
  static Rule<String> founding() {
    return saying(
        new Fact.LedgerFounded(
            Fact.Mode.DEVELOPMENT,
            "https://writ.brightwater.example",
            "writ.brightwater.example/log",
            "noor.haddad",
            List.of()));
  }

  /** Writes one fact that says this. */
  static Rule<String> noting(String what) {
    return saying(new Fact.CommandRefused(what, "example"));
  }

  /** Writes so many facts at once. */
  static Rule<String> noting(int count) {
    return saying(Collections.nCopies(count, new Fact.CommandRefused("many", "example")));
  }

  private static Rule<String> saying(Fact fact) {
    return saying(List.of(fact));
  }

  private static Rule<String> saying(List<Fact> facts) {
    List<FactDraft> drafts =
        facts.stream().map(f -> FactDraft.of(NOOR, About.ledger(), f)).toList();
    return (state, now) -> Ruling.of(drafts, "at " + state.log().size());
  }

  /** Writes and waits for the answer; throws the fault it was answered with. */
  <R> Written<R> write(Rule<R> rule) {
    Heard<R> heard = new Heard<>();
    pen.submit(
        new Command<>(Command.Urgency.ORDINARY, Optional.empty(), Duration.ofMinutes(1), rule),
        heard);
    stepUntil(() -> heard.written.isPresent() || heard.failed.isPresent());
    heard.failed.ifPresent(fault -> {
      throw fault;
    });
    return heard.written.orElseThrow();
  }

  /** Steps until the pen has read the whole log or stopped. */
  void load() {
    stepUntil(() -> file.fork().isPresent() || (pen.loaded() && pen.published().size() > 0));
  }

  /** Steps until it stopped deciding, and says why. */
  Fork.Reason stop() {
    pen.followNow();
    stepUntil(() -> file.fork().isPresent());
    return file.fork().orElseThrow().reason();
  }

  private void stepUntil(BooleanSupplier done) {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the pen did not get there");
      }
      switch (pen.step()) {
        case Next.Now now -> {}
        case Next.After(long nanos) -> LockSupport.parkNanos(nanos);
      }
    }
  }
}

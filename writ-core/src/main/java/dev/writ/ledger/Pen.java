package dev.writ.ledger;

import dev.writ.base.NodeId;
import dev.writ.fact.Actor;
import dev.writ.ledger.Phase.Pending;
import dev.writ.ledger.Phase.Settlement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One node's pen: commands become facts in batches, durable before anybody is answered. A stepper
 * without threads, locks or a clock of its own: whoever drives it calls {@link #step} as told by
 * what it returns, from one thread at a time; each step makes at most one call to a port (besides
 * closing a turn), so that a scheduler can stop, crash or interleave nodes between any two.
 *
 * <p>A turn is: begin; lock the head; read and fold what others appended, from our own last entry
 * on; look at the clocks; run the queued rules and append; commit; sign the checkpoint; remember it
 * in the node's own file; publish; answer. An idle pen follows the head instead. A log that is not
 * a continuation of what this node acknowledged stops it ({@link Fork}) until an operator opens a
 * new epoch here or on another node.
 */
public final class Pen {
  private static final HexFormat HEX = HexFormat.of();
  private static final Next NOW = new Next.Now();

  private final PenPorts ports;
  private final NodeId node;
  private final PenLimits limits;
  private final Intake intake;
  private final Backoff backoff;
  private final HeadCheck heads;
  private final Standstill standstill = new Standstill();
  private final Vouching vouching;
  private final Beginning beginning;
  private Phase phase = new Phase.Start();
  private Standing standing = Standing.empty();
  private Optional<Head> head = Optional.empty();
  private Optional<Pending> lost = Optional.empty();
  private boolean loaded;
  private long followAt;

  public Pen(PenPorts ports, NodeId node, PenLimits limits) {
    this.ports = ports;
    this.node = node;
    this.limits = limits;
    this.intake = new Intake(ports, limits);
    this.backoff = new Backoff(ports.nanos(), limits);
    this.heads = new HeadCheck(ports.seal());
    this.vouching = new Vouching(ports);
    this.beginning = new Beginning(ports, vouching);
    this.followAt = ports.nanos().nanos();
  }

  /** A pen that goes on from what an earlier one published, instead of the first entry. */
  public static Pen resuming(PenPorts ports, NodeId node, PenLimits limits, Published published) {
    Pen pen = new Pen(ports, node, limits);
    pen.vouching.resume(published);
    pen.standing = published.standing();
    pen.beginning.resume(published);
    return pen;
  }

  /** What this node vouches for. */
  public Published published() {
    return vouching.published();
  }

  /** Why the node stopped deciding, when it did. */
  public Optional<Fork> fork() {
    return standstill.fork();
  }

  /** Whether the log has been read up to a head since the start. */
  public boolean loaded() {
    return loaded;
  }

  /** Whether facts are durable whose callers are not answered yet. */
  public boolean settling() {
    return phase instanceof Phase.Signing || phase instanceof Phase.Saving;
  }

  /** Commands waiting to be taken into a batch. */
  public int queued() {
    return intake.size();
  }

  /** Queues a command. When there is no place for it, it is answered at once. */
  public <R> void submit(Command<R> command, Answer<R> answer) {
    if (standstill.isOn()) {
      answer.failed(new LedgerFault.Forked(fork().orElseThrow().toString()));
    } else {
      intake.submit(command, answer);
    }
  }

  /** The next follow is due now: something may have been written elsewhere. */
  public void followNow() {
    followAt = ports.nanos().nanos();
  }

  /**
   * An operator's order to a node that stopped at a fork: take the stored log as it is, and open a
   * new epoch on it under a new origin. What was acknowledged beyond it is lost and said to be
   * lost; old tasks and tokens are dead. The reply is the new epoch's number.
   */
  public void openEpoch(String origin, Actor by, Answer<Long> answer) {
    if (standstill.order(new EpochOpening(origin, by, vouching.acknowledged(), answer))) {
      followNow();
    } else {
      answer.failed(
          new LedgerFault.Poisoned(
              "no new epoch is needed", new IllegalStateException("the node has not stopped")));
    }
  }

  /** One step. Any exception out of it is a bug or a broken platform: the pen must not go on. */
  public Next step() {
    long now = ports.nanos().nanos();
    if (intake.sweep(backoff.trouble())) {
      lost = lost.map(pending -> pending.withoutImpatient(now));
    }
    if (backoff.left() > 0) {
      return new Next.After(backoff.left());
    }
    try {
      return switch (phase) {
        case Phase.Start start -> start();
        case Phase.Resting resting -> rest(now);
        case Phase.Reading(CatchUp catchUp) -> readOn(catchUp);
        case Phase.Locking(LedgerStore.Turn turn) -> lock(turn);
        case Phase.CatchingUp(LedgerStore.Turn turn, CatchUp catchUp) -> catchUp(turn, catchUp);
        case Phase.Timing(LedgerStore.Turn turn) -> time(turn);
        case Phase.Appending(LedgerStore.Turn turn, Instant at) -> append(turn, at);
        case Phase.Committing committing -> commit(committing);
        case Phase.Signing(Settlement settlement) -> sign(settlement);
        case Phase.Saving(Settlement settlement, Acknowledgement note) -> save(settlement, note);
        case Phase.Keeping(Fork found) -> keep(found);
      };
    } catch (LedgerStore.StoreFault fault) {
      return faulted(String.valueOf(fault.getMessage()));
    } catch (Standing.Broken broken) {
      return stop(broken);
    }
  }

  // --- Outside a turn ---

  private Next start() {
    return beginning.step() ? resting() : NOW;
  }

  private Next rest(long now) {
    boolean work = lost.isPresent() || !intake.isEmpty();
    if (loaded && standstill.writes(work) && work) {
      return to(new Phase.Locking(ports.store().begin()));
    }
    if (now - followAt >= 0) {
      return follow(now);
    }
    return new Next.After(followAt - now);
  }

  private Next follow(long now) {
    Optional<Head.Sealed> found = ports.store().head();
    followAt = now + limits.followEvery().toNanos();
    if (standstill.isOn()) {
      if (standstill.worthReading(found, heads, vouching.acknowledged())) {
        read(Standing.empty(), found.orElseThrow(), CatchUp.Goal.none());
      } else {
        ports.watch().happened(PenWatch.Event.STUCK, 1);
      }
      return NOW;
    }
    Optional<Acknowledgement> must = loaded ? Optional.empty() : vouching.acknowledged();
    Optional<Fork> bad = heads.check(found, standing, must);
    if (bad.isPresent()) {
      return stop(bad.get());
    }
    backoff.recovered();
    if (found.isEmpty()) {
      loaded = true;
      return NOW;
    }
    if (found.get().head().size() == standing.size()) {
      head = Optional.of(found.get().head());
      loaded = true;
      return publishIfNew();
    }
    if (loaded) {
      read(standing, found.get(), CatchUp.Goal.none());
    } else {
      load(found.get(), must);
    }
    return NOW;
  }

  private void load(Head.Sealed found, Optional<Acknowledgement> must) {
    Standing from = beginning.claim().map(SnapshotLoading.Claim::standing).orElse(standing);
    if (from.size() > found.head().size()) {
      throw new Standing.Broken(Fork.Reason.SHORTER, "the snapshot is beyond the head");
    }
    read(
        from,
        found,
        new CatchUp.Goal(
            must, Optional.empty(), beginning.claim().map(SnapshotLoading.Claim::taken)));
  }

  private void read(Standing from, Head.Sealed target, CatchUp.Goal goal) {
    phase = new Phase.Reading(new CatchUp(from, target, limits.chunk(), goal));
  }

  private Next readOn(CatchUp catchUp) {
    if (!catchUp.step(ports.store()::read)) {
      return NOW;
    }
    backoff.recovered();
    if (!loaded && beginning.claim().isPresent()) {
      ports.watch().happened(PenWatch.Event.SNAPSHOT_LOADED, 1);
    }
    if (standstill.isOn()) {
      return tookOver(catchUp);
    }
    caughtUp(catchUp);
    return lost.isPresent() ? judgeLost(catchUp) : publishIfNew();
  }

  /** The stored log may be the one to go on from: by an operator's order, here or elsewhere. */
  private Next tookOver(CatchUp catchUp) {
    if (standstill.opening().isPresent()) {
      caughtUp(catchUp);
      intake.putBack(List.of(standstill.ready().queued(ports.nanos().nanos())));
      return resting();
    }
    if (vouching.precedes(catchUp.standing().state().log())) {
      caughtUp(catchUp);
      return publishIfNew();
    }
    standstill.reject(catchUp.target().head());
    return resting();
  }

  private void caughtUp(CatchUp catchUp) {
    long folded = catchUp.standing().size() - standing.size();
    standing = catchUp.standing();
    head = Optional.of(catchUp.target().head());
    loaded = true;
    ports.watch().followed(catchUp.target().head().holder(), Math.max(0, folded));
  }

  private Next publishIfNew() {
    return settle(new Settlement(List.of(), standing.size()));
  }

  private Next resting() {
    return to(new Phase.Resting());
  }

  private Next to(Phase next) {
    phase = next;
    return NOW;
  }

  // --- A turn ---

  private Next lock(LedgerStore.Turn turn) {
    return switch (turn.lock()) {
      case LedgerStore.Lock.Waiting waiting -> {
        ports.watch().happened(PenWatch.Event.WAITED, 1);
        yield NOW;
      }
      case LedgerStore.Lock.Held(Optional<Head.Sealed> found) -> held(turn, found);
    };
  }

  private Next held(LedgerStore.Turn turn, Optional<Head.Sealed> found) {
    Optional<Fork> bad = heads.check(found, standing, Optional.empty());
    if (bad.isPresent()) {
      return stop(bad.get());
    }
    if (lost.filter(pending -> pending.isLastOf(found)).isPresent()) {
      // The lock waited for the lost transaction, so the head says what became of it.
      Phase.end(turn);
      ports.watch().happened(PenWatch.Event.UNKNOWN_WAS_LAST, 1);
      return committed(lost.orElseThrow());
    }
    long behind = found.map(f -> f.head().size()).orElse(0L) - standing.size();
    if (behind == 0) {
      notCommitted();
      return to(new Phase.Timing(turn));
    }
    CatchUp.Goal goal = CatchUp.Goal.of(lost.map(Pending::first));
    CatchUp catchUp = new CatchUp(standing, found.orElseThrow(), limits.chunk(), goal);
    if (behind > limits.chunk()) {
      // Too far behind to make everybody wait: catch up without the lock, then come back.
      Phase.end(turn);
      phase = new Phase.Reading(catchUp);
    } else {
      phase = new Phase.CatchingUp(turn, catchUp);
    }
    return NOW;
  }

  private Next catchUp(LedgerStore.Turn turn, CatchUp catchUp) {
    if (!catchUp.step(turn::read)) {
      return NOW;
    }
    caughtUp(catchUp);
    if (lost.isPresent() && catchUp.found()) {
      Phase.end(turn);
      return judgeLost(catchUp);
    }
    notCommitted();
    return to(new Phase.Timing(turn));
  }

  /** Others have written since: our entries are among theirs, or their place is taken. */
  private Next judgeLost(CatchUp catchUp) {
    if (catchUp.found()) {
      ports.watch().happened(PenWatch.Event.UNKNOWN_WAS_BURIED, 1);
      Pending pending = lost.orElseThrow();
      lost = Optional.empty();
      return settle(new Settlement(pending.outcome().replies(), pending.size()));
    }
    notCommitted();
    return publishIfNew();
  }

  private void notCommitted() {
    lost.ifPresent(pending -> {
      ports.watch().happened(PenWatch.Event.UNKNOWN_WAS_LOST, 1);
      intake.putBack(pending.outcome().ran());
    });
    lost = Optional.empty();
  }

  private Next time(LedgerStore.Turn turn) {
    Instant last = head.map(Head::at).orElse(Instant.MIN);
    switch (ClockCheck.of(turn.clock(), ports.clock().instant(), last, limits)) {
      case ClockCheck.Now(Instant at) -> phase = new Phase.Appending(turn, at);
      case ClockCheck.Refused(String what) -> {
        ports.watch().happened(PenWatch.Event.CLOCK_REFUSED, 1);
        Phase.end(turn);
        phase = new Phase.Resting();
        return delay(what);
      }
    }
    return NOW;
  }

  private Next append(LedgerStore.Turn turn, Instant now) {
    RuleRun.Outcome outcome = new RuleRun(ports, limits, standing, now).run(intake.next());
    intake.putBack(outcome.left());
    if (outcome.entries().isEmpty()) {
      Phase.end(turn);
      ports.watch().happened(PenWatch.Event.ANSWERED, outcome.replies().size());
      return settle(new Settlement(outcome.replies(), standing.size()));
    }
    Pending pending = new Pending(outcome, head(outcome.after(), now));
    LedgerStore.Batch batch =
        new LedgerStore.Batch(
            standing.size(),
            outcome.entries(),
            outcome.leaves(),
            outcome.tiles(),
            outcome.attachments(),
            pending.head());
    try {
      turn.append(batch);
    } catch (LedgerStore.StoreFault fault) {
      if (fault.refused()) {
        Phase.end(turn);
        intake.split(outcome.ran(), fault);
        return resting();
      }
      intake.putBack(outcome.ran());
      throw fault;
    }
    return to(new Phase.Committing(turn, pending));
  }

  private Head.Sealed head(Standing after, Instant now) {
    Head next =
        new Head(
            after.state().log().origin(),
            after.size(),
            after.root(),
            after.edge().frontier().peaks(),
            now,
            HEX.formatHex(ports.entropy().bytes(16)),
            node);
    return new Head.Sealed(next, ports.seal().seal(next.canonical()));
  }

  private Next commit(Phase.Committing committing) {
    Pending pending = committing.pending();
    return switch (committing.commit()) {
      case COMMITTED -> committed(pending);
      case FAILED -> {
        ports.watch().happened(PenWatch.Event.COMMIT_FAILED, 1);
        intake.putBack(pending.outcome().ran());
        phase = new Phase.Resting();
        yield delay("the commit failed");
      }
      case UNKNOWN -> {
        ports.watch().happened(PenWatch.Event.COMMIT_UNKNOWN, 1);
        lost = Optional.of(pending);
        phase = new Phase.Resting();
        yield NOW;
      }
    };
  }

  // --- After a turn ---

  private Next committed(Pending pending) {
    lost = Optional.empty();
    standing = pending.outcome().after();
    head = Optional.of(pending.head().head());
    backoff.recovered();
    ports.watch().happened(PenWatch.Event.COMMITTED, pending.outcome().entries().size());
    return settle(new Settlement(pending.outcome().replies(), standing.size()));
  }

  /** Callers are answered under a checkpoint that covers what they are told. */
  private Next settle(Settlement settlement) {
    if (standstill.isOn() && !vouching.precedes(standing.state().log())) {
      // An order to open an epoch that wrote nothing: what was acknowledged stays so.
      settlement.answer();
      return resting();
    }
    if (standing.size() == 0 || vouching.covers(standing)) {
      settlement.answer();
      return resting();
    }
    return to(new Phase.Signing(settlement));
  }

  private Next sign(Settlement settlement) {
    return to(new Phase.Saving(settlement, vouching.sign(head.orElseThrow(), standing)));
  }

  private Next save(Settlement settlement, Acknowledgement acknowledgement) {
    vouching.save(acknowledgement, head.orElseThrow(), standing);
    if (standstill.isOn()) {
      ports.watch().happened(PenWatch.Event.EPOCH_OPENED, 1);
      standstill.end();
    }
    backoff.recovered();
    settlement.answer();
    return resting();
  }

  // --- What goes wrong ---

  private Next stop(Standing.Broken broken) {
    if (!loaded && beginning.claim().isPresent()) {
      // Not the log is wrong but the snapshot: take an older one.
      beginning.refuse();
      return to(new Phase.Start());
    }
    String detail = String.valueOf(broken.getMessage());
    return stop(new Fork(broken.reason(), detail, Optional.empty(), phase.target()));
  }

  private Next stop(Fork found) {
    Fork proof = new Fork(found.reason(), found.detail(), vouching.acknowledged(), found.found());
    phase.close();
    standstill.begin(proof);
    List<Queued<?>> waiting = intake.drain();
    lost.ifPresent(pending -> waiting.addAll(pending.outcome().ran()));
    lost = Optional.empty();
    waiting.forEach(q -> q.answer().failed(new LedgerFault.Forked(proof.toString())));
    ports.watch().forked(proof);
    return to(new Phase.Keeping(proof));
  }

  private Next keep(Fork found) {
    vouching.keep(found);
    return resting();
  }

  private Next faulted(String what) {
    phase.close();
    if (phase instanceof Phase.Turned) {
      // A turn begins again; everything else goes on where it was.
      phase = new Phase.Resting();
    }
    return delay(what);
  }

  private Next delay(String what) {
    ports.watch().failed(what);
    return backoff.failed(what);
  }
}

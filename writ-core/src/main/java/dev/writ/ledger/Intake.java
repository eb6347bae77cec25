package dev.writ.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Commands between their submission and the batch that runs them, and what becomes of the late. */
final class Intake {
  /** How often commands past their patience are looked for: 50 ms. */
  private static final long SWEEP_EVERY = 50_000_000L;

  private final PenPorts ports;
  private final PenLimits limits;
  private final PenQueue queue;

  /** Parts of a batch the store refused, to be run one after the other. */
  private final ArrayDeque<List<Queued<?>>> parts = new ArrayDeque<>();

  private long sweepAt;

  Intake(PenPorts ports, PenLimits limits) {
    this.ports = ports;
    this.limits = limits;
    this.queue = new PenQueue(limits);
    this.sweepAt = ports.nanos().nanos();
  }

  boolean isEmpty() {
    return queue.isEmpty() && parts.isEmpty();
  }

  int size() {
    return queue.size() + parts.stream().mapToInt(List::size).sum();
  }

  <R> void submit(Command<R> command, Answer<R> answer) {
    long deadline = ports.nanos().nanos() + command.patience().toNanos();
    if (!queue.offer(new Queued<>(command, answer, deadline))) {
      answer.failed(new LedgerFault.Busy("the queue is full"));
    }
  }

  List<Queued<?>> next() {
    return parts.isEmpty() ? queue.take(limits.batchCommands()) : parts.removeFirst();
  }

  void putBack(List<Queued<?>> commands) {
    queue.putBack(commands);
  }

  /** The store refuses these very data: halve until the one that it refuses stands alone. */
  void split(List<Queued<?>> ran, LedgerStore.StoreFault fault) {
    if (ran.size() == 1) {
      ports.watch().happened(PenWatch.Event.POISONED, 1);
      ran.getFirst().answer().failed(new LedgerFault.Poisoned("the store refused it", fault));
      return;
    }
    ports.watch().happened(PenWatch.Event.SPLIT, ran.size());
    int half = ran.size() / 2;
    parts.addFirst(List.copyOf(ran.subList(half, ran.size())));
    parts.addFirst(List.copyOf(ran.subList(0, half)));
  }

  /** Everybody who waits; nobody does after this. */
  List<Queued<?>> drain() {
    List<Queued<?>> waiting = new ArrayList<>(queue.take(Integer.MAX_VALUE));
    parts.forEach(waiting::addAll);
    parts.clear();
    return waiting;
  }

  /** Whether it is time to look for commands past their patience; then drops them. */
  boolean sweep(Optional<String> trouble) {
    long now = ports.nanos().nanos();
    if (now - sweepAt < 0) {
      return false;
    }
    sweepAt = now + SWEEP_EVERY;
    List<Queued<?>> gone = queue.expired(now);
    for (Queued<?> queued : gone) {
      queued
          .answer()
          .failed(
              trouble.isPresent()
                  ? new LedgerFault.Unavailable(trouble.get())
                  : new LedgerFault.Busy("the command waited past its patience"));
    }
    if (!gone.isEmpty()) {
      ports.watch().happened(PenWatch.Event.DROPPED, gone.size());
    }
    return true;
  }
}

package dev.writ.ledger;

import dev.writ.audit.TreeEdge;
import dev.writ.base.Digest;
import dev.writ.fact.Entry;
import dev.writ.fact.FactDraft;
import dev.writ.state.Fold;
import dev.writ.state.Limits;
import dev.writ.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One batch of rules run in order, each on the state its predecessor left, all with one {@code
 * now}. A rule that throws, takes longer than its budget, writes what is no fact or leaves a map
 * beyond its limit is dropped alone: the state is immutable, so nothing of it remains.
 */
final class RuleRun {
  private final PenPorts ports;
  private final PenLimits limits;
  private final Standing base;
  private final Instant now;
  private final List<byte[]> entries = new ArrayList<>();
  private final List<Digest> leaves = new ArrayList<>();
  private final List<Attachment> attachments = new ArrayList<>();
  private final List<Reply<?>> replies = new ArrayList<>();
  private final List<Queued<?>> ran = new ArrayList<>();
  private final List<Queued<?>> left = new ArrayList<>();
  private final Map<String, Integer> lanes = new HashMap<>();
  private State state;
  private long bytes;

  RuleRun(PenPorts ports, PenLimits limits, Standing base, Instant now) {
    this.ports = ports;
    this.limits = limits;
    this.base = base;
    this.now = now;
    this.state = base.state();
  }

  /**
   * An answer that waits for its batch; {@code first} and {@code facts} say where its facts are.
   */
  record Reply<R>(Answer<R> answer, R reply, long first, int facts) {
    void give(long size) {
      answer.written(new Written<>(reply, first, facts, size));
    }
  }

  /**
   * What a batch came to.
   *
   * @param ran the commands in the order in which they ran, to run again when nothing was written;
   *     one reply each
   * @param left commands that did not fit
   * @param after where the log stands with this batch
   */
  record Outcome(
      List<Queued<?>> ran,
      List<Queued<?>> left,
      List<Reply<?>> replies,
      List<byte[]> entries,
      List<Digest> leaves,
      List<LedgerStore.FullTile> tiles,
      List<Attachment> attachments,
      Standing after) {
    /** The same batch with fewer who wait for it. */
    Outcome waitedFor(List<Queued<?>> stay, List<Reply<?>> waiting) {
      return new Outcome(stay, left, waiting, entries, leaves, tiles, attachments, after);
    }
  }

  Outcome run(List<Queued<?>> commands) {
    for (Queued<?> queued : commands) {
      if (queued.expired(ports.nanos().nanos())) {
        ports.watch().happened(PenWatch.Event.DROPPED, 1);
        queued.answer().failed(new LedgerFault.Busy("the command waited past its patience"));
      } else if (full() || lanes.getOrDefault(queued.lane(), 0) >= limits.laneFacts()) {
        left.add(queued);
      } else {
        one(queued);
      }
    }
    if (entries.isEmpty()) {
      return outcome(base, List.of());
    }
    TreeEdge.Growth growth = base.edge().append(leaves);
    Standing after = new Standing(state, growth.edge(), Optional.of(leaves.getLast()));
    return outcome(after, growth.full().stream().map(RuleRun::tile).toList());
  }

  private Outcome outcome(Standing after, List<LedgerStore.FullTile> tiles) {
    return new Outcome(ran, left, replies, entries, leaves, tiles, attachments, after);
  }

  private static LedgerStore.FullTile tile(dev.writ.audit.Tile tile) {
    return new LedgerStore.FullTile(tile.path().level(), tile.path().index(), tile.bytes());
  }

  private boolean full() {
    return entries.size() >= limits.batchFacts() || bytes >= limits.batchBytes();
  }

  private <R> void one(Queued<R> queued) {
    // A rule that is slow for the first time may have met a cold or crowded machine: rules are
    // pure, so it is run once more before it is called slow.
    if (!ran(queued, false)) {
      ran(queued, true);
    }
  }

  /** Whether that settled it; always so at the last try. */
  private <R> boolean ran(Queued<R> queued, boolean last) {
    State before = state;
    int kept = entries.size();
    long keptBytes = bytes;
    ports.watch().running(queued.command().rule());
    long started = ports.nanos().nanos();
    try {
      Ruling<R> ruling = queued.command().rule().run(state, now);
      for (FactDraft draft : ruling.facts()) {
        append(draft);
      }
      Limits.check(before, state);
      for (Attachment attachment : ruling.attachments()) {
        bytes += length(attachment);
      }
      if (ports.nanos().nanos() - started > limits.ruleBudget().toNanos()) {
        if (!last) {
          rollBack(before, kept, keptBytes);
          return false;
        }
        throw new IllegalStateException("the rule ran longer than " + limits.ruleBudget());
      }
      attachments.addAll(ruling.attachments());
      int facts = ruling.facts().size();
      ran.add(queued);
      replies.add(new Reply<>(queued.answer(), ruling.reply(), before.size(), facts));
      if (facts > 0 && !queued.urgent()) {
        lanes.merge(queued.lane(), facts, Integer::sum);
      }
    } catch (Limits.Reached full) {
      rollBack(before, kept, keptBytes);
      queued.answer().failed(new LedgerFault.Busy(String.valueOf(full.getMessage())));
    } catch (RuntimeException | StackOverflowError | AssertionError bad) {
      rollBack(before, kept, keptBytes);
      ports.watch().happened(PenWatch.Event.POISONED, 1);
      queued.answer().failed(new LedgerFault.Poisoned("the rule was dropped: " + bad, bad));
    }
    return true;
  }

  private void append(FactDraft draft) {
    Fold.Appended appended = Fold.append(state, now, draft);
    Entry entry = appended.entry();
    state = appended.state();
    draft.about().task().flatMap(state::task).ifPresent(Limits::check);
    if (state.log().origin().isEmpty()) {
      throw new IllegalStateException("the first fact of a ledger founds it");
    }
    entries.add(entry.bytes());
    leaves.add(entry.leaf());
    bytes += entry.bytes().length;
  }

  private void rollBack(State before, int kept, long keptBytes) {
    state = before;
    entries.subList(kept, entries.size()).clear();
    leaves.subList(kept, leaves.size()).clear();
    bytes = keptBytes;
  }

  private static long length(Attachment attachment) {
    long length =
        switch (attachment) {
          case Attachment.Blob blob -> blob.bytes().length;
          case Attachment.Payload payload -> payload.sealed().length + payload.wrappedKey().length;
          case Attachment.WorkflowKey key -> key.wrapped().length;
        };
    if (length > Attachment.LONGEST) {
      throw new IllegalArgumentException("an attachment of " + length + " bytes");
    }
    return length;
  }
}

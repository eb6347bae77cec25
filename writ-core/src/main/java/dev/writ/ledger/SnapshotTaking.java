package dev.writ.ledger;

import dev.writ.base.Digest;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.state.StateLines;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Takes a snapshot of a published standing: a stepper that stores one chunk a step, then has a rule
 * whose fact names what was stored. A snapshot without that fact is worth nothing to anybody.
 */
public final class SnapshotTaking {
  private static final int CHUNK = 1 << 20;

  private final Snapshots snapshots;
  private final Standing standing;
  private final Iterator<byte[]> lines;
  private final MessageDigest stateHash = Digest.sha256();
  private final MessageDigest blobHash = Digest.sha256();
  private Optional<byte[]> next;
  private int index;
  private Optional<Fact.SnapshotTaken> taken = Optional.empty();

  public SnapshotTaking(Snapshots snapshots, Standing standing) {
    this.snapshots = snapshots;
    this.standing = standing;
    this.lines = StateLines.of(standing.state());
    this.next = Optional.of(SnapshotLines.first(standing));
  }

  /**
   * Stores the next chunk; whether that was the last one. Throws {@link LedgerStore.StoreFault}.
   */
  public boolean step() {
    if (taken.isPresent()) {
      return true;
    }
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK + (CHUNK >> 4));
    while (next.isPresent() && chunk.size() < CHUNK) {
      chunk.writeBytes(next.get());
      next = line();
    }
    byte[] bytes = chunk.toByteArray();
    snapshots.put(standing.size(), index, bytes);
    blobHash.update(bytes);
    index++;
    if (next.isEmpty()) {
      taken =
          Optional.of(
              new Fact.SnapshotTaken(
                  standing.size(), Digest.of(stateHash.digest()), Digest.of(blobHash.digest())));
    }
    return taken.isPresent();
  }

  private Optional<byte[]> line() {
    if (!lines.hasNext()) {
      return Optional.empty();
    }
    byte[] line = lines.next();
    stateHash.update(line);
    return Optional.of(line);
  }

  /** What the fact says, once every chunk is stored. */
  public Optional<Fact.SnapshotTaken> taken() {
    return taken;
  }

  /**
   * The rule that records it; replies whether it did. It says no when an operator opened another
   * epoch meanwhile, since the snapshot's entries may not be the log's.
   */
  public Rule<Boolean> rule(Actor by) {
    Fact.SnapshotTaken fact =
        taken.orElseThrow(() -> new IllegalStateException("not every chunk is stored"));
    long epoch = standing.state().log().epoch();
    return (state, now) ->
        state.log().epoch() == epoch && state.size() >= fact.size()
            ? Ruling.of(List.of(FactDraft.of(by, About.ledger(), fact)), true)
            : Ruling.say(false);
  }
}

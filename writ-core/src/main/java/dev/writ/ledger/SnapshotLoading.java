package dev.writ.ledger;

import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.fact.Fact;
import dev.writ.state.StateReader;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads one snapshot, a chunk a step. What comes out is a claim: it may be believed only when a
 * fact under the sealed head names these very bytes.
 */
final class SnapshotLoading {
  /** Most chunks: some four gigabytes. */
  private static final int MOST_CHUNKS = 4_096;

  private final Snapshots snapshots;
  private final long size;
  private final StateReader reader = new StateReader();
  private final MessageDigest stateHash = Digest.sha256();
  private final MessageDigest blobHash = Digest.sha256();
  private Optional<Parsed<SnapshotLines.First>> first = Optional.empty();
  private int index;

  /**
   * A standing that somebody says is the log's.
   *
   * @param taken the fact that must be in the log for it to be true
   */
  record Claim(Standing standing, Fact.SnapshotTaken taken) {}

  SnapshotLoading(Snapshots snapshots, long size) {
    this.snapshots = snapshots;
    this.size = size;
  }

  /** Reads the next chunk; the outcome when that was the last one. */
  Optional<Parsed<Claim>> step() {
    Optional<byte[]> chunk = snapshots.chunk(size, index);
    if (chunk.isEmpty()) {
      return Optional.of(end());
    }
    if (++index > MOST_CHUNKS || chunk.get().length > Snapshots.LONGEST_CHUNK) {
      return Optional.of(Parsed.refused("", "the snapshot is too large", "use another one"));
    }
    lines(chunk.get());
    return Optional.empty();
  }

  private void lines(byte[] chunk) {
    blobHash.update(chunk);
    int start = 0;
    for (int i = 0; i < chunk.length; i++) {
      if (chunk[i] == '\n') {
        line(Arrays.copyOfRange(chunk, start, i + 1));
        start = i + 1;
      }
    }
    if (start < chunk.length) {
      line(Arrays.copyOfRange(chunk, start, chunk.length));
    }
  }

  private void line(byte[] line) {
    if (first.isEmpty()) {
      first = Optional.of(SnapshotLines.parse(line));
    } else {
      stateHash.update(line);
      reader.line(line);
    }
  }

  private Parsed<Claim> end() {
    if (first.isEmpty()) {
      return Parsed.refused("", "the snapshot is empty", "use another one");
    }
    Fact.SnapshotTaken taken =
        new Fact.SnapshotTaken(size, Digest.of(stateHash.digest()), Digest.of(blobHash.digest()));
    return first
        .get()
        .then(line -> reader.end().then(line::with))
        .then(standing ->
            standing.size() == size
                ? Parsed.ok(new Claim(standing, taken))
                : Parsed.refused("", "the snapshot is of another size", "use another one"));
  }
}

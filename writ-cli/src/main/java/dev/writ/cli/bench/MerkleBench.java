package dev.writ.cli.bench;

import dev.writ.audit.Ed25519Key;
import dev.writ.audit.Frontier;
import dev.writ.audit.Merkle;
import dev.writ.audit.TreeEdge;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * What the evidence costs, on one thread: hashing leaves of 400 bytes, one root a batch of 1,024,
 * with and without tiles, and the platform's own Ed25519. The bare limit is the SHA-256 alone.
 */
public final class MerkleBench {
  private static final int LEAF_BYTES = 400;
  private static final int BATCH = 1024;
  private static final int WARM_UP = 300;
  private static final int BATCHES = 600;
  private static final int SIGNATURES = 2_000;

  private MerkleBench() {}

  /** Runs for a few seconds and answers rates a second. */
  public static Json run() {
    List<byte[]> entries = entries();
    double hashes = perSecond(WARM_UP, BATCHES, BATCH, () -> bareHashes(entries));
    Growing frontier = new Growing(entries, false);
    double roots = perSecond(WARM_UP, BATCHES, BATCH, frontier::batch);
    Growing edge = new Growing(entries, true);
    double tiles = perSecond(WARM_UP, BATCHES, BATCH, edge::batch);
    Ed25519Key key = Ed25519Key.fromSeed(new byte[Ed25519Key.SEED]);
    byte[] message = entries.getFirst();
    byte[] signature = key.sign(message);
    byte[] publicKey = key.publicKey();
    double signs = perSecond(SIGNATURES / 4, SIGNATURES, 1, () -> key.sign(message));
    double checks =
        perSecond(
            SIGNATURES / 4, SIGNATURES, 1, () -> Ed25519Key.verify(publicKey, message, signature));
    return Json.object()
        .put("bench", "merkle")
        .put("leafBytes", LEAF_BYTES)
        .put("batch", BATCH)
        .put("leafAndNodeHashesBarePerSecond", Math.round(hashes))
        .put("leavesWithRootPerSecond", Math.round(roots))
        .put("leavesWithRootAndTilesPerSecond", Math.round(tiles))
        .put("ratioToBare", new Json.Real(Math.round(tiles / hashes * 100) / 100.0))
        .put("ed25519SignPlatformPerSecond", Math.round(signs))
        .put("ed25519VerifyPlatformPerSecond", Math.round(checks))
        .build();
  }

  private static List<byte[]> entries() {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      entries.add(ByteBuffer.allocate(LEAF_BYTES).putInt(i).array());
    }
    return entries;
  }

  /** One leaf hash and one node hash an entry: what no tree can do without. */
  private static Digest bareHashes(List<byte[]> entries) {
    MessageDigest sha256 = Digest.sha256();
    byte[] node = new byte[1 + 2 * Digest.LENGTH];
    for (byte[] entry : entries) {
      sha256.update((byte) 0);
      sha256.update(entry);
      System.arraycopy(sha256.digest(), 0, node, 1, Digest.LENGTH);
      sha256.update(node);
      System.arraycopy(sha256.digest(), 0, node, 1 + Digest.LENGTH, Digest.LENGTH);
    }
    return Digest.sha256(node);
  }

  /** A tree that grows by one batch at each call. */
  private static final class Growing {
    private final List<byte[]> entries;
    private final boolean tiled;
    private Frontier frontier = Frontier.EMPTY;
    private TreeEdge edge = TreeEdge.EMPTY;

    Growing(List<byte[]> entries, boolean tiled) {
      this.entries = entries;
      this.tiled = tiled;
    }

    Digest batch() {
      List<Digest> leaves = new ArrayList<>(BATCH);
      for (byte[] entry : entries) {
        leaves.add(Merkle.leafHash(entry));
      }
      if (tiled) {
        edge = edge.append(leaves).edge();
        return edge.root();
      }
      frontier = frontier.append(leaves);
      return frontier.root();
    }
  }

  /** Work whose result must not be thrown away by the compiler. */
  @FunctionalInterface
  private interface Work {
    Object once();
  }

  private static double perSecond(int warmUp, int rounds, int items, Work work) {
    int sink = 0;
    for (int i = 0; i < warmUp; i++) {
      sink += work.once().hashCode();
    }
    long start = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      sink += work.once().hashCode();
    }
    long nanos = System.nanoTime() - start;
    // Reading the sum keeps the work alive.
    return (double) rounds * items * 1e9 / nanos + (sink == 42 ? 1e-9 : 0);
  }
}

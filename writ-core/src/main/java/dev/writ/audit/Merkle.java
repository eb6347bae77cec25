package dev.writ.audit;

import dev.writ.base.Digest;
import java.util.List;

/** The hashes of a Merkle tree over log entries (RFC 6962, 2.1), always SHA-256. */
public final class Merkle {
  /** The root of the tree without entries: the SHA-256 of nothing. */
  public static final Digest EMPTY_ROOT = Digest.sha256(new byte[0]);

  private Merkle() {}

  /** The leaf hash of one entry: SHA-256 over 0x00 and the entry's bytes. */
  public static Digest leafHash(byte[] entry) {
    return new TreeHasher().leaf(entry);
  }

  /** The hash of an inner node: SHA-256 over 0x01, left and right. */
  public static Digest nodeHash(Digest left, Digest right) {
    return new TreeHasher().node(left, right);
  }

  /** The Merkle tree hash over these leaf hashes (or roots of equally large full subtrees). */
  public static Digest root(List<Digest> leaves) {
    return Frontier.EMPTY.append(leaves).root();
  }
}

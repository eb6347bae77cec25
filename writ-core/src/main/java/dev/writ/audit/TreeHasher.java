package dev.writ.audit;

import dev.writ.base.Digest;
import java.security.MessageDigest;

/** One reusable SHA-256 computation for the leaves and nodes of a tree; not for two threads. */
final class TreeHasher {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest sha256 = Digest.sha256();

  Digest leaf(byte[] entry) {
    return leaf(entry, 0, entry.length);
  }

  Digest leaf(byte[] bytes, int offset, int length) {
    sha256.update(LEAF);
    sha256.update(bytes, offset, length);
    return Digest.of(sha256.digest());
  }

  Digest node(Digest left, Digest right) {
    sha256.update(NODE);
    sha256.update(left.bytes());
    sha256.update(right.bytes());
    return Digest.of(sha256.digest());
  }
}

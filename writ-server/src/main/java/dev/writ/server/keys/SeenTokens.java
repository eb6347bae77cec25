package dev.writ.server.keys;

import dev.writ.base.Digest;
import dev.writ.token.VerifiedToken;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens found good lately, by digest, in two generations: when the younger is full it becomes the
 * older and the older goes. Threads may share one.
 */
final class SeenTokens {
  /** Most tokens of one generation. */
  static final int MOST = 16_384;

  private volatile Map<Digest, VerifiedToken> young = new ConcurrentHashMap<>();
  private volatile Map<Digest, VerifiedToken> old = Map.of();

  Optional<VerifiedToken> find(Digest digest) {
    VerifiedToken token = young.get(digest);
    if (token == null) {
      token = old.get(digest);
      if (token != null) {
        keep(digest, token);
      }
    }
    return Optional.ofNullable(token);
  }

  void keep(Digest digest, VerifiedToken token) {
    if (young.size() >= MOST) {
      grow();
    }
    young.put(digest, token);
  }

  private synchronized void grow() {
    if (young.size() >= MOST) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
  }
}

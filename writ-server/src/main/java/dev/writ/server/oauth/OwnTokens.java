package dev.writ.server.oauth;

import dev.writ.base.Json;
import dev.writ.server.keys.Keys;
import dev.writ.server.keys.TokenChecked;
import dev.writ.server.keys.TokenVerifier;
import java.time.InstantSource;

/** Checks tokens of our own, with exactly the keys that are published at that moment. */
final class OwnTokens {
  private final Keys keys;
  private final TokenVerifier verifier;
  private volatile Json.Obj trusted;

  OwnTokens(String issuer, Keys keys, InstantSource time) {
    this.keys = keys;
    this.verifier = new TokenVerifier(issuer, keys.signatures(), time);
    this.trusted = keys.jwks();
    verifier.trust(trusted).orThrow();
  }

  TokenChecked check(String compact) {
    learn();
    return verifier.verify(compact);
  }

  /** The set is the same object while it is the same, so that asking costs nothing. */
  @SuppressWarnings("ReferenceEquality")
  private void learn() {
    if (keys.jwks() != trusted) {
      synchronized (this) {
        Json.Obj now = keys.jwks();
        verifier.trust(now).orThrow();
        trusted = now;
      }
    }
  }
}

package dev.writ.server.oauth;

import dev.writ.base.Json;
import dev.writ.server.keys.Keys;
import dev.writ.server.keys.TokenChecked;
import dev.writ.server.keys.TokenVerifier;
import java.time.InstantSource;

/** Checks tokens of our own; learns a rotated key when a token names one it does not know. */
final class OwnTokens {
  private final Keys keys;
  private final TokenVerifier verifier;
  private Json.Obj trusted;

  OwnTokens(String issuer, Keys keys, InstantSource time) {
    this.keys = keys;
    this.verifier = new TokenVerifier(issuer, keys.signatures(), time);
    this.trusted = keys.jwks();
    verifier.trust(trusted).orThrow();
  }

  TokenChecked check(String compact) {
    TokenChecked checked = verifier.verify(compact);
    boolean unknown =
        checked instanceof TokenChecked.Bad(TokenChecked.Why why)
            && why == TokenChecked.Why.UNKNOWN_KEY;
    return unknown && learn() ? verifier.verify(compact) : checked;
  }

  private synchronized boolean learn() {
    Json.Obj now = keys.jwks();
    if (now.equals(trusted)) {
      return false;
    }
    verifier.trust(now).orThrow();
    trusted = now;
    return true;
  }
}

package dev.writ.server.keys;

import dev.writ.token.VerifiedToken;

/** What checking a token against public keys gave. */
public sealed interface TokenChecked {
  /** Signature, type, issuer, audience and times are right; whether it is live, the state knows. */
  record Good(VerifiedToken token) implements TokenChecked {}

  /** The token is refused. */
  record Bad(Why why) implements TokenChecked {}

  /** Every way in which a token can be wrong. */
  enum Why {
    OVERSIZE("the token is longer than 8,192 characters"),
    MALFORMED("the token is not a signed JWT in compact form"),
    WRONG_ALGORITHM("the token is not signed with ES256"),
    WRONG_TYPE("the token's `typ` is not `at+jwt`"),
    UNKNOWN_KEY("the token names a key that is not published"),
    BAD_SIGNATURE("the token's signature is not right"),
    BAD_CLAIMS("the token lacks a claim that every task token has, or has it in another form"),
    WRONG_ISSUER("the token is from another issuer"),
    WRONG_AUDIENCE("the token is for another audience"),
    EXPIRED("the token has expired"),
    NOT_YET_VALID("the token is not valid yet");

    private final String message;

    Why(String message) {
      this.message = message;
    }

    /** A sentence for the person who is stuck; it quotes nothing of the token. */
    public String message() {
      return message;
    }

    /** The stable name: {@code token-expired}. */
    public String problem() {
      return "token-" + dev.writ.fact.Names.of(this);
    }
  }
}

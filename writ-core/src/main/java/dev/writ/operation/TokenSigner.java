package dev.writ.operation;

import dev.writ.token.SignedToken;
import dev.writ.token.TokenDraft;

/** Signs tokens with Writ's token key. Called only after the token's fact is durable. */
@FunctionalInterface
public interface TokenSigner {
  /** The same draft always gives the same claims; the signature may differ. */
  SignedToken sign(TokenDraft draft);
}

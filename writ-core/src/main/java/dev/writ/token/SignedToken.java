package dev.writ.token;

/**
 * A token that was signed after its fact became durable.
 *
 * @param compact the JWS in compact form; a credential: never logged, never stored
 */
public record SignedToken(TokenDraft draft, String compact) {
  @Override
  public String toString() {
    return "SignedToken[" + draft.id() + "]";
  }
}

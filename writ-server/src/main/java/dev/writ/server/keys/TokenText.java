package dev.writ.server.keys;

import dev.writ.base.Json;
import dev.writ.token.Scope;
import dev.writ.token.SignedToken;
import dev.writ.token.TokenDraft;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a task token looks like: a JWT access token (RFC 9068) with {@code authorization_details}
 * (RFC 9396), the {@code act} chain (RFC 8693) and {@code cnf}. Written straight to text: a library
 * halves the rate.
 */
public final class TokenText {
  /** The longest token that is read, in characters: what a header can carry everywhere. */
  public static final int LONGEST = 8 * 1024;

  /** Most bytes of the claims; above, the permissions are replaced by their digest. */
  static final int MOST_CLAIMS = 5_600;

  /** The media type in the header (RFC 9068, section 2.1). */
  static final String TYPE = "at+jwt";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private TokenText() {}

  static SignedToken sign(
      String issuer, TokenDraft draft, String keyId, UnaryOperator<byte[]> es256) {
    if (Duration.between(draft.issued(), draft.until()).compareTo(TokenDraft.LONGEST_LIFE) > 0) {
      throw new IllegalArgumentException("a token lives at most " + TokenDraft.LONGEST_LIFE);
    }
    String header = "{\"alg\":\"ES256\",\"kid\":\"" + keyId + "\",\"typ\":\"" + TYPE + "\"}";
    String input =
        BASE64.encodeToString(header.getBytes(StandardCharsets.US_ASCII))
            + "."
            + BASE64.encodeToString(claims(issuer, draft));
    byte[] signature = es256.apply(input.getBytes(StandardCharsets.US_ASCII));
    return new SignedToken(draft, input + "." + BASE64.encodeToString(signature));
  }

  /**
   * The claims' bytes. A scope too long for a header goes as {@code permissions_sha256}, the digest
   * of the canonical {@code permissions}; the token's response and its introspection spell it out.
   */
  static byte[] claims(String issuer, TokenDraft draft) {
    byte[] whole = claims(issuer, draft, details(draft)).canonical();
    if (whole.length <= MOST_CLAIMS) {
      return whole;
    }
    Json.Builder brief = task(draft).put("permissions_sha256", draft.scope().toJson().digest());
    return claims(issuer, draft, Json.array(List.of(brief.build()))).canonical();
  }

  /** Times in whole seconds, the end rounded down. */
  private static Json.Obj claims(String issuer, TokenDraft draft, Json.Arr details) {
    Json.Builder claims =
        Json.object()
            .put("iss", issuer)
            .put("sub", draft.subject())
            .put("aud", draft.audience())
            .put("client_id", draft.client())
            .put("iat", draft.issued().getEpochSecond())
            .put("exp", draft.until().getEpochSecond())
            .put("jti", draft.id().value())
            .put("txn", draft.task().value())
            .put("authorization_details", details);
    actors(draft.actors()).ifPresent(act -> claims.put("act", act));
    draft.thumbprint().ifPresent(jkt -> claims.put("cnf", Json.object().put("jkt", jkt).build()));
    return claims.build();
  }

  /** The {@code authorization_details} of a token, its response and its introspection. */
  public static Json.Arr details(TokenDraft draft) {
    return Json.array(List.of(task(draft).put("permissions", draft.scope().toJson()).build()));
  }

  private static Json.Builder task(TokenDraft draft) {
    return Json.object()
        .put("type", Scope.DETAILS_TYPE)
        .put("writ", draft.writ().value())
        .put("task", draft.task().value())
        .put("requester", draft.requester());
  }

  /** The {@code act} chain: the current actor outermost; empty when nobody delegated. */
  public static Optional<Json.Obj> actors(List<String> currentFirst) {
    Optional<Json.Obj> chain = Optional.empty();
    for (String actor : currentFirst.reversed()) {
      Json.Builder act = Json.object().put("sub", actor);
      chain.ifPresent(prior -> act.put("act", prior));
      chain = Optional.of(act.build());
    }
    return chain;
  }
}

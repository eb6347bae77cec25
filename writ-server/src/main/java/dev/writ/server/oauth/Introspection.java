package dev.writ.server.oauth;

import dev.writ.base.Json;
import dev.writ.server.http.Answer;
import dev.writ.server.keys.TokenText;
import dev.writ.token.TokenDraft;

/** Introspection's answers (RFC 7662, section 2.2). */
final class Introspection {
  private Introspection() {}

  static Answer inactive() {
    return Answer.json(200, Json.object().put("active", false).build());
  }

  /**
   * A live token's members, for those whom it names: its subject, its holder and everybody in
   * between. For anybody else it is as if there were none.
   */
  static Answer answer(String issuer, String asking, TokenDraft token) {
    boolean named =
        token.subject().equals(asking)
            || token.client().equals(asking)
            || token.actors().contains(asking);
    if (!named) {
      return inactive();
    }
    Json.Builder json =
        Json.object()
            .put("active", true)
            .put("iss", issuer)
            .put("sub", token.subject())
            .put("aud", token.audience())
            .put("client_id", token.client())
            .put("token_type", "Bearer")
            .put("exp", token.until().getEpochSecond())
            .put("jti", token.id().value())
            .put("txn", token.task().value())
            .put("authorization_details", TokenText.details(token));
    TokenText.actors(token.actors()).ifPresent(act -> json.put("act", act));
    token.thumbprint().ifPresent(jkt -> json.put("cnf", Json.object().put("jkt", jkt).build()));
    return Answer.json(200, json.build());
  }
}

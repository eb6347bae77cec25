package dev.writ.server.oauth;

import dev.writ.base.Json;
import dev.writ.base.Problem;
import dev.writ.ledger.Ledger;
import dev.writ.operation.EnrolKey;
import dev.writ.operation.ExchangeToken;
import dev.writ.operation.IntrospectToken;
import dev.writ.operation.OpenTask;
import dev.writ.operation.RenewToken;
import dev.writ.operation.RevokeToken;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.Door;
import dev.writ.server.http.Form;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.OauthDialect;
import dev.writ.server.http.OauthDialect.Code;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import dev.writ.server.http.StrangerLog;
import dev.writ.server.keys.Keys;
import dev.writ.server.keys.TokenChecked;
import dev.writ.state.State;
import dev.writ.token.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The authorization server for workloads: metadata (RFC 8414), keys, tokens (RFC 6749, 8693, 9396),
 * introspection (RFC 7662), revocation (RFC 7009), and enrolment of keys. People sign in elsewhere.
 */
public final class OauthDoor implements Door {
  static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  static final String CLIENT_CREDENTIALS = "client_credentials";
  private static final String FRESH_ENOUGH = "public, max-age=300";
  private static final Set<String> REPEATABLE = Set.of("resource", "audience");

  private final String issuer;
  private final Parts parts;
  private final Operations operations;
  private final ClientAssertions clients;
  private final UsedAssertions used = new UsedAssertions();
  private final OwnTokens tokens;
  private final TokenRequests requests;
  private final Enrolment enrolment;

  /** What the endpoints call. */
  public record Operations(
      OpenTask open,
      RenewToken renew,
      ExchangeToken exchange,
      IntrospectToken introspect,
      RevokeToken revoke,
      EnrolKey enrol) {}

  /** What the endpoints stand on. */
  public record Parts(Keys keys, Ledger ledger, StrangerLog strangers, InstantSource time) {}

  /**
   * @param issuer the configured public URL; every endpoint's URL starts with it
   */
  public OauthDoor(String issuer, Parts parts, Operations operations) {
    this.issuer = issuer;
    this.parts = parts;
    this.operations = operations;
    PublicKeys publicKeys = new PublicKeys(parts.keys().signatures());
    this.clients = new ClientAssertions(issuer, publicKeys);
    this.tokens = new OwnTokens(issuer, parts.keys(), parts.time());
    this.requests = new TokenRequests(operations, tokens, parts.time());
    this.enrolment = new Enrolment(issuer, operations.enrol(), publicKeys, parts);
  }

  @Override
  public String name() {
    return "oauth";
  }

  @Override
  public Dialect dialect() {
    return Dialect.OAUTH;
  }

  @Override
  public void open(Routes routes) {
    routes
        .get(
            "/.well-known/oauth-authorization-server",
            asked -> Answer.json(200, metadata()).with("Cache-Control", FRESH_ENOUGH))
        .get(
            "/jwks",
            asked ->
                Answer.bytes(200, "application/jwk-set+json", parts.keys().jwks().canonical())
                    .with("Cache-Control", FRESH_ENOUGH))
        .post("/oauth/token", this::token)
        .post("/oauth/introspect", this::introspect)
        .post("/oauth/revoke", this::revoke)
        .post("/oauth/enrol", enrolment::answer);
  }

  private Json.Obj metadata() {
    Json.Arr methods = Json.strings(List.of("private_key_jwt"));
    Json.Arr algorithms = Json.strings(PublicKeys.ALGORITHMS);
    return Json.object()
        .put("issuer", issuer)
        .put("token_endpoint", issuer + "/oauth/token")
        .put("jwks_uri", issuer + "/jwks")
        .put("introspection_endpoint", issuer + "/oauth/introspect")
        .put("revocation_endpoint", issuer + "/oauth/revoke")
        .put("grant_types_supported", Json.strings(List.of(CLIENT_CREDENTIALS, EXCHANGE)))
        .put("response_types_supported", Json.strings(List.of()))
        .put("authorization_details_types_supported", Json.strings(List.of(Scope.DETAILS_TYPE)))
        .put("token_endpoint_auth_methods_supported", methods)
        .put("token_endpoint_auth_signing_alg_values_supported", algorithms)
        .put("introspection_endpoint_auth_methods_supported", methods)
        .put("introspection_endpoint_auth_signing_alg_values_supported", algorithms)
        .put("revocation_endpoint_auth_methods_supported", methods)
        .put("revocation_endpoint_auth_signing_alg_values_supported", algorithms)
        .build();
  }

  /** A client that proved who it is, and what it sent. */
  record Caller(ClientCheck.Known client, Form form, State state, Instant now) {}

  /** The form and the client; an answer when the client is not known. */
  private Answer known(Asked asked, java.util.function.Function<Caller, Answer> next) {
    Form form = asked.form();
    List<Problem> repeated = form.repeated(REPEATABLE);
    if (!repeated.isEmpty()) {
      throw new Refused(new HttpRefusal.Malformed(repeated));
    }
    if (!asked.headers("Authorization").isEmpty()) {
      return unknown(ClientCheck.Why.METHOD);
    }
    // Whether a key still lives is asked of a state that is current: it may have ended elsewhere.
    State state = parts.ledger().confirmed();
    Instant now = parts.time().instant();
    return switch (clients.check(form, state, now)) {
      case ClientCheck.Unknown(ClientCheck.Why why) -> unknown(why);
      case ClientCheck.Known client -> next.apply(new Caller(client, form, state, now));
    };
  }

  private Answer unknown(ClientCheck.Why why) {
    parts.strangers().refused(name(), why.problem());
    Answer answer = OauthDialect.error(Code.INVALID_CLIENT, why.problem(), why.message());
    return answer.with("WWW-Authenticate", "PrivateKeyJwt");
  }

  private Answer token(Asked asked) {
    // A repeat is the ledger's to answer, with the first answer.
    return known(asked, requests::answer);
  }

  private Answer introspect(Asked asked) {
    return known(
        asked,
        caller -> {
          if (!used.first(caller.client(), caller.state(), caller.now())) {
            return unknown(ClientCheck.Why.REPLAYED);
          }
          Optional<String> compact = caller.form().one("token");
          if (compact.isEmpty()) {
            return missing("token");
          }
          if (!(tokens.check(compact.get()) instanceof TokenChecked.Good(var token))) {
            return Introspection.inactive();
          }
          return switch (operations.introspect().run(new IntrospectToken.Request(token))) {
            case IntrospectToken.Reply.Active(var draft) ->
                Introspection.answer(issuer, caller.client().workload(), draft);
            case IntrospectToken.Reply.Inactive i -> Introspection.inactive();
          };
        });
  }

  private Answer revoke(Asked asked) {
    return known(
        asked,
        caller -> {
          if (!used.first(caller.client(), caller.state(), caller.now())) {
            return unknown(ClientCheck.Why.REPLAYED);
          }
          Optional<String> compact = caller.form().one("token");
          if (compact.isEmpty()) {
            return missing("token");
          }
          // What is no token of ours cannot be honoured anyway (RFC 7009, section 2.2).
          if (!(tokens.check(compact.get()) instanceof TokenChecked.Good(var token))) {
            return Answer.empty(200);
          }
          var request = new RevokeToken.Request(caller.client().workload(), token);
          return switch (operations.revoke().run(request)) {
            case RevokeToken.Reply.Revoked r -> Answer.empty(200);
            case RevokeToken.Reply.Refused(var refusal) -> OauthDialect.answer(refusal);
          };
        });
  }

  static Answer missing(String parameter) {
    return OauthDialect.error(
        Code.INVALID_REQUEST, "malformed", "the parameter " + parameter + " is missing");
  }
}

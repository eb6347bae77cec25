package dev.writ.server.oauth;

import static dev.writ.server.oauth.OauthWorld.MATCHER;
import static dev.writ.server.oauth.OauthWorld.OUTSIDER;
import static dev.writ.server.oauth.OauthWorld.SUMMARISER;
import static dev.writ.server.oauth.OauthWorld.details;
import static dev.writ.server.oauth.OauthWorld.error;
import static dev.writ.server.oauth.OauthWorld.json;
import static dev.writ.server.oauth.OauthWorld.permission;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.server.api.ApiDoor;
import dev.writ.server.http.Listening;
import dev.writ.server.http.RoutesSeen;
import dev.writ.server.keys.Ledgers;
import dev.writ.state.Government;
import dev.writ.token.Scope;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens from the first request to the last revocation, over a real socket. */
class OauthDoorTest {
  private static final URI PUBLIC = URI.create("https://writ.example");
  @TempDir Path folder;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private OauthWorld world;
  private ECKey matcher;
  private ECKey summariser;

  @BeforeEach
  void enrol() {
    world = new OauthWorld(folder, () -> now, Listening.loopback(0, PUBLIC));
    matcher = world.enrol(MATCHER);
    summariser = world.enrol(SUMMARISER);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private HttpResponse<String> open(String details) {
    Map<String, String> form = world.by(MATCHER, matcher);
    form.put("grant_type", "client_credentials");
    form.put("authorization_details", details);
    return world.post("/oauth/token", form);
  }

  private String opened() {
    return token(open(world.opening()));
  }

  private static String token(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response).text("access_token").orElseThrow();
  }

  private HttpResponse<String> exchange(String subject, String details) {
    Map<String, String> form = world.by(SUMMARISER, summariser);
    form.put("grant_type", OauthDoor.EXCHANGE);
    form.put("subject_token", subject);
    form.put("subject_token_type", OauthDoor.ACCESS_TOKEN);
    if (!details.isEmpty()) {
      form.put("authorization_details", details);
    }
    return world.post("/oauth/token", form);
  }

  private Json.Obj introspect(String token) {
    Map<String, String> form = world.by(MATCHER, matcher);
    form.put("token", token);
    return json(world.post("/oauth/introspect", form));
  }

  private HttpResponse<String> revoke(String token) {
    Map<String, String> form = world.by(MATCHER, matcher);
    form.put("token", token);
    return world.post("/oauth/revoke", form);
  }

  private static String wish(String... actions) {
    return details(
        Json.object().put("permissions", new Scope(List.of(permission(actions))).toJson()));
  }

  @Test
  void metadataSaysWhereEverythingIs() throws Exception {
    HttpResponse<String> response = world.get("/.well-known/oauth-authorization-server");
    var metadata = AuthorizationServerMetadata.parse(response.body());
    assertThat(metadata.getIssuer().getValue()).isEqualTo("https://writ.example");
    assertThat(metadata.getTokenEndpointURI()).hasToString("https://writ.example/oauth/token");
    assertThat(metadata.getJWKSetURI()).hasToString("https://writ.example/jwks");
    assertThat(metadata.getTokenEndpointJWSAlgs()).hasSize(3);
    assertThat(response.headers().firstValue("Cache-Control")).contains("public, max-age=300");
    assertThat(world.get("/jwks").body()).contains("\"kty\":\"EC\"").doesNotContain("\"d\"");
  }

  @Test
  void aTaskIsOpenedNarrowedIntrospectedAndRevoked() {
    HttpResponse<String> response =
        open(
            details(
                Json.object()
                    .put("writ", world.writ.value())
                    .put("requester", OauthWorld.REQUESTER)));
    String first = token(response);
    assertThat(json(response).text("token_type")).contains("Bearer");
    assertThat(json(response).integer("expires_in")).contains(300L);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    Json.Obj active = introspect(first);
    assertThat(active.get("active")).contains(Json.of(true));
    assertThat(active.text("sub")).contains(MATCHER);
    assertThat(active.text("aud")).contains(world.gateway);
    assertThat(active.get("authorization_details"))
        .isEqualTo(json(response).get("authorization_details"));

    HttpResponse<String> narrowed = exchange(first, wish("read"));
    String child = token(narrowed);
    assertThat(json(narrowed).text("issued_token_type")).contains(OauthDoor.ACCESS_TOKEN);
    Json.Obj delegated = introspect(child);
    assertThat(delegated.text("client_id")).contains(SUMMARISER);
    assertThat(delegated.text("sub")).contains(MATCHER);
    assertThat(delegated.object("act").orElseThrow().text("sub")).contains(SUMMARISER);
    assertThat(narrowed.body()).contains("\"read\"").doesNotContain("\"pay\"");

    assertThat(revoke(child).statusCode()).isEqualTo(200);
    assertThat(introspect(child)).isEqualTo(Json.object().put("active", false).build());
    assertThat(introspect(first).get("active")).contains(Json.of(true));

    String second = token(exchange(first, ""));
    assertThat(revoke(first).statusCode()).isEqualTo(200);
    assertThat(introspect(first).get("active")).contains(Json.of(false));
    assertThat(introspect(second).get("active")).contains(Json.of(false));
    assertThat(world.ledger.facts().getLast()).isInstanceOf(Fact.TaskSettled.class);
    assertThat(revoke(first).statusCode()).isEqualTo(200);
  }

  @Test
  void nothingWidens() {
    String first = token(open(wishFor("read")));
    assertThat(error(exchange(first, wish("pay"))))
        .isEqualTo("400 invalid_authorization_details wider");
    assertThat(error(open(wishFor("delete")))).isEqualTo("400 invalid_authorization_details wider");
    String child = token(exchange(first, wish("read")));
    // The spec allows one exchange in a chain.
    assertThat(error(exchange(child, ""))).isEqualTo("400 access_denied too-deep");
    assertThat(world.ledger.facts()).contains(new Fact.CommandRefused("ExchangeToken", "wider"));
  }

  private String wishFor(String action) {
    return details(
        Json.object()
            .put("writ", world.writ.value())
            .put("permissions", new Scope(List.of(permission(action))).toJson()));
  }

  @Test
  void theSameRequestAgainGetsTheSameTokenAndAnotherIsRefused() {
    Map<String, String> form = world.by(MATCHER, matcher);
    form.put("grant_type", "client_credentials");
    form.put("authorization_details", world.opening());
    HttpResponse<String> first = world.post("/oauth/token", form);
    HttpResponse<String> again = world.post("/oauth/token", form);
    assertThat(introspect(token(again)).text("jti"))
        .isEqualTo(introspect(token(first)).text("jti"));
    form.put("authorization_details", wishFor("read"));
    assertThat(error(world.post("/oauth/token", form))).isEqualTo("401 invalid_client key-reused");
    form.put("token", token(first));
    assertThat(error(world.post("/oauth/introspect", form)))
        .isEqualTo("401 invalid_client client-assertion-replayed");
  }

  @Test
  void aQuestionsAssertionIsGoodOnce() {
    String first = opened();
    Map<String, String> form = world.by(MATCHER, matcher);
    form.put("token", first);
    assertThat(world.post("/oauth/introspect", form).statusCode()).isEqualTo(200);
    for (String path : List.of("/oauth/introspect", "/oauth/revoke")) {
      assertThat(error(world.post(path, form)))
          .isEqualTo("401 invalid_client client-assertion-replayed");
    }
    assertThat(introspect(first).get("active")).contains(Json.of(true));
  }

  @Test
  void whoIsNotNamedLearnsAndEndsNothing() {
    String first = opened();
    Map<String, String> form = world.by(SUMMARISER, summariser);
    form.put("token", first);
    assertThat(world.post("/oauth/introspect", form).body()).isEqualTo("{\"active\":false}");
    Map<String, String> ending = world.by(SUMMARISER, summariser);
    ending.put("token", first);
    assertThat(error(world.post("/oauth/revoke", ending)))
        .isEqualTo("400 unauthorized_client not-owner");
    assertThat(introspect(first).get("active")).contains(Json.of(true));
  }

  @Test
  void wrongTokenRequestsGetTheStandardsErrors() {
    String first = opened();
    String[][] table = {
      {"grant_type", "", "400 invalid_request malformed"},
      {"grant_type", "password", "400 unsupported_grant_type grant-type-unsupported"},
      {"scope", "all", "400 invalid_scope scope-unsupported"},
      {"resource", "https://other.example", "400 invalid_target audience-unknown"},
      {"resource", "relative", "400 invalid_target audience-unknown"},
      {"resource", world.gateway + "#x", "400 invalid_target audience-unknown"},
      {"audience", "other", "400 invalid_target audience-unknown"},
      {
        "authorization_details",
        "",
        "400 invalid_authorization_details authorization-details-malformed"
      },
      {
        "authorization_details",
        "[]",
        "400 invalid_authorization_details authorization-details-malformed"
      },
      {
        "authorization_details",
        "{",
        "400 invalid_authorization_details authorization-details-malformed"
      },
      {
        "authorization_details",
        "[{\"type\":\"other\"}]",
        "400 invalid_authorization_details authorization-details-malformed"
      },
      {
        "authorization_details",
        details(Json.object().put("writ", "wrt_x")),
        "400 invalid_authorization_details authorization-details-malformed"
      },
      {
        "authorization_details",
        details(Json.object().put("writ", world.writ.value()).put("locations", "x")),
        "400 invalid_authorization_details authorization-details-malformed"
      },
      {
        "authorization_details",
        details(Json.object().put("writ", world.writ.value()).put("requester", "mallory")),
        "400 invalid_authorization_details authorization-details-malformed"
      },
      {
        "authorization_details",
        details(Json.object().put("writ", "wrt_00000000000000000000000000")),
        "400 invalid_grant writ-not-in-force"
      },
    };
    for (String[] row : table) {
      Map<String, String> form = world.by(MATCHER, matcher);
      form.put("grant_type", "client_credentials");
      form.put("authorization_details", world.opening());
      form.put(row[0], row[1]);
      assertThat(error(world.post("/oauth/token", form)))
          .as(row[0] + "=" + row[1])
          .isEqualTo(row[2]);
    }
    Map<String, String> delegate = world.by(SUMMARISER, summariser);
    delegate.put("grant_type", "client_credentials");
    delegate.put("authorization_details", world.opening());
    assertThat(error(world.post("/oauth/token", delegate)))
        .isEqualTo("400 unauthorized_client workload-not-named");
    String[][] exchanges = {
      {"subject_token", "", "400 invalid_request malformed"},
      {"subject_token", "junk", "400 invalid_request token-malformed"},
      {
        "subject_token",
        first.substring(0, first.lastIndexOf('.')) + ".AAAA",
        "400 invalid_request token-bad-signature"
      },
      {"subject_token", "x".repeat(8_193), "400 invalid_request token-oversize"},
      {
        "subject_token_type",
        "urn:ietf:params:oauth:token-type:saml2",
        "400 invalid_request token-type-unsupported"
      },
      {
        "requested_token_type",
        "urn:ietf:params:oauth:token-type:id_token",
        "400 invalid_request token-type-unsupported"
      },
      {"actor_token", "x", "400 invalid_request actor-token-unsupported"},
      {
        "authorization_details",
        world.opening(),
        "400 invalid_authorization_details authorization-details-malformed"
      },
    };
    for (String[] row : exchanges) {
      Map<String, String> form = world.by(SUMMARISER, summariser);
      form.put("grant_type", OauthDoor.EXCHANGE);
      form.put("subject_token", first);
      form.put("subject_token_type", OauthDoor.ACCESS_TOKEN);
      form.put(row[0], row[1]);
      assertThat(error(world.post("/oauth/token", form)))
          .as(row[0] + "=" + row[1])
          .isEqualTo(row[2]);
    }
    now = now.plusSeconds(300);
    assertThat(error(exchange(first, ""))).isEqualTo("400 invalid_request token-expired");
    assertThat(introspect(first).get("active")).contains(Json.of(false));
  }

  @Test
  void requestsThatAreNoFormsAreRefused() {
    Map<String, String> good = world.by(MATCHER, matcher);
    String assertion = OauthWorld.encode(String.valueOf(good.get("client_assertion")));
    String twice = "grant_type=client_credentials&grant_type=client_credentials";
    assertThat(error(world.postForm("/oauth/token", twice)))
        .isEqualTo("400 invalid_request malformed");
    assertThat(
            error(
                world.postForm(
                    "/oauth/token",
                    "client_assertion=" + assertion + "&client_assertion=" + assertion)))
        .isEqualTo("400 invalid_request malformed");
    assertThat(error(world.postForm("/oauth/token", "a=%zz")))
        .isEqualTo("400 invalid_request malformed");
    assertThat(error(world.postForm("/oauth/token", "a=" + "x".repeat(Listening.BODY))))
        .isEqualTo("413 invalid_request body-too-large");
    assertThat(error(world.get("/oauth/token")))
        .isEqualTo("405 invalid_request method-not-allowed");
  }

  @Test
  void itsRoutesAreThoseOfTheDocument() throws Exception {
    Set<String> documented = new TreeSet<>();
    try (InputStream in = ApiDoor.class.getResourceAsStream("openapi.json")) {
      byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
      Json.Obj document =
          Json.parseObject(bytes, new Json.Bounds(1 << 20, 64, 100_000, true)).orThrow();
      document
          .object("paths")
          .orElseThrow()
          .members()
          .forEach((path, methods) ->
              ((Json.Obj) methods)
                  .members()
                  .keySet()
                  .forEach(m -> documented.add(m.toUpperCase(Locale.ROOT) + " " + path)));
    }
    documented.removeIf(route -> !route.matches(".* /(oauth/|jwks|\\.well-known/oauth).*"));
    Set<String> registered = new TreeSet<>();
    RoutesSeen.of(world.door)
        .forEach((path, methods) -> methods.forEach(m -> registered.add(m + " " + path)));
    assertThat(registered).isEqualTo(documented).isNotEmpty();
  }

  @Test
  void withoutTheStoreNothingIsAnswered() {
    String first = opened();
    world.ledger.down(true);
    HttpResponse<String> response = open(world.opening());
    assertThat(error(response)).isEqualTo("503 temporarily_unavailable unavailable");
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
    assertThat(response.body()).doesNotContain("db.internal");
    world.ledger.down(false);
    assertThat(introspect(first).get("active")).contains(Json.of(true));
  }

  @Test
  void aRotatedKeySignsNextAndOldTokensStayGood() {
    String before = opened();
    Government founded = Ledgers.founded(world.keys.publicKeys("writ.example/0"));
    world.keys.follow(founded);
    Fact.PublicKey next = world.keys.prepare(Fact.KeyUse.TOKEN, "writ.example/0");
    world.keys.follow(Ledgers.rotated(founded, next, now));
    String after = opened();
    assertThat(introspect(before).get("active")).contains(Json.of(true));
    assertThat(introspect(after).get("active")).contains(Json.of(true));
    // The former key is published no more; the state would still call the token live.
    Government revoked = Ledgers.revoked(Ledgers.rotated(founded, next, now), Fact.KeyUse.TOKEN);
    world.keys.follow(revoked);
    assertThat(introspect(before).get("active")).contains(Json.of(false));
    assertThat(introspect(after).get("active")).contains(Json.of(true));
  }

  @Test
  void enrolmentWantsAProofForThisCodeByThisKey() {
    String code = world.code(MATCHER);
    ECKey key = OauthWorld.drawKey();
    ECKey other = OauthWorld.drawKey();
    String good = world.proof(key, code, world.issuer);
    for (String bad :
        List.of(
            "junk",
            world.proof(key, "another", world.issuer),
            world.proof(key, code, "https://elsewhere.example"),
            world.assertion(MATCHER, other),
            good.substring(0, good.lastIndexOf('.'))
                + "."
                + world.proof(other, code, world.issuer).split("\\.", -1)[2])) {
      assertThat(error(world.enrol(code, bad)))
          .as(bad)
          .isEqualTo("400 invalid_request enrolment-proof-wrong");
    }
    now = now.plusSeconds(121);
    assertThat(error(world.enrol(code, good)))
        .isEqualTo("400 invalid_request enrolment-proof-wrong");
    String fresh = world.proof(key, code, world.issuer);
    assertThat(json(world.enrol(code, fresh)).text("client_id")).contains(MATCHER);
    assertThat(error(world.enrol(code, fresh))).isEqualTo("400 access_denied enrolment-invalid");
    assertThat(world.strangers.take()).hasSize(2);
    matcher = key;
    assertThat(opened()).isNotEmpty();
    assertThat(OUTSIDER).isNotEqualTo(MATCHER);
  }
}

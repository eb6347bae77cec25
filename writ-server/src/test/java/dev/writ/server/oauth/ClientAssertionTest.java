package dev.writ.server.oauth;

import static dev.writ.server.oauth.OauthWorld.MATCHER;
import static dev.writ.server.oauth.OauthWorld.error;
import static dev.writ.server.oauth.OauthWorld.sign;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.writ.fact.Fact;
import dev.writ.server.http.Listening;
import dev.writ.server.keys.Signatures;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a client can fail to prove who it is. */
class ClientAssertionTest {
  @TempDir Path folder;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private OauthWorld world;
  private ECKey key;

  @BeforeEach
  void enrol() {
    world =
        new OauthWorld(
            folder, () -> now, Listening.loopback(0, URI.create("https://writ.example")));
    key = world.enrol(MATCHER);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private String answer(String assertion) {
    Map<String, String> form = OauthWorld.byAssertion(assertion);
    form.put("token", "not-a-token");
    var response = world.post("/oauth/introspect", form);
    return response.statusCode() == 200 ? "200" : error(response);
  }

  private String changed(java.util.function.UnaryOperator<JWTClaimsSet.Builder> change) {
    return sign(
        new JWSHeader(JWSAlgorithm.ES256), change.apply(world.claims(MATCHER)).build(), key);
  }

  private Date at(long seconds) {
    return Date.from(now.plusSeconds(seconds));
  }

  private static JWSHeader.Builder es256() {
    return new JWSHeader.Builder(JWSAlgorithm.ES256);
  }

  @Test
  void goodAssertionsInEveryAllowedForm() {
    JWTClaimsSet.Builder[] claims = {
      world.claims(MATCHER),
      world.claims(MATCHER),
      world.claims(MATCHER),
      world.claims(MATCHER),
      world.claims(MATCHER)
    };
    JWSHeader[] headers = {
      es256().build(),
      es256().type(JOSEObjectType.JWT).build(),
      es256().type(new JOSEObjectType("client-authentication+jwt")).build(),
      es256().keyID(key.getKeyID()).build(),
      es256().build()
    };
    claims[4].audience(List.of(world.issuer)).expirationTime(at(120)).issueTime(null);
    for (int i = 0; i < headers.length; i++) {
      assertThat(answer(sign(headers[i], claims[i].build(), key))).as("" + i).isEqualTo("200");
    }
  }

  @Test
  void wrongAssertionsAreNamed() throws Exception {
    Map<String, String> table = new LinkedHashMap<>();
    table.put("junk", "malformed");
    table.put("x".repeat(8_193), "malformed");
    table.put(new PlainJWT(world.claims(MATCHER).build()).serialize(), "malformed");
    byte[] publicKey = key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
    table.put(
        sign(
            new JWSHeader(JWSAlgorithm.HS256),
            world.claims(MATCHER).build(),
            new MACSigner(publicKey)),
        "algorithm");
    table.put(
        sign(
            es256().type(new JOSEObjectType("at+jwt")).build(), world.claims(MATCHER).build(), key),
        "type");
    table.put(changed(c -> c.jwtID(null)), "claims");
    table.put(changed(c -> c.jwtID("x".repeat(257))), "claims");
    table.put(changed(c -> c.expirationTime(null)), "claims");
    table.put(changed(c -> c.audience((String) null)), "claims");
    table.put(changed(c -> c.issuer(null)), "claims");
    table.put(changed(c -> c.subject("other")), "client");
    table.put(changed(c -> c.audience(world.issuer + "/oauth/token")), "audience");
    table.put(changed(c -> c.audience("https://other.example")), "audience");
    table.put(changed(c -> c.audience(List.of(world.issuer, "https://other"))), "audience");
    table.put(changed(c -> c.issueTime(at(-61)).expirationTime(at(0))), "expired");
    table.put(changed(c -> c.issueTime(at(6)).expirationTime(at(60))), "not-yet-valid");
    table.put(changed(c -> c.notBeforeTime(at(6))), "not-yet-valid");
    table.put(changed(c -> c.expirationTime(at(121))), "too-long-lived");
    table.put(changed(c -> c.issueTime(at(-100)).expirationTime(at(21))), "too-long-lived");
    table.put(changed(c -> c.issueTime(at(4)).expirationTime(at(122))), "too-long-lived");
    ECKey foreign = OauthWorld.drawKey();
    table.put(sign(es256().build(), world.claims(MATCHER).build(), foreign), "signature");
    table.put(
        sign(es256().keyID("another").build(), world.claims(MATCHER).build(), key), "signature");
    table.put(sign(es256().build(), world.claims("nobody").build(), key), "signature");
    String good = sign(es256().build(), world.claims(MATCHER).build(), key);
    String[] parts = good.split("\\.", -1);
    String tampered =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("assertion-", "assertioN-");
    table.put(
        parts[0]
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(tampered.getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[2],
        "signature");
    table.forEach((assertion, why) ->
        assertThat(answer(assertion))
            .as(assertion)
            .isEqualTo("401 invalid_client client-assertion-" + why));
    long counted =
        world.strangers.take().stream()
            .filter(f -> f.door().equals("oauth"))
            .mapToLong(Fact.StrangersRefused::count)
            .sum();
    assertThat(counted).isEqualTo(table.size());
    assertThat(answer(good)).isEqualTo("200");
  }

  @Test
  void otherWaysToAuthenticateAreRefused() {
    String method = "401 invalid_client client-assertion-method";
    assertThat(error(world.postForm("/oauth/token", "grant_type=client_credentials")))
        .isEqualTo(method);
    Map<String, String> form = world.by(MATCHER, key);
    form.put("client_secret", "x");
    assertThat(error(world.post("/oauth/token", form))).isEqualTo(method);
    Map<String, String> other = world.by(MATCHER, key);
    other.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer");
    assertThat(error(world.post("/oauth/token", other))).isEqualTo(method);
    Map<String, String> id = world.by(MATCHER, key);
    id.put("client_id", "somebody-else");
    assertThat(error(world.post("/oauth/token", id)))
        .isEqualTo("401 invalid_client client-assertion-client");
  }

  @Test
  void aKeyThatIsOverIsNoKey() {
    assertThat(answer(world.assertion(MATCHER, key))).isEqualTo("200");
    now = now.plusSeconds(86_400);
    assertThat(answer(world.assertion(MATCHER, key)))
        .isEqualTo("401 invalid_client client-assertion-signature");
  }

  @Test
  void everyKindOfKeyServesItsOwnAlgorithmAlone() throws Exception {
    PublicKeys keys = new PublicKeys(Signatures.best());
    byte[] message = "message".getBytes(StandardCharsets.UTF_8);
    KeyPairGenerator rsaKeys = KeyPairGenerator.getInstance("RSA");
    rsaKeys.initialize(2_048);
    KeyPair rsa = rsaKeys.generateKeyPair();
    KeyPair ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = ed.getPublic().getEncoded();
    byte[] x = java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    String edJwk =
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\""
            + Base64.getUrlEncoder().withoutPadding().encodeToString(x)
            + "\"}";
    String rsaJwk =
        new com.nimbusds.jose.jwk.RSAKey.Builder(
                (java.security.interfaces.RSAPublicKey) rsa.getPublic())
            .build()
            .toJSONString();
    Map<String, byte[]> good = new LinkedHashMap<>();
    String rsaEnrolled = PublicKeys.parse(rsaJwk).orThrow().jwk();
    String edEnrolled = PublicKeys.parse(edJwk).orThrow().jwk();
    byte[] byRsa = signed("SHA256withRSA", rsa.getPrivate(), message);
    byte[] byEd = signed("Ed25519", ed.getPrivate(), message);
    assertThat(keys.verify(rsaEnrolled, "RS256", message, byRsa)).isTrue();
    assertThat(keys.verify(edEnrolled, "EdDSA", message, byEd)).isTrue();
    good.put(rsaEnrolled, byRsa);
    good.put(edEnrolled, byEd);
    good.forEach((jwk, signature) -> {
      for (String algorithm : List.of("ES256", "none", "HS256")) {
        assertThat(keys.verify(jwk, algorithm, message, signature)).isFalse();
      }
    });
    assertThat(keys.verify(rsaEnrolled, "EdDSA", message, byRsa)).isFalse();
    assertThat(keys.verify(edEnrolled, "RS256", message, byEd)).isFalse();
    rsaKeys.initialize(1_024);
    String weak =
        new com.nimbusds.jose.jwk.RSAKey.Builder(
                (java.security.interfaces.RSAPublicKey) rsaKeys.generateKeyPair().getPublic())
            .build()
            .toJSONString();
    for (String bad : List.of(weak, key.toJSONString(), "{}", "[", "x".repeat(5_000))) {
      assertThat(PublicKeys.parse(bad).problems()).as(bad).isNotEmpty();
    }
  }

  private static byte[] signed(String algorithm, PrivateKey key, byte[] message) throws Exception {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  @Test
  void noChangedCharacterGetsThrough() {
    Random random = new Random(11);
    ClientAssertions check = new ClientAssertions(world.issuer, new PublicKeys(Signatures.best()));
    String good = world.assertion(MATCHER, key);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder(good);
      int at = random.nextInt(text.length());
      text.setCharAt(at, (char) ('+' + random.nextInt(80)));
      if (text.toString().equals(good)) {
        continue;
      }
      String form =
          "client_assertion_type="
              + ClientAssertions.TYPE
              + "&client_assertion="
              + OauthWorld.encode(text.toString());
      var parsed = dev.writ.server.http.Form.parse(form.getBytes(StandardCharsets.UTF_8)).orThrow();
      assertThat(check.check(parsed, world.ledger.published(), now))
          .as(text.toString())
          .isInstanceOf(ClientCheck.Unknown.class);
    }
  }
}

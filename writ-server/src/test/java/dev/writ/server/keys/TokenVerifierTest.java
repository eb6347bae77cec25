package dev.writ.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.server.keys.TokenChecked.Bad;
import dev.writ.server.keys.TokenChecked.Good;
import dev.writ.server.keys.TokenChecked.Why;
import dev.writ.token.TokenDraft;
import dev.writ.token.VerifiedToken;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task token says, and every way in which one can be wrong. */
class TokenVerifierTest {
  @TempDir Path folder;
  private Fixture fixture;
  private Keys keys;
  private TokenVerifier verifier;
  private TokenDraft draft;
  private String good;

  @BeforeEach
  void sign() {
    fixture = new Fixture(folder, 42);
    keys = fixture.create();
    verifier = fixture.verifier(keys);
    draft = fixture.draft(List.of("spiffe://a/current", "spiffe://a/prior"), Optional.of("jkt"));
    good = keys.tokenSigner(Fixture.ISSUER).sign(draft).compact();
  }

  @Test
  void aTokenSaysWhatItsDraftSays() {
    VerifiedToken token = ((Good) verifier.verify(good, Fixture.AUDIENCE)).token();
    assertThat(token)
        .isEqualTo(
            new VerifiedToken(
                draft.id(),
                draft.task(),
                draft.client(),
                draft.audience(),
                draft.until(),
                Optional.of("jkt")));
    Json.Obj claims = claims();
    assertThat(claims.text("sub")).contains(draft.subject());
    assertThat(claims.text("txn")).contains(draft.task().value());
    assertThat(claims.integer("exp")).contains(draft.until().getEpochSecond());
    Json.Obj act = claims.object("act").orElseThrow();
    assertThat(act.text("sub")).contains("spiffe://a/current");
    assertThat(act.object("act").orElseThrow().text("sub")).contains("spiffe://a/prior");
    assertThat(claims.array("authorization_details").orElseThrow())
        .isEqualTo(TokenText.details(draft).items());
    assertThat(claims.object("cnf").orElseThrow().text("jkt")).contains("jkt");
  }

  @Test
  void theSecondCheckIsRememberedAndStillEnds() {
    assertThat(verifier.verify(good)).isInstanceOf(Good.class);
    fixture.now = draft.until().minusMillis(1);
    assertThat(verifier.verify(good)).isInstanceOf(Good.class);
    assertThat(verifier.verify(good, "https://elsewhere")).isEqualTo(new Bad(Why.WRONG_AUDIENCE));
    fixture.now = draft.until();
    assertThat(verifier.verify(good)).isEqualTo(new Bad(Why.EXPIRED));
  }

  @Test
  void aKeyThatIsNoLongerTrustedTakesItsRememberedTokensAlong() {
    assertThat(verifier.verify(good)).isInstanceOf(Good.class);
    Fact.PublicKey next = keys.prepare(Fact.KeyUse.TOKEN, Fixture.ORIGIN);
    keys.follow(
        Ledgers.rotated(Ledgers.founded(keys.publicKeys(Fixture.ORIGIN)), next, fixture.now));
    Json.Obj only =
        Json.object()
            .put(
                "keys",
                Json.array(
                    keys.jwks().array("keys").orElseThrow().stream()
                        .filter(k -> ((Json.Obj) k).text("kid").equals(Optional.of(next.id())))
                        .toList()))
            .build();
    assertThat(verifier.trust(only).orThrow()).isEqualTo(1);
    assertThat(verifier.verify(good)).isEqualTo(new Bad(Why.UNKNOWN_KEY));
  }

  @Test
  void everyWrongTokenIsRefusedByItsName() throws Exception {
    Map<String, Why> wrong = new LinkedHashMap<>();
    String kid = keys.publicKeys(Fixture.ORIGIN).get(1).id();
    wrong.put("", Why.MALFORMED);
    wrong.put("a.b", Why.MALFORMED);
    wrong.put("x".repeat(TokenText.LONGEST + 1), Why.OVERSIZE);
    wrong.put("x".repeat(TokenText.LONGEST), Why.MALFORMED);
    wrong.put(good + "=", Why.MALFORMED);
    wrong.put(good + ".", Why.MALFORMED);
    wrong.put(" " + good, Why.MALFORMED);
    String[] parts = good.split("\\.", -1);
    wrong.put(parts[0] + "." + parts[1] + ".", Why.MALFORMED);
    wrong.put(b64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + ".", Why.MALFORMED);
    wrong.put(
        b64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + "." + parts[2],
        Why.MALFORMED);
    wrong.put(hmacWithThePublicKey(kid, parts[1]), Why.WRONG_ALGORITHM);
    wrong.put(signed(header("ES384", "at+jwt", kid), claimsText()), Why.WRONG_ALGORITHM);
    wrong.put(signed(header("ES256", "JWT", kid), claimsText()), Why.WRONG_TYPE);
    wrong.put(signed("{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}", claimsText()), Why.WRONG_TYPE);
    wrong.put(signed(header("ES256", "at+jwt", "other"), claimsText()), Why.UNKNOWN_KEY);
    wrong.put(signed("{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}", claimsText()), Why.UNKNOWN_KEY);
    String critical =
        "{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\"],\"kid\":\""
            + kid
            + "\",\"typ\":\"at+jwt\"}";
    wrong.put(signed(critical, claimsText()), Why.MALFORMED);
    wrong.put(
        signed("{\"alg\":\"ES256\",\"alg\":\"ES256\",\"typ\":\"at+jwt\"}", claimsText()),
        Why.MALFORMED);
    wrong.put(parts[0] + "." + b64("{}") + "." + parts[2], Why.BAD_SIGNATURE);
    byte[] zero = new byte[64];
    wrong.put(parts[0] + "." + parts[1] + "." + b64(zero), Why.BAD_SIGNATURE);
    wrong.put(parts[0] + "." + parts[1] + "." + b64(new byte[63]), Why.BAD_SIGNATURE);
    wrong.put(foreignKey(kid), Why.BAD_SIGNATURE);
    String header = header("ES256", "at+jwt", kid);
    wrong.put(signed(header, "[]"), Why.BAD_CLAIMS);
    wrong.put(signed(header, "no JSON"), Why.BAD_CLAIMS);
    for (String needed : List.of("iss", "sub", "aud", "client_id", "iat", "exp", "jti", "txn")) {
      wrong.put(signed(header, without(needed)), Why.BAD_CLAIMS);
    }
    wrong.put(signed(header, with("aud", "[\"https://writ.example/mcp\"]")), Why.BAD_CLAIMS);
    wrong.put(signed(header, with("cnf", "{}")), Why.BAD_CLAIMS);
    wrong.put(signed(header, with("exp", "\"soon\"")), Why.BAD_CLAIMS);
    wrong.put(signed(header, with("nbf", "1.5")), Why.BAD_CLAIMS);
    wrong.put(signed(header, with("jti", "\"tok_short\"")), Why.BAD_CLAIMS);
    wrong.put(signed(header, with("iss", "\"https://writ.example/\"")), Why.WRONG_ISSUER);
    long now = fixture.now.getEpochSecond();
    wrong.put(signed(header, with("exp", "" + now)), Why.EXPIRED);
    wrong.put(signed(header, with("nbf", "" + (now + 6))), Why.NOT_YET_VALID);
    wrong.put(signed(header, with("iat", "" + (now + 6))), Why.NOT_YET_VALID);
    wrong.forEach(
        (token, why) -> assertThat(verifier.verify(token)).as(token).isEqualTo(new Bad(why)));
    assertThat(verifier.verify(signed(header, with("nbf", "" + (now + 5)))))
        .isInstanceOf(Good.class);
    assertThat(verifier.verify(good, "https://other.example"))
        .isEqualTo(new Bad(Why.WRONG_AUDIENCE));
    assertThat(wrong.values())
        .containsAll(List.of(Why.values()).stream().filter(w -> w != Why.WRONG_AUDIENCE).toList());
  }

  @Test
  void noChangedCharacterAndNoGarbageGetsThrough() {
    Random random = new Random(7);
    String alphabet = "ABCXYZabcxyz019-_.=+/ {}\"\u0000\u00e4";
    for (int i = 0; i < 4_000; i++) {
      StringBuilder text = new StringBuilder(good);
      int changes = 1 + random.nextInt(3);
      for (int c = 0; c < changes; c++) {
        int at = random.nextInt(text.length());
        char next = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, next);
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, next);
        }
      }
      if (!text.toString().equals(good)) {
        assertThat(verifier.verify(text.toString())).as(text.toString()).isInstanceOf(Bad.class);
      }
    }
    for (int i = 0; i < 2_000; i++) {
      byte[] header = new byte[random.nextInt(60)];
      random.nextBytes(header);
      String nested = "[".repeat(random.nextInt(3_000));
      String garbage = b64(header) + "." + b64(nested) + "." + b64(header);
      assertThat(verifier.verify(garbage)).isInstanceOf(Bad.class);
    }
  }

  @Test
  void keySetsOfStrangersAreBounded() {
    assertThat(verifier.trust("[]".getBytes(StandardCharsets.UTF_8)).problems()).isNotEmpty();
    assertThat(verifier.trust("{\"keys\":[]}".getBytes(StandardCharsets.UTF_8)).problems())
        .isNotEmpty();
    assertThat(
            verifier
                .trust("{\"keys\":[{\"kty\":\"EC\"}]}".getBytes(StandardCharsets.UTF_8))
                .problems())
        .isNotEmpty();
    assertThat(verifier.verify(good)).isInstanceOf(Good.class);
  }

  @Test
  void aScopeTooLongForAHeaderGoesAsItsDigest() {
    for (int permissions : new int[] {1, 20, 32, 33, 34, 64}) {
      TokenDraft wide =
          new TokenDraft(
              draft.id(),
              draft.task(),
              draft.writ(),
              draft.requester(),
              draft.subject(),
              draft.client(),
              draft.actors(),
              draft.audience(),
              draft.issued(),
              draft.until(),
              Fixture.scope(permissions),
              draft.thumbprint());
      good = keys.tokenSigner(Fixture.ISSUER).sign(wide).compact();
      assertThat(verifier.verify(good)).isInstanceOf(Good.class);
      Json.Obj task = (Json.Obj) claims().array("authorization_details").orElseThrow().getFirst();
      boolean spelledOut = TokenText.details(wide).canonical().length < TokenText.MOST_CLAIMS / 2;
      assertThat(task.get("permissions").isPresent())
          .isNotEqualTo(task.get("permissions_sha256").isPresent());
      if (spelledOut) {
        assertThat(task.get("permissions")).isPresent();
      }
      task.text("permissions_sha256")
          .ifPresent(d -> assertThat(d).isEqualTo(wide.scope().toJson().digest().toString()));
    }
    assertThat(claims().toString()).contains("permissions_sha256");
  }

  private Json.Obj claims() {
    return Json.parseObject(
            Base64.getUrlDecoder().decode(good.split("\\.", -1)[1]), Json.Bounds.REQUEST)
        .orThrow();
  }

  private String claimsText() {
    return new String(claims().canonical(), StandardCharsets.UTF_8);
  }

  private String without(String name) {
    Map<String, Json> members = new LinkedHashMap<>(claims().members());
    members.remove(name);
    return new String(new Json.Obj(members).canonical(), StandardCharsets.UTF_8);
  }

  private String with(String name, String json) {
    String rest = without(name);
    return rest.substring(0, rest.length() - 1) + ",\"" + name + "\":" + json + "}";
  }

  private static String header(String alg, String typ, String kid) {
    return "{\"alg\":\"" + alg + "\",\"kid\":\"" + kid + "\",\"typ\":\"" + typ + "\"}";
  }

  private String signed(String header, String claims) {
    KeyRing ring = KeyFile.open(fixture.home().file(), fixture.home().unlock());
    return signed(
        header,
        claims,
        ring.find(Fact.KeyUse.TOKEN, ring.current().getOrDefault(Fact.KeyUse.TOKEN, ""))
            .orElseThrow());
  }

  private static String signed(String header, String claims, OwnKey key) {
    Signatures signatures = Signatures.portable();
    PrivateKey secret = key.opened(signatures);
    UnaryOperator<byte[]> es256 = m -> signatures.signEs256(secret, m);
    String input = b64(header) + "." + b64(claims);
    return input + "." + b64(es256.apply(input.getBytes(StandardCharsets.US_ASCII)));
  }

  private String foreignKey(String kid) {
    OwnKey foreign = OwnKey.draw(Fact.KeyUse.TOKEN, fixture.now);
    return signed(header("ES256", "at+jwt", kid), claimsText(), foreign);
  }

  private String hmacWithThePublicKey(String kid, String payload) throws Exception {
    byte[] publicKey = keys.jwks().canonical();
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(new SecretKeySpec(publicKey, "HmacSHA256"));
    String input = b64(header("HS256", "at+jwt", kid)) + "." + payload;
    return input + "." + b64(hmac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String b64(String text) {
    return b64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String b64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

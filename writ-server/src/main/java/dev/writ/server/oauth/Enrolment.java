package dev.writ.server.oauth;

import com.nimbusds.jose.JWSObject;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.operation.EnrolKey;
import dev.writ.operation.Refusal;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.OauthDialect;
import dev.writ.server.http.OauthDialect.Code;
import dev.writ.server.http.Refused;
import dev.writ.server.keys.CompactJws;
import dev.writ.server.keys.TokenText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /oauth/enrol}: {@code {"code":…,"proof":…}}. The proof is a JWT that the new key
 * signed, with the public key as {@code jwk} in its header, {@code typ} {@value #TYPE}, and the
 * claims {@code aud} (the issuer), {@code iat} and {@code code_sha256} (hexadecimal), so that
 * nobody enrols a key they do not hold, or one proof with another code.
 */
final class Enrolment {
  static final String TYPE = "writ-enrolment+jwt";

  /** How old, or how far ahead, a proof may be. */
  static final Duration WINDOW = Duration.ofMinutes(2);

  private static final Json.Bounds CLAIMS = new Json.Bounds(TokenText.LONGEST, 4, 64, true);
  private final String issuer;
  private final EnrolKey enrol;
  private final PublicKeys keys;
  private final OauthDoor.Parts parts;

  Enrolment(String issuer, EnrolKey enrol, PublicKeys keys, OauthDoor.Parts parts) {
    this.issuer = issuer;
    this.enrol = enrol;
    this.keys = keys;
    this.parts = parts;
  }

  Answer answer(Asked asked) {
    Json.Obj body = asked.json();
    Optional<String> code = body.text("code");
    Optional<String> proof = body.text("proof");
    if (code.isEmpty() || proof.isEmpty() || body.members().size() != 2) {
      throw new Refused(
          new HttpRefusal.Malformed(
              List.of(new Problem("", "not exactly `code` and `proof`", "send both as strings"))));
    }
    return switch (check(code.get(), proof.get())) {
      case Parsed.Refused<PublicKeys.Enrollable>(List<Problem> problems) -> {
        parts.strangers().refused("oauth", "enrolment-proof-wrong");
        yield OauthDialect.error(
            Code.INVALID_REQUEST, "enrolment-proof-wrong", problems.getFirst().toString());
      }
      case Parsed.Ok<PublicKeys.Enrollable>(PublicKeys.Enrollable key) -> enrol(code.get(), key);
    };
  }

  private Answer enrol(String code, PublicKeys.Enrollable key) {
    return switch (enrol.run(new EnrolKey.Request(code, key.jwk(), key.thumbprint()))) {
      case EnrolKey.Reply.Enrolled(var id, String workload, Instant until) ->
          Answer.json(
              201,
              Json.object()
                  .put("client_id", workload)
                  .put("key", id.value())
                  .put("until", until.toString())
                  .build());
      case EnrolKey.Reply.Refused(Refusal refusal) -> {
        if (refusal instanceof Refusal.EnrolmentInvalid) {
          parts.strangers().refused("oauth", refusal.name());
        }
        yield OauthDialect.answer(refusal);
      }
    };
  }

  private Parsed<PublicKeys.Enrollable> check(String code, String proof) {
    Optional<JWSObject> jws = CompactJws.parse(proof);
    if (jws.isEmpty()
        || jws.get().getHeader().getJWK() == null
        || jws.get().getHeader().getType() == null
        || !jws.get().getHeader().getType().getType().equals(TYPE)) {
      return refused("the proof is not a JWT of type " + TYPE + " with a jwk in its header");
    }
    return PublicKeys.parse(jws.get().getHeader().getJWK().toJSONString())
        .then(key -> check(code, jws.get(), key));
  }

  private Parsed<PublicKeys.Enrollable> check(
      String code, JWSObject jws, PublicKeys.Enrollable key) {
    String algorithm = jws.getHeader().getAlgorithm().getName();
    if (!keys.verifyUnenrolled(key, algorithm, jws)) {
      return refused("the proof is not signed by the key in its header");
    }
    Optional<Json.Obj> claims = Json.parseObject(jws.getPayload().toBytes(), CLAIMS).found();
    Instant now = parts.time().instant();
    boolean right =
        claims
            .filter(c -> c.text("aud").equals(Optional.of(issuer)))
            .filter(c -> c.text("code_sha256").equals(Optional.of(Digest.ofText(code).toString())))
            .flatMap(c -> c.integer("iat"))
            .filter(at -> Math.abs(now.getEpochSecond() - at) <= WINDOW.toSeconds())
            .isPresent();
    return right
        ? Parsed.ok(key)
        : refused("the proof is not for this code, this issuer and this moment");
  }

  private static <T> Parsed<T> refused(String what) {
    return Parsed.refused("proof", what, "sign a fresh proof with the key to enrol");
  }
}

package dev.writ.server.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import dev.writ.base.Json;
import dev.writ.server.http.Form;
import dev.writ.server.keys.CompactJws;
import dev.writ.server.keys.TokenText;
import dev.writ.server.oauth.ClientCheck.Known;
import dev.writ.server.oauth.ClientCheck.Unknown;
import dev.writ.server.oauth.ClientCheck.Why;
import dev.writ.state.State;
import dev.writ.state.WorkloadKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Client authentication by {@code private_key_jwt} (RFC 7523bis, section 4): the audience is the
 * issuer and nothing else, the life is short, the key is enrolled and live in the ledger's state.
 */
final class ClientAssertions {
  static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** Longest life of an assertion. */
  static final Duration LONGEST_LIFE = Duration.ofMinutes(2);

  /** How far ahead a client's clock may be. */
  static final Duration LEEWAY = Duration.ofSeconds(5);

  private static final int LONGEST_ID = 256;
  private static final Json.Bounds CLAIMS = new Json.Bounds(TokenText.LONGEST, 6, 256, true);

  private final String issuer;
  private final PublicKeys keys;

  ClientAssertions(String issuer, PublicKeys keys) {
    this.issuer = issuer;
    this.keys = keys;
  }

  /** Who sends this form, by the keys that live in {@code state}. */
  ClientCheck check(Form form, State state, Instant now) {
    List<String> assertions = form.all("client_assertion");
    boolean typed = form.all("client_assertion_type").equals(List.of(TYPE));
    if (assertions.size() != 1 || !typed || form.one("client_secret").isPresent()) {
      return new Unknown(Why.METHOD);
    }
    Optional<JWSObject> jws = CompactJws.parse(assertions.getFirst());
    if (jws.isEmpty()) {
      return new Unknown(Why.MALFORMED);
    }
    JWSHeader header = jws.get().getHeader();
    if (!PublicKeys.ALGORITHMS.contains(header.getAlgorithm().getName())) {
      return new Unknown(Why.ALGORITHM);
    }
    if (header.getType() != null
        && !List.of("client-authentication+jwt", "jwt")
            .contains(header.getType().getType().toLowerCase(java.util.Locale.ROOT))) {
      return new Unknown(Why.TYPE);
    }
    Optional<Json.Obj> claims = Json.parseObject(jws.get().getPayload().toBytes(), CLAIMS).found();
    if (claims.isEmpty()) {
      return new Unknown(Why.CLAIMS);
    }
    ClientCheck said = claims(claims.get(), form, now);
    return said instanceof Known known && !signed(jws.get(), known.workload(), state, now)
        ? new Unknown(Why.SIGNATURE)
        : said;
  }

  private ClientCheck claims(Json.Obj claims, Form form, Instant now) {
    Optional<String> from = bounded(claims.text("iss"));
    Optional<String> subject = bounded(claims.text("sub"));
    Optional<String> id = bounded(claims.text("jti"));
    Optional<Instant> until = claims.integer("exp").map(Instant::ofEpochSecond);
    if (from.isEmpty()
        || subject.isEmpty()
        || id.isEmpty()
        || until.isEmpty()
        || claims.get("aud").isEmpty()
        || claims.get("iat").isPresent() != claims.integer("iat").isPresent()
        || claims.get("nbf").isPresent() != claims.integer("nbf").isPresent()) {
      return new Unknown(Why.CLAIMS);
    }
    if (!from.equals(subject) || !form.one("client_id").orElse(from.get()).equals(from.get())) {
      return new Unknown(Why.CLIENT);
    }
    if (!isIssuerAlone(claims.get("aud").get())) {
      return new Unknown(Why.AUDIENCE);
    }
    if (!now.isBefore(until.get())) {
      return new Unknown(Why.EXPIRED);
    }
    long latest = now.plus(LEEWAY).getEpochSecond();
    long begin = claims.integer("iat").orElse(now.getEpochSecond());
    if (begin > latest || claims.integer("nbf").orElse(begin) > latest) {
      return new Unknown(Why.NOT_YET_VALID);
    }
    // Counted from now as well, so that an early iat does not stretch what is left.
    long life = until.get().getEpochSecond() - Math.min(begin, now.getEpochSecond());
    if (life > LONGEST_LIFE.toSeconds()) {
      return new Unknown(Why.TOO_LONG_LIVED);
    }
    return new Known(from.get(), id.get(), until.get());
  }

  private static Optional<String> bounded(Optional<String> text) {
    return text.filter(t -> !t.isEmpty() && t.length() <= LONGEST_ID);
  }

  private boolean isIssuerAlone(Json audience) {
    Json.Str ours = Json.of(issuer);
    return audience.equals(ours) || audience.equals(Json.array(List.of(ours)));
  }

  private boolean signed(JWSObject jws, String workload, State state, Instant now) {
    List<WorkloadKey> enrolled =
        Optional.ofNullable(state.keys().get(workload)).stream()
            .flatMap(List::stream)
            .filter(k -> k.live(now))
            .toList();
    String kid = jws.getHeader().getKeyID();
    JWSAlgorithm algorithm = jws.getHeader().getAlgorithm();
    return enrolled.stream()
        .filter(k ->
            kid == null
                || kid.equals(k.enrolled().key().value())
                || kid.equals(k.enrolled().thumbprint())
                || keys.named(k.enrolled().jwk(), kid))
        .anyMatch(k ->
            keys.verify(
                k.enrolled().jwk(),
                algorithm.getName(),
                jws.getSigningInput(),
                jws.getSignature().decode()));
  }
}

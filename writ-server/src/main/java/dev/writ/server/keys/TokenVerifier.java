package dev.writ.server.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.server.keys.TokenChecked.Why;
import dev.writ.token.VerifiedToken;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks task tokens with public keys alone (RFC 9068, section 4). A good token is remembered by
 * its digest until it expires, so only its first use costs a signature check. Threads may share
 * one.
 */
public final class TokenVerifier {
  /** How far ahead an issuer's clock may be. */
  public static final Duration LEEWAY = Duration.ofSeconds(5);

  /** Most keys that are taken from a key set. */
  public static final int MOST_KEYS = 64;

  private static final Json.Bounds CLAIMS = new Json.Bounds(TokenText.LONGEST, 12, 20_000, true);
  private static final Json.Bounds KEY_SET = new Json.Bounds(256 * 1024, 6, 5_000, true);

  private final String issuer;
  private final Signatures signatures;
  private final InstantSource time;
  private volatile Trust trust = new Trust(Map.of());

  /** The keys of one key set and what they verified: replaced together. */
  private record Trust(Map<String, PublicKey> keys, SeenTokens seen) {
    Trust(Map<String, PublicKey> keys) {
      this(keys, new SeenTokens());
    }
  }

  /** A verifier that trusts no key yet. */
  public TokenVerifier(String issuer, Signatures signatures, InstantSource time) {
    this.issuer = issuer;
    this.signatures = signatures;
    this.time = time;
  }

  /**
   * Trusts the ES256 keys of a JWK Set instead of those before; keys of other kinds are left out.
   * Answers how many are trusted now.
   */
  public Parsed<Integer> trust(byte[] jwks) {
    return Json.parseObject(jwks, KEY_SET).then(this::trust);
  }

  /** The same for a key set that is parsed already. */
  public Parsed<Integer> trust(Json.Obj jwks) {
    List<Json> items = jwks.array("keys").orElse(List.of());
    Map<String, PublicKey> keys = new HashMap<>();
    for (Json item : items) {
      try {
        JWK jwk = JWK.parse(new String(item.canonical(), StandardCharsets.UTF_8));
        if (jwk instanceof ECKey ec && ec.getCurve().equals(Curve.P_256) && !ec.isPrivate()) {
          keys.put(ec.getKeyID() == null ? "" : ec.getKeyID(), ec.toECPublicKey());
        }
      } catch (ParseException | JOSEException | IllegalArgumentException e) {
        return Parsed.refused("keys", "a key does not parse", "ask the issuer for its key set");
      }
    }
    if (keys.isEmpty() || items.size() > MOST_KEYS) {
      return Parsed.refused(
          "keys", "not 1 to " + MOST_KEYS + " keys", "ask the issuer for its key set");
    }
    trust = new Trust(Map.copyOf(keys));
    return Parsed.ok(keys.size());
  }

  /** Checks a token that was sent to this audience. */
  public TokenChecked verify(String compact, String audience) {
    TokenChecked checked = verify(compact);
    return checked instanceof TokenChecked.Good(VerifiedToken token)
            && !token.audience().equals(audience)
        ? new TokenChecked.Bad(Why.WRONG_AUDIENCE)
        : checked;
  }

  /** Checks a token whatever its audience: for the issuer itself. */
  public TokenChecked verify(String compact) {
    if (compact.length() > TokenText.LONGEST) {
      return new TokenChecked.Bad(Why.OVERSIZE);
    }
    Trust current = trust;
    Digest digest = Digest.ofText(compact);
    Instant now = time.instant();
    Optional<VerifiedToken> seen = current.seen().find(digest);
    if (seen.isPresent()) {
      return now.isBefore(seen.get().until())
          ? new TokenChecked.Good(seen.get())
          : new TokenChecked.Bad(Why.EXPIRED);
    }
    TokenChecked checked = check(compact, current, now);
    if (checked instanceof TokenChecked.Good(VerifiedToken token)) {
      current.seen().keep(digest, token);
    }
    return checked;
  }

  private TokenChecked check(String compact, Trust current, Instant now) {
    Optional<JWSObject> parsed = CompactJws.parse(compact);
    if (parsed.isEmpty()) {
      return new TokenChecked.Bad(Why.MALFORMED);
    }
    JWSObject jws = parsed.get();
    JWSHeader header = jws.getHeader();
    if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
      return new TokenChecked.Bad(Why.WRONG_ALGORITHM);
    }
    if (header.getType() == null || !header.getType().getType().equals(TokenText.TYPE)) {
      return new TokenChecked.Bad(Why.WRONG_TYPE);
    }
    PublicKey key = header.getKeyID() == null ? null : current.keys().get(header.getKeyID());
    if (key == null) {
      return new TokenChecked.Bad(Why.UNKNOWN_KEY);
    }
    if (!signatures.verifyEs256(key, jws.getSigningInput(), jws.getSignature().decode())) {
      return new TokenChecked.Bad(Why.BAD_SIGNATURE);
    }
    return Json.parseObject(jws.getPayload().toBytes(), CLAIMS)
        .found()
        .map(claims -> claims(claims, now))
        .orElseGet(() -> new TokenChecked.Bad(Why.BAD_CLAIMS));
  }

  private TokenChecked claims(Json.Obj claims, Instant now) {
    Optional<TokenId> id = claims.text("jti").flatMap(t -> TokenId.parse(t).found());
    Optional<TaskId> task = claims.text("txn").flatMap(t -> TaskId.parse(t).found());
    Optional<String> client = claims.text("client_id");
    Optional<String> audience = claims.text("aud");
    Optional<Instant> until = claims.integer("exp").map(Instant::ofEpochSecond);
    Optional<String> from = claims.text("iss");
    boolean bound = claims.get("cnf").isPresent();
    Optional<String> thumbprint = claims.object("cnf").flatMap(c -> c.text("jkt"));
    if (id.isEmpty()
        || task.isEmpty()
        || client.isEmpty()
        || audience.isEmpty()
        || until.isEmpty()
        || from.isEmpty()
        || claims.text("sub").isEmpty()
        || claims.integer("iat").isEmpty()
        || claims.get("nbf").isPresent() != claims.integer("nbf").isPresent()
        || bound != thumbprint.isPresent()) {
      return new TokenChecked.Bad(Why.BAD_CLAIMS);
    }
    if (!from.get().equals(issuer)) {
      return new TokenChecked.Bad(Why.WRONG_ISSUER);
    }
    if (!now.isBefore(until.get())) {
      return new TokenChecked.Bad(Why.EXPIRED);
    }
    long latest = now.plus(LEEWAY).getEpochSecond();
    if (claims.integer("iat").orElseThrow() > latest
        || claims.integer("nbf").filter(n -> n > latest).isPresent()) {
      return new TokenChecked.Bad(Why.NOT_YET_VALID);
    }
    return new TokenChecked.Good(
        new VerifiedToken(
            id.get(), task.get(), client.get(), audience.get(), until.get(), thumbprint));
  }
}

package dev.writ.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.terminal.Api;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An agent's own key, which never leaves its process, and what it asks of the authorization server
 * with it: enrolment, tokens (RFC 7523 client authentication, RFC 8693 exchange), introspection,
 * the end of its task.
 */
public final class AgentIdentity {
  private static final Duration ASSERTION_LIFE = Duration.ofMinutes(1);
  private static final String DETAILS = "urn:writ:task";

  private final Api api;
  private final Json.Obj metadata;
  private final ECKey key;
  private String client = "";

  /**
   * Draws a key and reads the server's metadata (RFC 8414).
   *
   * @param issuer the authorization server's issuer identifier
   */
  public AgentIdentity(URI issuer) {
    this.api = new Api(issuer, Optional.empty());
    this.metadata = api.get("/.well-known/oauth-authorization-server");
    try {
      this.key = new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /** Shows the one-time code and proves that it holds the key. */
  public Json.Obj enrol(String code) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("writ-enrolment+jwt"))
            .jwk(key.toPublicJWK())
            .build();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .audience(issuer())
            .claim("code_sha256", Digest.ofText(code).toString())
            .issueTime(Date.from(Instant.now()))
            .build();
    Json.Obj reply =
        api.post(
            "/oauth/enrol",
            Json.object().put("code", code).put("proof", sign(header, claims)).build());
    client = reply.text("client_id").orElseThrow();
    return reply;
  }

  /** Opens a task under a writ; the reply carries its first token. */
  public Json.Obj open(String writ) {
    Json.Obj detail = Json.object().put("type", DETAILS).put("writ", writ).build();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("authorization_details", text(Json.array(List.of(detail))));
    return send("token_endpoint", form);
  }

  /** Exchanges a token it was handed for its own, within these permissions. */
  public Json.Obj exchange(String subject, Json.Arr permissions) {
    Json.Obj detail = Json.object().put("type", DETAILS).put("permissions", permissions).build();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
    form.put("subject_token", subject);
    form.put("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
    form.put("authorization_details", text(Json.array(List.of(detail))));
    return send("token_endpoint", form);
  }

  public Json.Obj introspect(String token) {
    return send("introspection_endpoint", new LinkedHashMap<>(Map.of("token", token)));
  }

  private Json.Obj send(String endpoint, Map<String, String> form) {
    String url = metadata.text(endpoint).orElseThrow();
    form.put("client_id", client);
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", assertion());
    return api.form(url.substring(issuer().length()), form);
  }

  private String assertion() {
    Instant now = Instant.now();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(client)
            .subject(client)
            .audience(issuer())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(ASSERTION_LIFE)))
            .build();
    return sign(new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).build(), claims);
  }

  private String issuer() {
    return metadata.text("issuer").orElseThrow();
  }

  private String sign(JWSHeader header, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new ECDSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("a P-256 key signs", e);
    }
  }

  private static String text(Json value) {
    return new String(value.canonical(), java.nio.charset.StandardCharsets.UTF_8);
  }
}

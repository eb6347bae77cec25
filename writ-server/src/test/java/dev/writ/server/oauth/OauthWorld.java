package dev.writ.server.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.PayloadId;
import dev.writ.base.WorkflowId;
import dev.writ.base.WritId;
import dev.writ.fact.About;
import dev.writ.fact.Actor;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.fact.PayloadRef;
import dev.writ.ledger.Ruling;
import dev.writ.operation.Audiences;
import dev.writ.operation.EnrolKey;
import dev.writ.operation.ExchangeToken;
import dev.writ.operation.IntrospectToken;
import dev.writ.operation.OfferEnrolment;
import dev.writ.operation.OpenTask;
import dev.writ.operation.RevokeToken;
import dev.writ.server.http.HttpServer;
import dev.writ.server.http.Listening;
import dev.writ.server.http.StrangerCounts;
import dev.writ.server.keys.KeyHome;
import dev.writ.server.keys.KeyUnlock;
import dev.writ.server.keys.Keys;
import dev.writ.server.keys.MasterKeys;
import dev.writ.server.keys.Signatures;
import dev.writ.token.Permission;
import dev.writ.token.Scope;
import dev.writ.token.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A founded ledger with one writ in force, its authorization server on loopback, and clients. */
final class OauthWorld implements AutoCloseable {
  static final String MATCHER = "spiffe://brightwater.example/finance/matcher";
  static final String SUMMARISER = "spiffe://brightwater.example/finance/summariser";
  static final String OUTSIDER = "spiffe://brightwater.example/finance/outsider";
  static final String REQUESTER = "noor.haddad";
  static final String ASSERTION_TYPE = ClientAssertions.TYPE;

  final String issuer;
  final String gateway;
  final OneStateLedger ledger;
  final StrangerCounts strangers = new StrangerCounts();
  final Keys keys;
  final HttpServer server;
  final OauthDoor door;
  final WritId writ;
  final Entropy entropy;
  private final InstantSource time;
  private final WorkflowId workflow;
  private final HttpClient client = HttpClient.newHttpClient();
  private int assertions;

  OauthWorld(Path folder, InstantSource time, Listening listening) {
    Random random = new Random(77);
    this.entropy = random::nextBytes;
    this.time = time;
    this.issuer = listening.issuer();
    this.gateway = issuer + "/mcp";
    this.ledger = new OneStateLedger(time);
    MasterKeys masters = MasterKeys.create(folder.resolve("master.key"), entropy);
    KeyHome home = new KeyHome(folder.resolve("writ.keys"), new KeyUnlock.Master(masters), masters);
    this.keys = Keys.create(home, Signatures.best(), entropy, time);
    this.workflow = WorkflowId.fresh(entropy);
    this.writ = WritId.fresh(entropy);
    write(
        About.ledger(),
        new Fact.LedgerFounded(
            Fact.Mode.DEVELOPMENT,
            issuer,
            "writ.example/0",
            "ada",
            keys.publicKeys("writ.example/0")));
    write(About.workflow(workflow), issued());
    Audiences audiences = new Audiences(gateway, List.of());
    var signer = keys.tokenSigner(issuer);
    this.door =
        new OauthDoor(
            issuer,
            new OauthDoor.Parts(keys, ledger, strangers, time),
            new OauthDoor.Operations(
                new OpenTask(ledger, signer, entropy, audiences),
                new dev.writ.operation.RenewToken(ledger, signer, entropy, audiences),
                new ExchangeToken(ledger, signer, entropy, audiences),
                new IntrospectToken(ledger, time),
                new RevokeToken(ledger),
                new EnrolKey(ledger, entropy)));
    this.server = HttpServer.start(listening, List.of(door), strangers, entropy);
  }

  private void write(About about, Fact fact) {
    Actor by = new Actor.Person("ada");
    String reply =
        ledger.write((state, now) -> Ruling.of(List.of(FactDraft.of(by, about, fact)), "written"));
    if (!reply.equals("written")) {
      throw new IllegalStateException(reply);
    }
  }

  private Fact issued() {
    Digest any = Digest.ofText("any");
    Instant end = time.instant().plus(Duration.ofDays(1));
    return new Fact.WritIssued(
        writ,
        any,
        any,
        REQUESTER,
        MATCHER,
        new Scope(List.of(permission("read", "pay"))),
        new Fact.Terms(
            List.of(REQUESTER),
            end,
            Duration.ofMinutes(15),
            1,
            List.of(SUMMARISER),
            any,
            any,
            new PayloadRef(PayloadId.fresh(entropy), any)));
  }

  static Permission permission(String... actions) {
    TreeMap<String, Long> limits = new TreeMap<>(Map.of("rows", 5_000L));
    return new Permission(
        new TreeSet<>(List.of(actions)), "ap-db/invoices", "staging", new Targets.Any(), limits);
  }

  /** The {@code authorization_details} of a request. */
  static String details(Json.Builder details) {
    return new String(
        Json.array(List.of(details.put("type", Scope.DETAILS_TYPE).build())).canonical(),
        StandardCharsets.UTF_8);
  }

  String opening() {
    return details(Json.object().put("writ", writ.value()));
  }

  static ECKey drawKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Enrols a key for a workload as its owner and the workload would. */
  ECKey enrol(String workload) {
    ECKey key = drawKey();
    HttpResponse<String> response = enrol(code(workload), proof(key, lastCode, issuer));
    if (response.statusCode() != 201) {
      throw new IllegalStateException(response.body());
    }
    return key;
  }

  private String lastCode = "";

  String code(String workload) {
    var reply =
        new OfferEnrolment(ledger, entropy)
            .run(new OfferEnrolment.Request(REQUESTER, writ, workload));
    lastCode = ((OfferEnrolment.Reply.Offered) reply).code();
    return lastCode;
  }

  String proof(ECKey key, String code, String audience) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .audience(audience)
            .issueTime(Date.from(time.instant()))
            .claim("code_sha256", Digest.ofText(code).toString())
            .build();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType(Enrolment.TYPE))
            .jwk(key.toPublicJWK())
            .build();
    return sign(header, claims, key);
  }

  HttpResponse<String> enrol(String code, String proof) {
    byte[] body = Json.object().put("code", code).put("proof", proof).build().canonical();
    return send(
        HttpRequest.newBuilder(at("/oauth/enrol"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** What a good assertion says; tests change it. */
  JWTClaimsSet.Builder claims(String workload) {
    return new JWTClaimsSet.Builder()
        .issuer(workload)
        .subject(workload)
        .audience(issuer)
        .issueTime(Date.from(time.instant()))
        .expirationTime(Date.from(time.instant().plusSeconds(60)))
        .jwtID("assertion-" + assertions++);
  }

  static String sign(JWSHeader header, JWTClaimsSet claims, ECKey key) {
    try {
      return sign(header, claims, new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String assertion(String workload, ECKey key) {
    return sign(new JWSHeader(JWSAlgorithm.ES256), claims(workload).build(), key);
  }

  /** Form parameters with a good assertion. */
  Map<String, String> by(String workload, ECKey key) {
    return byAssertion(assertion(workload, key));
  }

  static Map<String, String> byAssertion(String assertion) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_assertion_type", ASSERTION_TYPE);
    form.put("client_assertion", assertion);
    return form;
  }

  HttpResponse<String> post(String path, Map<String, String> form) {
    return postForm(
        path,
        form.entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&")));
  }

  HttpResponse<String> postForm(String path, String form) {
    return send(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(at(path)));
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static Json.Obj json(HttpResponse<String> response) {
    return Json.parseObject(response.body().getBytes(StandardCharsets.UTF_8), Json.Bounds.REQUEST)
        .orThrow();
  }

  static String error(HttpResponse<String> response) {
    return response.statusCode()
        + " "
        + json(response).text("error").orElse("none")
        + " "
        + json(response).text("writ_problem").orElse("none");
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}

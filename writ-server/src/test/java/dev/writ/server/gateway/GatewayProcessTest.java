package dev.writ.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.writ.base.Entropy;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.server.gateway.CallOutcome.Ending;
import dev.writ.server.gateway.ScriptedAuthority.Rule;
import dev.writ.server.upstream.Upstream;
import io.helidon.webserver.WebServer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway as a process of its own: real tokens, the authority behind its door. */
class GatewayProcessTest {
  private static final String SECRET = "a-secret-of-forty-characters-0123456789ab";
  private static final String ISSUER = "https://writ.example";
  private final Entropy entropy = GatewayWorld.seeded(11);
  private final ScriptedAuthority authority = new ScriptedAuthority(entropy, System::nanoTime);
  private ECKey key;
  private WebServer server;
  private SdkToolServer tools;

  @BeforeEach
  void start() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    String keys = new JWKSet(key.toPublicJWK()).toString();
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .shutdownHook(false)
            .routing(r ->
                r.register(new AuthorityDoor(authority, SECRET))
                    .get("/jwks", (request, response) -> response.send(keys)))
            .build()
            .start();
    tools = new SdkToolServer();
  }

  @AfterEach
  void stop() {
    server.stop();
    tools.close();
    assertThat(authority.complaints()).isEmpty();
  }

  private GatewayOrder order(int port) {
    URI here = URI.create("http://127.0.0.1:" + server.port());
    return new GatewayOrder(
        new GatewaySettings("127.0.0.1", port, GatewayWorld.RESOURCE, List.of(ISSUER), List.of()),
        ISSUER,
        here.resolve("/jwks"),
        here,
        SECRET,
        List.of(tools.hostAndPort()));
  }

  private String token(TokenId id, TaskId task, ECKey signer, Instant until) throws JOSEException {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject("spiffe://example/matcher")
            .audience(GatewayWorld.RESOURCE.toString())
            .claim("client_id", "spiffe://example/matcher")
            .claim("txn", task.value())
            .jwtID(id.value())
            .issueTime(Date.from(until.minusSeconds(600)))
            .expirationTime(Date.from(until))
            .build();
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID("k1")
                .build(),
            claims);
    jwt.sign(new ECDSASigner(signer));
    return jwt.serialize();
  }

  private static McpSyncClient client(URI url, String token) {
    return McpClient.sync(
            HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + url.getPort())
                .endpoint("/mcp")
                .addHttpRequestCustomizer((builder, method, uri, body, context) ->
                    builder.setHeader("Authorization", "Bearer " + token))
                .build())
        .requestTimeout(Duration.ofSeconds(30))
        .build();
  }

  @Test
  void servesRealTokensWithoutKeysAndEndsWithItsParent() throws Exception {
    TaskId task = TaskId.fresh(entropy);
    TokenId id = authority.issue(task);
    authority.tool(
        "list", new Rule(new Upstream.Http(tools.url(), Duration.ofSeconds(30)), "echo"));
    Instant soon = Instant.now().plusSeconds(300);
    ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    GatewayProcess gateway = GatewayProcess.start(order(0));
    try (McpSyncClient good = client(gateway.url(), token(id, task, key, soon));
        McpSyncClient forged = client(gateway.url(), token(id, task, foreign, soon));
        McpSyncClient old =
            client(gateway.url(), token(id, task, key, Instant.now().minusSeconds(1)))) {
      CallToolRequest list = CallToolRequest.builder("list").arguments(Map.of()).build();
      assertThat(good.callTool(list).isError()).isNotEqualTo(true);
      assertThat(authority.awaitOutcomes(1).getFirst().ending())
          .isInstanceOf(Ending.Returned.class);
      assertThatThrownBy(forged::initialize).isInstanceOf(Exception.class);
      assertThatThrownBy(old::initialize).isInstanceOf(Exception.class);
      assertThat(tools.called()).isEqualTo(1);
      Path environment = Path.of("/proc/" + gateway.pid() + "/environ");
      if (Files.exists(environment)) {
        assertThat(Files.readString(environment)).isEmpty();
        assertThat(Files.readString(Path.of("/proc/" + gateway.pid() + "/cmdline")))
            .doesNotContain(SECRET);
      }
    } finally {
      gateway.close();
    }
    assertThat(gateway.onExit().get(20, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void portInUseIsSaid() throws Exception {
    assertThatThrownBy(() -> GatewayProcess.start(order(server.port())))
        .hasMessageContaining("did not start");
  }
}

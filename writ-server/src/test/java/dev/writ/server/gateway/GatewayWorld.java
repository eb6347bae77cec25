package dev.writ.server.gateway;

import dev.writ.base.Entropy;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.ledger.MonotonicClock;
import dev.writ.server.runner.Runner;
import dev.writ.server.upstream.Destinations;
import dev.writ.server.upstream.Upstreams;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A gateway with a scripted authority, and clients of both kinds. */
final class GatewayWorld implements AutoCloseable {
  static final URI RESOURCE = URI.create("https://gateway.example/mcp");
  final Entropy entropy = seeded(7);
  final ScriptedAuthority authority;
  final Gateway gateway;
  final TaskId task = TaskId.fresh(entropy);
  final TokenId token;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<McpSyncClient> clients = new ArrayList<>();

  GatewayWorld(MonotonicClock clock, List<String> destinations) {
    this(clock, destinations, a -> a);
  }

  GatewayWorld(
      MonotonicClock clock,
      List<String> destinations,
      java.util.function.UnaryOperator<Authority> between) {
    authority = new ScriptedAuthority(entropy, clock);
    token = authority.issue(task);
    GatewaySettings settings =
        new GatewaySettings(
            "127.0.0.1",
            0,
            RESOURCE,
            List.of("https://writ.example"),
            List.of("https://console.example"));
    Upstreams upstreams =
        new Upstreams(new Destinations(destinations), Optional.of(Runner.onOwnClassPath()));
    gateway =
        Gateway.start(
            settings,
            new Gateway.Parts(
                GatewayWorld::check, between.apply(authority), upstreams, entropy, clock));
  }

  static Entropy seeded(long seed) {
    Random random = new Random(seed);
    return bytes -> {
      synchronized (random) {
        random.nextBytes(bytes);
      }
    };
  }

  /** Tokens here are {@code token~task~workload}; who presents anything else is a stranger. */
  private static TokenCheck.Checked check(TokenCheck.Presented presented) {
    String[] parts = presented.token().split("~", -1);
    if (parts.length == 3
        && TokenId.parse(parts[0]).found().isPresent()
        && presented.scheme().equals("Bearer")) {
      return new TokenCheck.Checked.Good(
          new TokenCheck.Caller(new TokenId(parts[0]), new TaskId(parts[1]), parts[2]));
    }
    return presented.token().equals("narrow")
        ? new TokenCheck.Checked.Bad(TokenCheck.Kind.INSUFFICIENT_SCOPE, "no task in the token")
        : new TokenCheck.Checked.Bad(TokenCheck.Kind.INVALID_TOKEN, "the token has expired");
  }

  String bearer() {
    return bearer(token, "matcher");
  }

  String bearer(TokenId of, String workload) {
    return of + "~" + task + "~" + workload;
  }

  /** An SDK client that has shaken hands. */
  McpSyncClient client() {
    return client(bearer());
  }

  McpSyncClient client(String bearer) {
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + gateway.port())
            .endpoint("/mcp")
            .addHttpRequestCustomizer((builder, method, uri, body, context) ->
                builder.setHeader("Authorization", "Bearer " + bearer))
            .build();
    McpSyncClient client = McpClient.sync(transport).requestTimeout(Duration.ofSeconds(20)).build();
    clients.add(client);
    return client;
  }

  HttpResponse<String> send(String method, String body, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.localUrl())
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::setHeader);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A POST with the good token. */
  HttpResponse<String> post(String body, String... headers) throws Exception {
    Map<String, String> all = new java.util.LinkedHashMap<>();
    all.put("Authorization", "Bearer " + bearer());
    all.put("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return send("POST", body, all);
  }

  /** Shakes hands by hand; the session's id. */
  String session() throws Exception {
    HttpResponse<String> hello =
        post(
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
                + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                + "\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}");
    return hello.headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  HttpResponse<String> get(String path) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + gateway.port() + path);
    return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    clients.forEach(McpSyncClient::close);
    gateway.close();
    http.close();
  }
}

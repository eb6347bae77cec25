package dev.writ.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.base.TokenId;
import dev.writ.server.gateway.ScriptedAuthority.Rule;
import dev.writ.server.mcp.JsonRpc;
import dev.writ.server.mcp.McpSessions;
import dev.writ.server.upstream.Upstream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The door byte by byte: what it refuses, and in which words. */
class McpDoorTest {
  private static SdkToolServer tools;
  private static GatewayWorld world;

  @BeforeAll
  static void start() throws Exception {
    tools = new SdkToolServer();
    world = new GatewayWorld(new SteppingClock(), List.of(tools.hostAndPort()));
    world.authority.tool(
        "list", new Rule(new Upstream.Http(tools.url(), Duration.ofSeconds(20)), "echo"));
  }

  @AfterAll
  static void stop() {
    world.close();
    tools.close();
    assertThat(world.authority.complaints()).isEmpty();
  }

  private static Map<String, String> json(String... more) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    for (int i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    return headers;
  }

  private static String request(int id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\""
        + method
        + "\",\"params\":"
        + params
        + "}";
  }

  private static Json.Obj body(HttpResponse<String> answer) {
    return Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8), Json.Bounds.REQUEST)
        .orThrow();
  }

  private static long code(HttpResponse<String> answer) {
    return body(answer).object("error").flatMap(e -> e.integer("code")).orElse(0L);
  }

  private static String challenge(HttpResponse<String> answer) {
    return answer.headers().firstValue("WWW-Authenticate").orElse("");
  }

  @Test
  void metadataNamesTheResourceAndItsAuthorizationServers() throws Exception {
    HttpResponse<String> answer = world.get("/.well-known/oauth-protected-resource/mcp");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    Json.Obj metadata = body(answer);
    assertThat(metadata.text("resource")).hasValue("https://gateway.example/mcp");
    assertThat(metadata.get("authorization_servers"))
        .hasValue(Json.strings(List.of("https://writ.example")));
    assertThat(metadata.get("bearer_methods_supported")).hasValue(Json.strings(List.of("header")));
  }

  @Test
  void withoutTokenTheChallengePointsToTheMetadata() throws Exception {
    HttpResponse<String> answer = world.send("POST", request(1, "ping", "{}"), json());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer))
        .isEqualTo(
            "Bearer resource_metadata="
                + "\"https://gateway.example/.well-known/oauth-protected-resource/mcp\"");
    assertThat(world.send("GET", "", Map.of()).statusCode()).isEqualTo(401);
    assertThat(world.send("DELETE", "", Map.of()).statusCode()).isEqualTo(401);
    assertThat(world.send("PUT", "", Map.of()).statusCode()).isEqualTo(401);
  }

  @Test
  void badTokensAreChallengedWithTheStandardsError() throws Exception {
    for (String credentials :
        List.of("Bearer old", "Basic dTpw", "Bearer", "Bearer a b", "bearer x", "DPoP " + "x")) {
      HttpResponse<String> answer =
          world.send("POST", request(1, "ping", "{}"), json("Authorization", credentials));
      assertThat(answer.statusCode()).as(credentials).isEqualTo(401);
      assertThat(challenge(answer)).as(credentials).contains("error=\"invalid_token\"");
    }
  }

  @Test
  void tokenThatReachesNothingHereIsForbidden() throws Exception {
    HttpResponse<String> answer =
        world.send("POST", request(1, "ping", "{}"), json("Authorization", "Bearer narrow"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(challenge(answer)).contains("error=\"insufficient_scope\"");
  }

  @Test
  void deadTokenIsChallengedAtTheFirstRequest() throws Exception {
    TokenId dead = TokenId.fresh(world.entropy);
    HttpResponse<String> answer =
        world.post(
            request(1, "initialize", "{\"protocolVersion\":\"2025-11-25\"}"),
            "Authorization",
            "Bearer " + world.bearer(dead, "matcher"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer)).contains("invalid_token");
  }

  @Test
  void foreignOriginIsRefusedAndAListedOneServed() throws Exception {
    assertThat(world.post(request(1, "ping", "{}"), "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
    String session = world.session();
    HttpResponse<String> ours =
        world.post(
            request(1, "ping", "{}"),
            "Origin",
            "https://console.example",
            "Mcp-Session-Id",
            session);
    assertThat(ours.statusCode()).isEqualTo(200);
  }

  @Test
  void sessionsAreOpenedUsedAndClosed() throws Exception {
    String session = world.session();
    assertThat(session).matches("[0-9a-f]{32}");
    assertThat(world.post(request(1, "ping", "{}"), "Mcp-Session-Id", session).body())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    HttpResponse<String> noted =
        world.post(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            "Mcp-Session-Id",
            session);
    assertThat(noted.statusCode()).isEqualTo(202);
    assertThat(noted.body()).isEmpty();
    Map<String, String> mine =
        Map.of("Authorization", "Bearer " + world.bearer(), "Mcp-Session-Id", session);
    assertThat(world.send("GET", "", mine).statusCode()).isEqualTo(405);
    assertThat(world.send("GET", "", mine).headers().firstValue("Allow")).hasValue("POST, DELETE");
    assertThat(world.send("DELETE", "", mine).statusCode()).isEqualTo(204);
    assertThat(world.send("DELETE", "", mine).statusCode()).isEqualTo(404);
    assertThat(world.post(request(2, "ping", "{}"), "Mcp-Session-Id", session).statusCode())
        .isEqualTo(404);
  }

  @Test
  void sessionServesOnlyTheWorkloadThatOpenedIt() throws Exception {
    String session = world.session();
    TokenId other = world.authority.issue(world.task);
    HttpResponse<String> answer =
        world.post(
            request(1, "ping", "{}"),
            "Mcp-Session-Id",
            session,
            "Authorization",
            "Bearer " + world.bearer(other, "summariser"));
    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @Test
  void withoutSessionOnlyInitializeIsServed() throws Exception {
    assertThat(world.post(request(1, "tools/list", "{}")).statusCode()).isEqualTo(400);
    assertThat(
            world.post(request(1, "tools/list", "{}"), "MCP-Protocol-Version", "1999-01-01").body())
        .contains("-32022");
  }

  @Test
  void unknownVersionGetsTheNewestWeSpeak() throws Exception {
    assertThat(world.post(request(1, "initialize", "{\"protocolVersion\":\"2024-01-01\"}")).body())
        .contains("\"protocolVersion\":\"2025-11-25\"");
    assertThat(world.post(request(1, "initialize", "{\"protocolVersion\":\"2025-06-18\"}")).body())
        .contains("\"protocolVersion\":\"2025-06-18\"");
  }

  @Test
  void everyOtherMethodIsRefusedAndNotForwarded() throws Exception {
    String session = world.session();
    int before = tools.called();
    for (String method :
        List.of("resources/list", "prompts/get", "completion/complete", "tools/Call", "x")) {
      HttpResponse<String> answer = world.post(request(1, method, "{}"), "Mcp-Session-Id", session);
      assertThat(code(answer)).as(method).isEqualTo(-32601);
    }
    assertThat(tools.called()).isEqualTo(before);
  }

  @Test
  void repeatedRequestIdIsNotSentTwice() throws Exception {
    String session = world.session();
    String call = request(41, "tools/call", "{\"name\":\"list\",\"arguments\":{}}");
    int before = tools.called();
    assertThat(world.post(call, "Mcp-Session-Id", session).body()).contains("you said");
    HttpResponse<String> again = world.post(call, "Mcp-Session-Id", session);
    assertThat(code(again)).isEqualTo(-32600);
    assertThat(again.body()).contains("request-id-used");
    assertThat(tools.called()).isEqualTo(before + 1);
    // Another session may use the same id: it is another request.
    assertThat(world.post(call, "Mcp-Session-Id", world.session()).body()).contains("you said");
  }

  @Test
  void malformedMessagesAreRefusedWithPlaceAndReason() throws Exception {
    String session = world.session();
    Map<String, Integer> refused = new LinkedHashMap<>();
    refused.put("", -32700);
    refused.put("{", -32700);
    refused.put("nonsense", -32700);
    refused.put("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} x", -32700);
    refused.put("{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", -32700);
    refused.put(request(1, "tools/call", "{\"name\":\"list\",\"name\":\"other\"}"), -32700);
    refused.put(request(1, "ping", "[".repeat(40) + "]".repeat(40)), -32700);
    refused.put(request(1, "ping", "{\"n\":9007199254740993}"), -32700);
    refused.put("[" + request(1, "ping", "{}") + "]", -32600);
    refused.put("\"ping\"", -32600);
    refused.put("{\"id\":1,\"method\":\"ping\"}", -32600);
    refused.put("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", -32600);
    refused.put("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", -32600);
    refused.put("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}", -32600);
    refused.put("{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"ping\"}", -32600);
    refused.put("{\"jsonrpc\":\"2.0\",\"id\":1}", -32600);
    refused.put("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", -32600);
    refused.put(request(1, "m".repeat(129), "{}"), -32600);
    refused.put(request(1, "ping", "[]"), -32600);
    for (Map.Entry<String, Integer> each : refused.entrySet()) {
      HttpResponse<String> answer = world.post(each.getKey(), "Mcp-Session-Id", session);
      assertThat(answer.statusCode()).as(each.getKey()).isEqualTo(400);
      assertThat(code(answer)).as(each.getKey()).isEqualTo((long) each.getValue());
    }
    assertThat(world.post("{\"a\":\n\"\\ud800\"}", "Mcp-Session-Id", session).body())
        .contains("line 2");
  }

  @Test
  void boundsHoldAtTheLimitAndOneBeyond() throws Exception {
    String session = world.session();
    String frame = request(1, "ping", "{\"x\":\"\"}");
    int room = Json.Bounds.REQUEST.bytes() - frame.length();
    String full = request(1, "ping", "{\"x\":\"" + "a".repeat(room) + "\"}");
    assertThat(world.post(full, "Mcp-Session-Id", session).statusCode()).isEqualTo(200);
    String over = request(1, "ping", "{\"x\":\"" + "a".repeat(room + 1) + "\"}");
    assertThat(world.post(over, "Mcp-Session-Id", session).statusCode()).isEqualTo(413);
    String deep = request(1, "ping", "{\"x\":" + "[".repeat(30) + "]".repeat(30) + "}");
    assertThat(world.post(deep, "Mcp-Session-Id", session).statusCode()).isEqualTo(200);
    String deeper = request(1, "ping", "{\"x\":" + "[".repeat(31) + "]".repeat(31) + "}");
    assertThat(world.post(deeper, "Mcp-Session-Id", session).statusCode()).isEqualTo(400);
  }

  @Test
  void otherMediaTypesAreRefused() throws Exception {
    assertThat(world.post(request(1, "ping", "{}"), "Content-Type", "text/plain").statusCode())
        .isEqualTo(415);
  }

  @Test
  void callsWithBadParametersAreRefusedUnasked() throws Exception {
    String session = world.session();
    int before = world.authority.questions();
    for (String params :
        List.of(
            "{}",
            "{\"name\":7}",
            "{\"name\":\"\"}",
            "{\"name\":\"" + "n".repeat(129) + "\"}",
            "{\"name\":\"list\",\"arguments\":[]}",
            "{\"name\":\"list\",\"arguments\":null}")) {
      HttpResponse<String> answer =
          world.post(request(1, "tools/call", params), "Mcp-Session-Id", session);
      assertThat(code(answer)).as(params).isEqualTo(-32602);
    }
    assertThat(world.authority.questions()).isEqualTo(before);
  }

  @Test
  void withoutSessionsTheHeadersMustSayWhatTheBodySays() throws Exception {
    String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}";
    String list = request(1, "tools/list", "{" + meta + "}");
    String call =
        request(2, "tools/call", "{\"name\":\"list\",\"arguments\":{\"a\":1}," + meta + "}");
    String version = "MCP-Protocol-Version";
    HttpResponse<String> listed =
        world.post(list, version, "2026-07-28", "Mcp-Method", "tools/list");
    assertThat(listed.statusCode()).isEqualTo(200);
    assertThat(listed.body()).contains("\"resultType\":\"complete\"").contains("\"list\"");
    HttpResponse<String> called =
        world.post(call, version, "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "list");
    assertThat(called.body()).contains("you said {a=1}").contains("\"resultType\":\"complete\"");
    for (HttpResponse<String> mismatch :
        List.of(
            world.post(list, version, "2026-07-28"),
            world.post(list, version, "2026-07-28", "Mcp-Method", "tools/call"),
            world.post(call, version, "2026-07-28", "Mcp-Method", "tools/call"),
            world.post(
                call, version, "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "other"),
            world.post(
                request(3, "tools/list", "{}"),
                version,
                "2026-07-28",
                "Mcp-Method",
                "tools/list"))) {
      assertThat(mismatch.statusCode()).isEqualTo(400);
      assertThat(code(mismatch)).isEqualTo(-32020);
    }
    HttpResponse<String> unknown =
        world.post(
            request(4, "resources/list", "{" + meta + "}"),
            version,
            "2026-07-28",
            "Mcp-Method",
            "resources/list");
    assertThat(unknown.statusCode()).isEqualTo(404);
    HttpResponse<String> discovered =
        world.post(
            request(5, "server/discover", "{" + meta + "}"),
            version,
            "2026-07-28",
            "Mcp-Method",
            "server/discover");
    assertThat(discovered.body()).contains("\"supportedVersions\":[\"2026-07-28\"]");
  }

  @Test
  void ownersOpenOnlySoManySessions() throws Exception {
    McpSessions sessions = new McpSessions(GatewayWorld.seeded(1), System::nanoTime);
    String caller = "a task and its workload";
    String first = sessions.open(caller, "2025-11-25").orElseThrow().id();
    for (int i = 1; i < McpSessions.MOST_OF_ONE; i++) {
      assertThat(sessions.open(caller, "2025-11-25")).isPresent();
    }
    assertThat(sessions.find(first, caller)).isPresent();
    assertThat(sessions.open(caller, "2025-11-25")).isPresent();
    assertThat(sessions.find(first, caller)).isEmpty();
    assertThat(sessions.size()).isEqualTo(McpSessions.MOST_OF_ONE);
  }

  @Test
  void idleSessionsEnd() {
    SteppingClock clock = new SteppingClock();
    McpSessions sessions = new McpSessions(GatewayWorld.seeded(1), clock);
    String caller = "a task and its workload";
    String id = sessions.open(caller, "2025-11-25").orElseThrow().id();
    clock.pass(Duration.ofMinutes(30));
    assertThat(sessions.find(id, caller)).isPresent();
    clock.pass(Duration.ofMinutes(30).plusNanos(1));
    assertThat(sessions.find(id, caller)).isEmpty();
    sessions.open(caller, "2025-11-25");
    assertThat(sessions.size()).isEqualTo(1);
  }

  @Test
  void anyBytesAreUnderstoodOrRefused() {
    Random random = new Random(20_261_120);
    byte[] seed =
        request(1, "tools/call", "{\"name\":\"list\",\"arguments\":{\"a\":[1,2.5,null,\"é\"]}}")
            .getBytes(StandardCharsets.UTF_8);
    int understood = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = seed.clone();
      int changes = random.nextInt(4);
      for (int c = 0; c < changes; c++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(5) == 0) {
        bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      switch (JsonRpc.parse(bytes)) {
        case JsonRpc.Incoming.Request request -> {
          understood++;
          assertThat(JsonRpc.isName(request.method())).isTrue();
        }
        case JsonRpc.Incoming.Silent silent -> assertThat(silent.method()).isNotNull();
        case JsonRpc.Incoming.Malformed malformed ->
            assertThat(malformed.code()).isIn(-32700, -32600);
      }
    }
    assertThat(understood).isBetween(4_000, 19_000);
  }
}

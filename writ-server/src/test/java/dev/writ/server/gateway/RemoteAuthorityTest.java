package dev.writ.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.CallId;
import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.catalogue.StdioLimits;
import dev.writ.fact.Fact;
import dev.writ.server.gateway.CallOutcome.Ending;
import dev.writ.server.gateway.ScriptedAuthority.Rule;
import dev.writ.server.upstream.Upstream;
import io.helidon.webserver.WebServer;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The authority in another process, here over loopback. */
class RemoteAuthorityTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private final Entropy entropy = GatewayWorld.seeded(3);
  private final ScriptedAuthority authority = new ScriptedAuthority(entropy, System::nanoTime);
  private final WebServer server = serve(0);
  private final URI door = URI.create("http://127.0.0.1:" + server.port());

  private WebServer serve(int port) {
    return WebServer.builder()
        .host("127.0.0.1")
        .port(port)
        .shutdownHook(false)
        .routing(r -> r.register(new AuthorityDoor(authority, SECRET)))
        .build()
        .start();
  }

  @AfterEach
  void stop() {
    server.stop();
    assertThat(authority.complaints()).isEmpty();
  }

  private static CallQuestion question(TokenId token, TaskId task, String tool, String key) {
    Json.Obj arguments =
        Json.object().put("n", 5).put("list", Json.strings(List.of("a\u2028b"))).build();
    return new CallQuestion(token, task, tool, arguments, Digest.ofText(key));
  }

  @Test
  void everyAnswerSurvivesTheWay() {
    try (RemoteAuthority remote = RemoteAuthority.behind(door, SECRET, System::nanoTime)) {
      TaskId task = TaskId.fresh(entropy);
      TokenId token = authority.issue(task);
      Upstream http = new Upstream.Http(URI.create("https://x.example/mcp"), Duration.ofMillis(7));
      Upstream stdio =
          new Upstream.Stdio(List.of("/bin/cat", "-"), Duration.ofSeconds(1), StdioLimits.USUAL);
      TreeMap<String, String> rows = new TreeMap<>(Map.of("rows", "/rows"));
      authority.tool("a", new Rule(http, "up", x -> true, rows));
      authority.tool("b", new Rule(stdio, "up"));
      authority.tool("never", new Rule(http, "up", x -> false, rows));

      Decided.Allowed a = (Decided.Allowed) remote.decide(question(token, task, "a", "1"));
      assertThat(a.upstream()).isEqualTo(http);
      assertThat(a.arguments()).isEqualTo(question(token, task, "a", "1").arguments());
      assertThat(a.sendWithin()).isEqualTo(Duration.ofSeconds(2));
      assertThat(a.hangsOn()).containsExactly(task.value(), token.value());
      assertThat(a.counters()).isEqualTo(rows);
      Decided.Allowed b = (Decided.Allowed) remote.decide(question(token, task, "b", "2"));
      assertThat(b.upstream()).isEqualTo(stdio);
      assertThat(remote.decide(question(token, task, "b", "2")))
          .isEqualTo(new Decided.Repeated(b.call()));
      Decided.Denied never = (Decided.Denied) remote.decide(question(token, task, "never", "3"));
      assertThat(never.policies()).containsExactly("generated-1", "guard-7");
      assertThat(never.next()).isEqualTo("ask for a wider spec");
      assertThat(never.call()).isPresent();
      assertThat(remote.tools(task, token)).isEqualTo(authority.tools(task, token));

      List<CallOutcome> outcomes =
          List.of(
              new CallOutcome(
                  a.call(),
                  task,
                  new Ending.Returned(
                      "{\"content\":[\"\u2028\",12345678901234567]}",
                      true,
                      new TreeMap<>(Map.of("rows", 9L)))),
              new CallOutcome(b.call(), task, new Ending.Lost(Fact.Sent.NEVER)));
      remote.record(outcomes);
      assertThat(authority.outcomes()).isEqualTo(outcomes);

      authority.revoke(token);
      assertThat(remote.decide(question(token, task, "a", "4")))
          .isEqualTo(new Decided.Refused("token-revoked", "the token is not live"));
      assertThat(remote.tools(task, token)).isInstanceOf(ToolsSeen.Refused.class);
    }
  }

  @Test
  void wholeCallsGoThroughARemoteAuthority() throws Exception {
    try (SdkToolServer tools = new SdkToolServer();
        RemoteAuthority remote = RemoteAuthority.behind(door, SECRET, System::nanoTime);
        GatewayWorld world =
            new GatewayWorld(System::nanoTime, List.of(tools.hostAndPort()), _ -> remote)) {
      TokenId token = authority.issue(world.task);
      Upstream http = new Upstream.Http(tools.url(), Duration.ofSeconds(20));
      authority.tool("list", new Rule(http, "echo"));
      var client = world.client(world.bearer(token, "matcher"));
      CallToolRequest list = CallToolRequest.builder("list").arguments(Map.of()).build();
      assertThat(client.callTool(list).isError()).isNotEqualTo(true);
      assertThat(authority.awaitOutcomes(1)).hasSize(1);

      // Revoked at the authority while the allow is on its way to the gateway.
      authority.afterDecision(() -> {
        authority.revoke(token);
        await(remote.revocations(), token);
      });
      assertThatThrownBy(() -> client.callTool(list))
          .isInstanceOf(McpError.class)
          .hasMessageContaining("nothing was sent");
      assertThat(tools.called()).isEqualTo(1);
      assertThat(authority.awaitOutcomes(2).getLast().ending())
          .isEqualTo(new Ending.Lost(Fact.Sent.NEVER));
    }
  }

  private static void await(RevocationFeed feed, TokenId token) {
    try {
      long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      for (long seen = feed.cursor();
          !feed.mayHaveEnded(List.of(token.value()), Long.MAX_VALUE / 2 + System.nanoTime())
              && System.nanoTime() < end;
          seen = feed.cursor()) {
        assertThat(feed.after(seen, Duration.ofMillis(100)).next()).isNotNegative();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsWrongIsDownAndNeverAnAllow() {
    TaskId task = TaskId.fresh(entropy);
    TokenId token = authority.issue(task);
    CallQuestion question = question(token, task, "a", "1");
    try (RemoteAuthority stranger =
        RemoteAuthority.behind(door, SECRET.replace('0', '9'), System::nanoTime)) {
      assertThatThrownBy(() -> stranger.decide(question))
          .isInstanceOf(AuthorityDown.class)
          .hasMessageContaining("the secret is wrong");
      assertThat(authority.questions()).isZero();
    }
    try (RemoteAuthority remote = RemoteAuthority.behind(door, SECRET, System::nanoTime)) {
      authority.down(true);
      AuthorityDown down =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              AuthorityDown.class, () -> remote.decide(question));
      assertThat(down.retryAfter()).isEqualTo(Duration.ofSeconds(2));
      assertThatThrownBy(() -> remote.record(List.of(lost(task))))
          .isInstanceOf(AuthorityDown.class);
      authority.down(false);
      server.stop();
      assertThatThrownBy(() -> remote.decide(question)).isInstanceOf(AuthorityDown.class);
    }
  }

  private CallOutcome lost(TaskId task) {
    return new CallOutcome(CallId.fresh(entropy), task, new Ending.Lost(Fact.Sent.UNKNOWN));
  }

  @Test
  void doorWithAGuessableSecretIsNotBuilt() {
    assertThatThrownBy(() -> new AuthorityDoor(authority, "short"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void malformedDecisionsAreRefused() {
    for (String text :
        List.of(
            "{}",
            "{\"decided\":\"allowed\"}",
            "{\"decided\":\"maybe\"}",
            "{\"decided\":\"repeated\",\"call\":\"x\"}",
            "{\"decided\":\"allowed\",\"call\":\""
                + CallId.fresh(entropy)
                + "\",\"sendWithinNanos\":2000000001,\"upstream\":{\"http\":\"https://x.example/\""
                + ",\"timeoutMillis\":1},\"tool\":\"t\",\"arguments\":{},\"counters\":{}}")) {
      Json.Obj json =
          Json.parseObject(
                  text.getBytes(java.nio.charset.StandardCharsets.UTF_8), AuthorityWire.SMALL)
              .orThrow();
      assertThat(AuthorityWire.decided(json).found()).as(text).isEqualTo(Optional.empty());
    }
  }
}

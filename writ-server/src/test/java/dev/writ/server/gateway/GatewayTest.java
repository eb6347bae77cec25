package dev.writ.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.writ.base.TokenId;
import dev.writ.fact.Fact;
import dev.writ.server.gateway.CallOutcome.Ending;
import dev.writ.server.gateway.ScriptedAuthority.Rule;
import dev.writ.server.upstream.Upstream;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The official SDK's client, the gateway, the official SDK's server. */
class GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final SteppingClock clock = new SteppingClock();
  private SdkToolServer tools;
  private GatewayWorld world;

  @BeforeEach
  void start() throws Exception {
    tools = new SdkToolServer();
    world = new GatewayWorld(clock, List.of(tools.hostAndPort()));
    Upstream http = new Upstream.Http(tools.url(), PATIENCE);
    TreeMap<String, String> rows = new TreeMap<>(Map.of("rows", "/rows"));
    world.authority.tool(
        "list_invoices",
        new Rule(http, "echo", a -> !a.text("supplier").equals(Optional.of("sup-9")), rows));
    world.authority.tool("broken", new Rule(http, "fail"));
    world.authority.tool("sorry", new Rule(http, "sorry"));
    world.authority.tool("absent", new Rule(http, "no_such_tool"));
    world.authority.tool("big", new Rule(http, "big"));
    world.authority.tool(
        "uncountable", new Rule(http, "echo", a -> true, new TreeMap<>(Map.of("rows", "/none"))));
    world.authority.tool(
        "slow", new Rule(new Upstream.Http(tools.url(), Duration.ofMillis(300)), "slow"));
    world.authority.tool(
        "elsewhere",
        new Rule(new Upstream.Http(URI.create("http://127.0.0.1:1/mcp"), PATIENCE), "echo"));
    world.authority.tool(
        "unlisted",
        new Rule(new Upstream.Http(URI.create("http://localhost:1/mcp"), PATIENCE), "echo"));
  }

  @AfterEach
  void stop() {
    world.close();
    tools.close();
    assertThat(world.authority.complaints()).isEmpty();
  }

  private static CallToolRequest call(String tool, Map<String, Object> arguments) {
    return CallToolRequest.builder(tool).arguments(arguments).build();
  }

  private McpSchema.JSONRPCResponse.JSONRPCError refusal(String tool, Map<String, Object> with) {
    McpError error =
        catchThrowableOfType(McpError.class, () -> world.client().callTool(call(tool, with)));
    assertThat(error).as("a JSON-RPC error for " + tool).isNotNull();
    return error.getJsonRpcError();
  }

  private static Object data(McpSchema.JSONRPCResponse.JSONRPCError error, String name) {
    Object value = error.data() instanceof Map<?, ?> data ? data.get(name) : null;
    return value == null ? "absent" : value;
  }

  private Ending onlyEnding() throws InterruptedException {
    return world.authority.awaitOutcomes(1).getFirst().ending();
  }

  @Test
  void allowedCallReachesTheToolAndItsOutcomeIsRecorded() throws Exception {
    McpSyncClient client = world.client();
    McpSchema.InitializeResult hello = client.initialize();
    assertThat(hello.protocolVersion()).isEqualTo("2025-11-25");
    assertThat(client.ping()).isNotNull();

    CallToolResult result = client.callTool(call("list_invoices", Map.of("supplier", "sup-1")));

    assertThat(((McpSchema.TextContent) result.content().getFirst()).text())
        .isEqualTo("you said {supplier=sup-1}");
    assertThat(String.valueOf(result.meta().get("dev.writ/call"))).startsWith("cal_");
    Ending.Returned returned = (Ending.Returned) onlyEnding();
    assertThat(returned.toolError()).isFalse();
    assertThat(returned.used()).containsExactly(Map.entry("rows", 3L));
    assertThat(returned.result()).contains("you said").doesNotContain("dev.writ/call");
  }

  @Test
  void manyCallsOfOneClientShareASessionAndEachHasAnOutcome() throws Exception {
    McpSyncClient client = world.client();
    for (int i = 0; i < 50; i++) {
      client.callTool(call("list_invoices", Map.of("n", i)));
    }
    assertThat(world.authority.awaitOutcomes(50)).hasSize(50);
    assertThat(tools.called()).isEqualTo(50);
  }

  @Test
  void onlyToolsOfTheSpecAreListed() {
    assertThat(world.client().listTools().tools())
        .extracting(McpSchema.Tool::name)
        .containsExactly(
            "list_invoices",
            "broken",
            "sorry",
            "absent",
            "big",
            "uncountable",
            "slow",
            "elsewhere",
            "unlisted");
  }

  @Test
  void deniedCallIsNotSentAndSaysWhyAndWhatNext() {
    var error = refusal("list_invoices", Map.of("supplier", "sup-9"));
    assertThat(error.code()).isEqualTo(-32001);
    assertThat(error.message()).isEqualTo("the supplier is outside the grant");
    assertThat(data(error, "reason")).isEqualTo("not-permitted");
    assertThat(data(error, "policies")).isEqualTo(List.of("generated-1", "guard-7"));
    assertThat(data(error, "next")).isEqualTo("ask for a wider spec");
    assertThat(tools.called()).isZero();
    assertThat(world.authority.outcomes()).isEmpty();
  }

  @Test
  void toolOutsideTheSpecIsNotCallableThoughTheUpstreamHasIt() {
    var error = refusal("echo", Map.of());
    assertThat(error.code()).isEqualTo(-32001);
    assertThat(data(error, "reason")).isEqualTo("unknown-tool");
    assertThat(tools.called()).isZero();
  }

  @Test
  void methodsThatTheGatewayDoesNotServeAreRefused() {
    assertThatThrownBy(() -> world.client().listResources()).isInstanceOf(Exception.class);
    assertThat(tools.called()).isZero();
  }

  @Test
  void toolThatSaysItFailedIsRecordedAsItAnswered() throws Exception {
    CallToolResult result = world.client().callTool(call("sorry", Map.of()));
    assertThat(result.isError()).isTrue();
    assertThat(((Ending.Returned) onlyEnding()).toolError()).isTrue();
  }

  @Test
  void toolThatBreaksIsAFailure() throws Exception {
    var error = refusal("broken", Map.of());
    assertThat(error.code()).isEqualTo(-32003);
    assertThat(error.message()).contains("the disk is on fire");
    assertThat(onlyEnding()).isEqualTo(new Ending.Failed("upstream-error"));
  }

  @Test
  void upstreamErrorIsAFailure() throws Exception {
    var error = refusal("absent", Map.of());
    assertThat(error.code()).isEqualTo(-32003);
    assertThat(data(error, "reason")).isEqualTo("upstream-error");
    assertThat(onlyEnding()).isEqualTo(new Ending.Failed("upstream-error"));
  }

  @Test
  void oversizeAnswerIsAFailure() throws Exception {
    var error = refusal("big", Map.of());
    assertThat(data(error, "reason")).isEqualTo("oversize-answer");
    assertThat(onlyEnding()).isEqualTo(new Ending.Failed("oversize-answer"));
  }

  @Test
  void answerThatCannotBeCountedIsWithheld() throws Exception {
    var error = refusal("uncountable", Map.of());
    assertThat(data(error, "reason")).isEqualTo("uncountable-answer");
    assertThat(onlyEnding()).isEqualTo(new Ending.Failed("uncountable-answer"));
  }

  @Test
  void slowUpstreamEndsInAnUnknownOutcome() throws Exception {
    // The handshake may take a while in a cold process; the lane's next call has only the tool.
    var error = refusal("slow", Map.of());
    assertThat(data(error, "reason")).isEqualTo("timeout");
    assertThat(onlyEnding()).isInstanceOf(Ending.Lost.class);
  }

  @Test
  void unreachableAndUnlistedUpstreamsGetNothing() throws Exception {
    assertThat(data(refusal("elsewhere", Map.of()), "reason")).isEqualTo("destination-refused");
    assertThat(data(refusal("unlisted", Map.of()), "reason")).isEqualTo("destination-refused");
    assertThat(world.authority.awaitOutcomes(2))
        .extracting(CallOutcome::ending)
        .containsOnly(new Ending.Lost(Fact.Sent.NEVER));
  }

  @Test
  void lateAllowIsNotSent() throws Exception {
    // Warm the lane first, so that nothing but the pause stands between allow and send.
    world.client().callTool(call("list_invoices", Map.of()));
    world.authority.awaitOutcomes(1);
    world.authority.afterDecision(() -> clock.pass(Duration.ofSeconds(2)));

    var error = refusal("list_invoices", Map.of());

    assertThat(error.code()).isEqualTo(-32003);
    assertThat(data(error, "reason")).isEqualTo("too-late");
    assertThat(tools.called()).isEqualTo(1);
    assertThat(world.authority.awaitOutcomes(2).getLast().ending())
        .isEqualTo(new Ending.Lost(Fact.Sent.NEVER));
  }

  @Test
  void allowJustInTimeIsSent() {
    world.authority.afterDecision(
        () -> clock.pass(Duration.ofSeconds(2).minus(Duration.ofNanos(1))));
    world.client().callTool(call("list_invoices", Map.of()));
    assertThat(tools.called()).isEqualTo(1);
  }

  @Test
  void revocationBetweenAllowAndSendIsObeyed() throws Exception {
    world.authority.afterDecision(() -> world.authority.revoke(world.token));
    var error = refusal("list_invoices", Map.of());
    assertThat(data(error, "reason")).isEqualTo("too-late");
    assertThat(tools.called()).isZero();
    assertThat(onlyEnding()).isEqualTo(new Ending.Lost(Fact.Sent.NEVER));
  }

  @Test
  void somebodyElsesRevocationTouchesNothing() {
    TokenId other = world.authority.issue(world.task);
    world.authority.afterDecision(() -> world.authority.revoke(other));
    world.client().callTool(call("list_invoices", Map.of()));
    assertThat(tools.called()).isEqualTo(1);
  }

  @Test
  void revokedTokenIsRefusedAtOnce() {
    McpSyncClient client = world.client();
    client.callTool(call("list_invoices", Map.of()));
    world.authority.revoke(world.token);
    assertThatThrownBy(() -> client.callTool(call("list_invoices", Map.of())))
        .isInstanceOf(Exception.class);
    assertThatThrownBy(() -> world.client().initialize()).isInstanceOf(Exception.class);
    assertThat(tools.called()).isEqualTo(1);
  }

  @Test
  void nothingIsAllowedWhileTheAuthorityIsDownAndAllIsWellAfterwards() throws Exception {
    McpSyncClient client = world.client();
    client.initialize();
    world.authority.down(true);
    assertThatThrownBy(() -> client.callTool(call("list_invoices", Map.of())))
        .isInstanceOf(Exception.class);
    assertThat(tools.called()).isZero();
    world.authority.down(false);
    client.callTool(call("list_invoices", Map.of()));
    assertThat(world.authority.awaitOutcomes(1)).hasSize(1);
  }

  @Test
  void bugsAreToldWithoutDetailAndSendNothing() throws Exception {
    String session = world.session();
    world.authority.afterDecision(() -> {
      throw new IllegalStateException("the secret is 42");
    });
    var answer =
        world.post(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"sorry\"}}",
            "Mcp-Session-Id",
            session);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("-32603").doesNotContain("42");
    assertThat(tools.called()).isZero();
    assertThat(world.gateway.callsUnderWay()).isZero();
  }

  @Test
  void callsStopWhileOutcomesCannotBeRecordedAndNoneIsLost() throws Exception {
    McpSyncClient client = world.client();
    client.initialize();
    world.authority.cannotRecord(true);
    // The first is answered, although its outcome waits.
    client.callTool(call("list_invoices", Map.of()));
    // At the second refusal the first has had its effect: nothing more is let in.
    world.authority.awaitRefusedRecords(2);
    assertThatThrownBy(() -> client.callTool(call("list_invoices", Map.of())))
        .isInstanceOf(Exception.class);
    assertThat(world.authority.questions()).isEqualTo(1);

    world.authority.cannotRecord(false);
    assertThat(world.authority.awaitOutcomes(1)).hasSize(1);
    assertThat(tools.called()).isEqualTo(1);
  }
}

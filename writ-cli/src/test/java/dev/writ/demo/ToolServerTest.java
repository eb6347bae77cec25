package dev.writ.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Json;
import dev.writ.server.postgres.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool server as a process over a real database, the agent's client talking to it directly. */
class ToolServerTest {
  @TempDir Path folder;

  private static Process start(String... arguments) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    line.add(ToolServer.class.getName());
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static Json.Obj argument(String name, String value) {
    return Json.object().put(name, value).build();
  }

  private static int rows(Agent.Called called) {
    assertThat(called).isInstanceOf(Agent.Called.Answered.class);
    return ((Agent.Called.Answered) called)
        .result()
        .object("structuredContent")
        .flatMap(c -> c.array("rows"))
        .orElseThrow()
        .size();
  }

  @Test
  void servesItsToolsUntilItsInputEnds() throws Exception {
    SecureRandom random = new SecureRandom();
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(folder.resolve("data"), random::nextBytes)) {
      Path credentials = folder.resolve("credentials");
      Files.writeString(
          credentials, "user=" + postgres.user() + "\npassword=" + postgres.password() + "\n");
      String url = postgres.url(EmbeddedPostgres.DATABASE);
      for (int again = 0; again < 2; again++) {
        Process server =
            start("--jdbc-url", url, "--credentials", credentials.toString(), "--port", "0");
        BufferedReader out =
            new BufferedReader(
                new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String address = out.readLine();
        assertThat(address).matches("http://127\\.0\\.0\\.1:[0-9]+/mcp");
        try (Agent agent = new Agent(URI.create(address), () -> "none")) {
          use(agent);
        }
        server.getOutputStream().close();
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
      }
    }
  }

  private static void use(Agent agent) {
    assertThat(agent.tools())
        .containsExactlyInAnyOrder(
            "list_invoices",
            "get_invoice",
            "update_invoice",
            "list_purchase_orders",
            "create_payment",
            "export_invoices");
    assertThat(rows(agent.call("list_invoices", argument("supplier", "sup-204")))).isEqualTo(2);
    assertThat(rows(agent.call("get_invoice", invoice("inv-7001")))).isEqualTo(1);
    assertThat(rows(agent.call("get_invoice", invoice("inv-1")))).isZero();
    assertThat(rows(agent.call("list_purchase_orders", argument("supplier", "sup-118"))))
        .isEqualTo(2);
    assertThat(rows(agent.call("export_invoices", Json.object().build()))).isEqualTo(6);
    Json.Obj payment = Json.object().put("invoice", "inv-7001").put("amount", "1200.00").build();
    assertThat(rows(agent.call("create_payment", payment))).isEqualTo(1);
    // What the database refuses is the tool's own error, what breaks is JSON-RPC's.
    Agent.Called negative =
        agent.call(
            "create_payment", Json.object().put("invoice", "inv-7001").put("amount", "-1").build());
    assertThat(((Agent.Called.Answered) negative).toolError()).isTrue();
    Agent.Called broken = agent.call("get_invoice", invoice("inv-7099"));
    assertThat(((Agent.Called.Refused) broken).message()).contains("unreadable");
    // Text is a parameter, never SQL.
    assertThat(rows(agent.call("list_invoices", argument("supplier", "' or ''='")))).isZero();
  }

  private static Json.Obj invoice(String id) {
    return Json.object().put("supplier", "sup-118").put("invoice", id).build();
  }

  @Test
  void wrongArgumentsAreSaid() throws Exception {
    Process server = start("--jdbc-url", "jdbc:postgresql://127.0.0.1:1/x", "--colour", "red");
    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(2);
    assertThatThrownBy(() -> new Arguments(new String[] {"--a"}, List.of("--a")))
        .hasMessageContaining("without value");
    assertThatThrownBy(() -> new Arguments(new String[] {"--a", "1", "--a", "2"}, List.of("--a")))
        .hasMessageContaining("twice");
  }

  @Test
  void agentObeysLinesAndRefusesNonsense() {
    AgentMain agent = new AgentMain(Optional.empty(), URI.create("http://127.0.0.1:1/mcp"));
    assertThat(agent.obey("nonsense").text("problem")).isPresent();
    assertThat(agent.obey("{\"open\":\"wrt_1\"}").text("problem")).contains("no-identity");
    assertThat(agent.obey("{\"call\":\"x\"}").text("unavailable")).isPresent();
  }
}

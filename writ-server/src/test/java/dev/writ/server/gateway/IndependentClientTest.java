package dev.writ.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.writ.base.Json;
import dev.writ.server.gateway.ScriptedAuthority.Rule;
import dev.writ.server.upstream.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TypeScript SDK as the agent. Needs npm and its registry. */
@Tag("services")
class IndependentClientTest {
  private static final String SDK = "@modelcontextprotocol/sdk@1.32.2";
  @TempDir Path folder;

  private Process run(String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void installSdk() throws Exception {
    try {
      Process npm =
          run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", SDK);
      if (npm.waitFor(5, TimeUnit.MINUTES) && npm.exitValue() == 0) {
        return;
      }
      npm.destroyForcibly();
    } catch (IOException e) {
      System.out.println("IndependentClientTest: npm cannot be run: " + e.getMessage());
    }
    System.out.println("IndependentClientTest: skipped, " + SDK + " could not be installed");
    abort("no TypeScript SDK");
  }

  @Test
  void typescriptSdkUnderstandsTheGateway() throws Exception {
    installSdk();
    Path script = folder.resolve("client.mjs");
    try (InputStream in = IndependentClientTest.class.getResourceAsStream("client.mjs")) {
      Files.copy(java.util.Objects.requireNonNull(in), script);
    }
    try (SdkToolServer tools = new SdkToolServer();
        GatewayWorld world = new GatewayWorld(new SteppingClock(), List.of(tools.hostAndPort()))) {
      Upstream http = new Upstream.Http(tools.url(), Duration.ofSeconds(30));
      world.authority.tool(
          "list",
          new Rule(
              http,
              "echo",
              a -> !a.text("supplier").equals(Optional.of("sup-9")),
              new TreeMap<>()));
      Process node = run("node", "client.mjs", world.gateway.localUrl().toString(), world.bearer());
      byte[] out = node.getInputStream().readAllBytes();
      assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(node.exitValue()).isZero();
      Json.Obj said = Json.parseObject(out, Json.Bounds.REQUEST).orThrow();
      assertThat(said.text("server")).hasValue("writ-gateway");
      assertThat(said.text("session").orElse("")).matches("[0-9a-f]{32}");
      assertThat(said.get("tools")).hasValue(Json.strings(List.of("list")));
      assertThat(said.text("text")).hasValue("you said {supplier=sup-1}");
      assertThat(said.text("call").orElse("")).startsWith("cal_");
      assertThat(said.object("denied").orElseThrow())
          .isEqualTo(
              Json.object()
                  .put("code", -32001)
                  .put("reason", "not-permitted")
                  .put("policies", Json.strings(List.of("generated-1", "guard-7")))
                  .build());
      assertThat(said.get("resources")).isPresent();
      assertThat(said.get("old")).isPresent();
      assertThat(tools.called()).isEqualTo(1);
      assertThat(new String(out, StandardCharsets.UTF_8)).doesNotContain(world.bearer());
      assertThat(world.authority.awaitOutcomes(1)).hasSize(1);
    }
  }
}

package dev.writ.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import dev.writ.base.Json;
import dev.writ.server.config.Address;
import dev.writ.server.http.Listening;
import dev.writ.server.keys.SystemEntropy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole walk by oauth4webapi and jose, which know nothing of Writ. Needs node and npm. */
@Tag("services")
class IndependentClientTest {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "walk.mjs");
  @TempDir Path keys;
  @TempDir Path script;

  @Test
  void standardClientsGetTokensNarrowThemAndSeeThemEnd() throws Exception {
    Path source = Path.of(System.getProperty("writ.root")).resolve("writ-server/src/test/js/oauth");
    for (String file : FILES) {
      Files.copy(source.resolve(file), script.resolve(file));
    }
    run("", "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
    int port = freePort();
    URI url = URI.create("http://127.0.0.1:" + port);
    Instant start = Instant.now();
    long began = System.nanoTime();
    try (OauthWorld world =
        new OauthWorld(
            keys,
            () -> start.plusNanos(System.nanoTime() - began),
            Listening.loopback(port, url))) {
      ECKey matcher = world.enrol(OauthWorld.MATCHER);
      ECKey summariser = world.enrol(OauthWorld.SUMMARISER);
      String input =
          "{\"issuer\":\""
              + world.issuer
              + "\",\"audience\":\""
              + world.gateway
              + "\",\"writ\":\""
              + world.writ
              + "\",\"matcher\":"
              + client(OauthWorld.MATCHER, matcher)
              + ",\"summariser\":"
              + client(OauthWorld.SUMMARISER, summariser)
              + "}";
      assertThat(run(input, "node", "walk.mjs")).endsWith("done\n");
    }
  }

  private static String client(String id, ECKey key) {
    return "{\"id\":"
        + new String(Json.of(id).canonical(), StandardCharsets.UTF_8)
        + ",\"jwk\":"
        + key.toJSONString()
        + "}";
  }

  private static int freePort() throws IOException {
    return Address.unused("127.0.0.1", new SystemEntropy()).port();
  }

  private String run(String input, String... command) throws Exception {
    Path output = Files.createTempFile(script, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(script.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(ended).as("%s took too long: %s", command[0], text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}

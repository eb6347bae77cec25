package dev.writ.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.catalogue.StdioLimits;
import dev.writ.server.runner.Runner;
import dev.writ.server.runner.StdioToolServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official SDK's stdio server under the runner, and programs that are no servers at all. */
class StdioUpstreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @TempDir static Path folder;
  private static Upstreams upstreams;
  private static Upstream.Stdio sdk;

  @BeforeAll
  static void start() throws IOException {
    upstreams = new Upstreams(new Destinations(List.of()), Optional.of(Runner.onOwnClassPath()));
    sdk =
        new Upstream.Stdio(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                readableClassPath(),
                StdioToolServer.class.getName()),
            PATIENCE,
            StdioLimits.USUAL);
  }

  @AfterAll
  static void stop() {
    upstreams.close();
  }

  /** The program's user may not look into ours' folders: what it needs is copied for it. */
  private static String readableClassPath() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> entries = new ArrayList<>();
    String needed = ".*(mcp-|jackson|reactor|reactive|slf4j-api|json-schema|ethlie|itu).*[.]jar";
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      if (entry.matches(needed)) {
        Path to = folder.resolve(from.getFileName());
        if (!entries.contains(to.toString())) {
          Files.copy(from, to);
          entries.add(to.toString());
        }
      } else if (Files.isDirectory(from)) {
        copyServer(from);
      }
    }
    entries.add(folder.resolve("classes").toString());
    for (Path each : list(folder)) {
      String rights = Files.isDirectory(each) ? "rwxr-xr-x" : "rw-r--r--";
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString(rights));
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void copyServer(Path classes) throws IOException {
    Path room = Path.of(StdioToolServer.class.getPackageName().replace('.', '/'));
    if (!Files.isDirectory(classes.resolve(room))) {
      return;
    }
    Path to = Files.createDirectories(folder.resolve("classes").resolve(room));
    for (Path each : list(classes.resolve(room))) {
      if (each.getFileName().toString().startsWith("StdioToolServer")) {
        Files.copy(each, to.resolve(each.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<Path> list(Path of) throws IOException {
    try (Stream<Path> all = Files.walk(of)) {
      return all.toList();
    }
  }

  private static UpstreamAnswer call(Upstream upstream, String lane, String tool) {
    return upstreams.call(
        new UpstreamCall(upstream, lane, tool, Json.object().build(), () -> true));
  }

  @Test
  void sdkServerAnswersWithoutEnvironmentAndComesBackAfterItsDeath() {
    UpstreamAnswer answer = call(sdk, "a", "whoami");
    assertThat(answer).isInstanceOf(UpstreamAnswer.Returned.class);
    Json.Obj result = ((UpstreamAnswer.Returned) answer).result();
    assertThat(result.object("structuredContent").flatMap(o -> o.integer("environment")))
        .hasValue(0L);

    UpstreamAnswer died = call(sdk, "a", "die");
    assertThat(died).isInstanceOf(UpstreamAnswer.Unknown.class);
    assertThat(((UpstreamAnswer.Unknown) died).cause()).isEqualTo("ended");

    assertThat(call(sdk, "a", "whoami")).isInstanceOf(UpstreamAnswer.Returned.class);
    assertThat(call(sdk, "a", "absent")).isInstanceOf(UpstreamAnswer.Failed.class);
  }

  @Test
  void latePermitSendsNothing() {
    UpstreamAnswer answer =
        upstreams.call(new UpstreamCall(sdk, "b", "die", Json.object().build(), () -> false));
    assertThat(answer).isInstanceOf(UpstreamAnswer.NeverSent.class);
    assertThat(call(sdk, "b", "whoami")).isInstanceOf(UpstreamAnswer.Returned.class);
  }

  private static UpstreamAnswer shell(String script) {
    return call(
        new Upstream.Stdio(List.of("/bin/sh", "-c", script), PATIENCE, StdioLimits.USUAL),
        "lane",
        "tool");
  }

  @Test
  void programsThatAreNoServersGetNoCall() {
    for (String script :
        List.of(
            "exit 7",
            "echo hello; /bin/sleep 100",
            "read a; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}'; /bin/sleep 100",
            "read a; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1}}'; /bin/sleep 100",
            "read a; printf '\\377\\n'; /bin/sleep 100")) {
      assertThat(shell(script)).as(script).isInstanceOf(UpstreamAnswer.NeverSent.class);
    }
    UpstreamAnswer.NeverSent failed =
        (UpstreamAnswer.NeverSent) shell("echo no such database >&2; exit 7");
    assertThat(failed.detail()).contains("code 7").contains("no such database");
  }

  @Test
  void nonsenseAfterTheCallIsAFailureAndSilenceIsUnknown() {
    String hello =
        "read a; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":"
            + "{\"protocolVersion\":\"2025-11-25\"}}'; read b; read c; ";
    assertThat(shell(hello + "echo nonsense; /bin/sleep 100"))
        .isInstanceOf(UpstreamAnswer.Failed.class);
    assertThat(shell(hello + "exit 0")).isInstanceOf(UpstreamAnswer.Unknown.class);
    UpstreamAnswer slow =
        call(
            new Upstream.Stdio(
                List.of("/bin/sh", "-c", hello + "/bin/sleep 100"),
                Duration.ofMillis(1_500),
                StdioLimits.USUAL),
            "slow",
            "tool");
    assertThat(slow)
        .satisfiesAnyOf(
            a -> assertThat(a).isInstanceOf(UpstreamAnswer.Unknown.class),
            a -> assertThat(a).isInstanceOf(UpstreamAnswer.NeverSent.class));
  }

  @Test
  void withoutRunnerNothingIsStarted() {
    try (Upstreams without = new Upstreams(new Destinations(List.of()), Optional.empty())) {
      UpstreamAnswer answer =
          without.call(new UpstreamCall(sdk, "a", "whoami", Json.object().build(), () -> true));
      assertThat(((UpstreamAnswer.NeverSent) answer).cause()).isEqualTo("no-runner");
    }
  }
}

package dev.writ.cli.bench;

import dev.writ.base.Json;
import dev.writ.server.runner.OwnJava;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long {@code writ serve} takes to its first answer, with its embedded database and without its
 * gateway, and how much memory it holds at idle. A process of its own each time.
 */
public final class StartBench {
  private static final int STARTS = 3;
  private static final int STARTED_SECONDS = 120;
  private static final Json.Bounds BOUNDS = new Json.Bounds(64 << 10, 8, 1_000, true);

  private StartBench() {}

  /** Founds a ledger in a temporary folder and starts a server on it a few times. */
  public static Json run() {
    try {
      Path folder = Files.createTempDirectory("writ-bench-");
      Files.setPosixFilePermissions(
          folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
      try {
        return run(folder.resolve("data"));
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Json.Obj run(Path data) throws IOException, InterruptedException {
    long founding = System.nanoTime();
    Process init =
        start(
            "init",
            "--data",
            data.toString(),
            "--founder",
            "bench",
            "--listen",
            "127.0.0.1:0",
            "--json");
    init.getInputStream().readAllBytes();
    if (init.waitFor() != 0) {
      throw new IllegalStateException("the ledger could not be founded");
    }
    long founded = System.nanoTime() - founding;
    List<Json.Int> answers = new ArrayList<>();
    long memory = 0;
    for (int i = 0; i < STARTS; i++) {
      long begin = System.nanoTime();
      Process server = start("serve", "--data", data.toString(), "--gateway-run", "off", "--json");
      try {
        URI health = URI.create(listening(server) + "/v1/health");
        answer(health);
        answers.add(Json.of(Duration.ofNanos(System.nanoTime() - begin).toMillis()));
        memory = residentKilobytes(server.pid());
      } finally {
        server.destroy();
        server.waitFor();
      }
    }
    return Json.object()
        .put("init_ms", Duration.ofNanos(founded).toMillis())
        .put("first_answer_ms", Json.array(answers))
        .put("idle_resident_kib", memory)
        .build();
  }

  private static Process start(String... arguments) throws IOException {
    List<String> line =
        new ArrayList<>(
            OwnJava.command(
                List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"),
                "dev.writ.cli.Main"));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String listening(Process server) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    if (line == null) {
      throw new IllegalStateException("the server did not start");
    }
    return Json.parseObject(line.getBytes(StandardCharsets.UTF_8), BOUNDS)
        .orThrow()
        .text("listening")
        .orElseThrow();
  }

  private static void answer(URI health) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(STARTED_SECONDS)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (reply.statusCode() != 200) {
        throw new IllegalStateException("the server answered " + reply.statusCode());
      }
    }
  }

  /** 0 where the system does not tell. */
  private static long residentKilobytes(long process) throws IOException {
    Path status = Path.of("/proc/" + process + "/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(l -> l.startsWith("VmRSS:"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}

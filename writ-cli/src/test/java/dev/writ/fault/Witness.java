package dev.writ.fault;

import dev.writ.audit.Ed25519Key;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A witness that knows only the standards, written in another language, in its own process. */
final class Witness implements AutoCloseable {
  private static final String NAME = "witness.example/w1";

  private final Path state;
  private final String logKey;
  private final int port;
  private Process process;
  private String key = "";

  Witness(Path state, String logKey) throws IOException {
    this.state = state;
    this.logKey = logKey;
    this.port = Site.freePort();
    this.process = start();
  }

  private Process start() throws IOException {
    Process started =
        new ProcessBuilder(
                "node",
                script().toString(),
                state.toString(),
                NAME,
                "07".repeat(32),
                logKey.strip(),
                String.valueOf(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
    byte[] line =
        Optional.ofNullable(out.readLine()).orElseThrow().getBytes(StandardCharsets.UTF_8);
    key = Json.parseObject(line, Json.Bounds.REQUEST).orThrow().text("vkey").orElseThrow();
    return started;
  }

  private static Path script() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("writ-server"))) {
      at = Optional.ofNullable(at.getParent()).orElseThrow();
    }
    return at.resolve("writ-server/src/test/js/witness.mjs");
  }

  /** How a server is told of it. */
  String[] flags() {
    return List.of(
            "--witness-url",
            "http://127.0.0.1:" + port,
            "--witness-key",
            key,
            "--witness-every",
            "200ms")
        .toArray(new String[0]);
  }

  NoteVerifier verifier() {
    return new NoteVerifier(VerifierKey.parse(key).orThrow(), Ed25519Key::verify);
  }

  /** It comes back where it was, with what it remembered. */
  void startAgain() throws IOException {
    process = start();
  }

  /** It goes away, as machines do; closing it again does nothing. */
  void end() throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }
}

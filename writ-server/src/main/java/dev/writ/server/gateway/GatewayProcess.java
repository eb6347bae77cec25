package dev.writ.server.gateway;

import dev.writ.base.Json;
import dev.writ.server.runner.OwnJava;
import dev.writ.server.upstream.WireJson;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A gateway as a child process, on this process's own Java and class path, with an empty
 * environment. It ends when it is closed and when this process ends in any way.
 */
public final class GatewayProcess implements AutoCloseable {
  private static final int START_SECONDS = 120;
  private final Process process;
  private final URI url;

  private GatewayProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it and waits until it listens; throws with what to do when it does not. */
  public static GatewayProcess start(GatewayOrder order) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command()).directory(new File("/"));
    builder.environment().clear();
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    try {
      process
          .getOutputStream()
          .write((WireJson.text(order.toJson()) + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      CompletableFuture<Optional<URI>> said =
          CompletableFuture.supplyAsync(() -> listening(process));
      Optional<URI> url = said.get(START_SECONDS, TimeUnit.SECONDS);
      if (url.isPresent()) {
        return new GatewayProcess(process, url.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IOException("the gateway process did not start", e);
    }
    process.destroyForcibly();
    throw new IOException(
        "the gateway process did not start; what it said on standard error tells why");
  }

  private static List<String> command() {
    return OwnJava.command(
        List.of("-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"),
        GatewayMain.class.getName());
  }

  private static Optional<URI> listening(Process process) {
    try {
      // Not closed: its end is the process's.
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      return Optional.ofNullable(line)
          .flatMap(l -> Json.parseObject(bytes(l), Json.Bounds.FACT).found())
          .flatMap(o -> o.text("listening"))
          .map(URI::create);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The MCP endpoint as seen from this machine. */
  public URI url() {
    return url;
  }

  public long pid() {
    return process.pid();
  }

  /** Done when the process ends, for whatever reason. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Asks it to end, which records the outcomes it holds, and waits up to 15 seconds. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}

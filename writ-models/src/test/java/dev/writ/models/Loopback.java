package dev.writ.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.writ.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A model's API on the loopback, which answers what a test says and keeps what it was asked. */
final class Loopback implements AutoCloseable {
  /** What is answered. */
  record Reply(int status, String body) {
    static Reply ok(String body) {
      return new Reply(200, body);
    }
  }

  /** What was asked. */
  record Asked(String path, String authorization, String apiKey, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  Loopback(Function<Asked, Reply> answers) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, answers));
    server.start();
  }

  private void answer(HttpExchange exchange, Function<Asked, Reply> answers) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Asked one =
        new Asked(
            exchange.getRequestURI().getPath(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            String.valueOf(exchange.getRequestHeaders().getFirst("x-api-key")),
            body);
    asked.add(one);
    Reply reply = answers.apply(one);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      // The drafter hung up, as it should on an answer that is too long.
      exchange.close();
    }
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** The wire form in which each provider carries an answer's text. */
  static String wire(String provider, String text) {
    return switch (provider) {
      case "openai" ->
          """
          {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"recorded-2026-10",
           "choices":[{"index":0,"finish_reason":"stop",
             "message":{"role":"assistant","content":%s}}],
           "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
          """
              .formatted(quoted(text));
      case "ollama" ->
          """
          {"model":"recorded-2026-10","created_at":"2026-10-01T00:00:00Z","done":true,
           "done_reason":"stop","message":{"role":"assistant","content":%s},
           "prompt_eval_count":1,"eval_count":1}
          """
              .formatted(quoted(text));
      default ->
          """
          {"id":"msg_1","type":"message","role":"assistant","model":"recorded-2026-10",
           "content":[{"type":"text","text":%s}],"stop_reason":"end_turn","stop_sequence":null,
           "usage":{"input_tokens":1,"output_tokens":1}}
          """
              .formatted(quoted(text));
    };
  }

  private static String quoted(String text) {
    return new String(Json.of(text).canonical(), StandardCharsets.UTF_8);
  }
}

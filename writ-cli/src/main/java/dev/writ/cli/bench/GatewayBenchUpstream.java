package dev.writ.cli.bench;

import dev.writ.base.Json;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A tool server that does as little as it can: its answers have 1 kB. */
final class GatewayBenchUpstream implements AutoCloseable {
  static final int ANSWER_BYTES = 1_024;
  private static final String FILLER = "x".repeat(ANSWER_BYTES - 90);
  private final WebServer server;

  GatewayBenchUpstream() {
    this.server =
        WebServer.builder()
            .host("127.0.0.1")
            .shutdownHook(false)
            .routing(r -> r.post("/mcp", GatewayBenchUpstream::answer))
            .build()
            .start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.port() + "/mcp");
  }

  /** A tools/call with this id. */
  static String call(long id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"tools/call\",\"params\":{\"name\":\"tool\",\"arguments\":{\"supplier\":"
        + "\"sup-118\",\"limit\":50},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":"
        + "\"2026-07-28\"}}}";
  }

  private static void answer(ServerRequest request, ServerResponse response) {
    byte[] body = request.content().as(byte[].class);
    Json.Obj message = Json.parseObject(body, Json.Bounds.REQUEST).orThrow();
    if (message.get("id").isEmpty()) {
      response.status(202).send();
      return;
    }
    long id = message.integer("id").orElseThrow();
    String result =
        message.text("method").orElse("").equals("initialize")
            ? "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}"
            : "{\"content\":[{\"type\":\"text\",\"text\":\"" + FILLER + "\"}]}";
    String text = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}";
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop();
  }
}

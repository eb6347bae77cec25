package dev.writ.fault;

import dev.writ.base.Json;
import dev.writ.demo.AgentIdentity;
import dev.writ.server.upstream.Mcp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A workload with a key of its own, and its calls as plain HTTP. */
final class Worker implements AutoCloseable {
  private static final int MOST_TRIES = 20;

  private final AgentIdentity identity;
  private final URI gateway;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** A task and the token it was opened with. */
  record Opened(String task, String token) {}

  /** An answer over HTTP, with its JSON where it has some. */
  record Reply(int status, HttpResponse<byte[]> response) {
    Json.Obj json() {
      return Json.parseObject(response.body(), Json.Bounds.REQUEST).orThrow();
    }

    /** Status and body, for a test that fails. */
    String said() {
      return status + " " + new String(response.body(), StandardCharsets.UTF_8);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The id of the call, when the tool answered. */
    Optional<String> call() {
      return status == 200
          ? json()
              .object("result")
              .flatMap(r -> r.object("_meta"))
              .flatMap(m -> m.text("dev.writ/call"))
          : Optional.empty();
    }

    /** Whether it was allowed and not sent in time. */
    boolean isTooLate() {
      return status == 200
          && json()
              .object("error")
              .flatMap(e -> e.object("data"))
              .flatMap(d -> d.text("reason"))
              .filter("too-late"::equals)
              .isPresent();
    }

    /** The error's data. */
    Json.Obj error() {
      return json().object("error").flatMap(e -> e.object("data")).orElseThrow();
    }
  }

  /** Draws a key and enrols it. */
  static Worker enrolled(URI server, URI gateway, String code) {
    AgentIdentity identity = new AgentIdentity(server);
    identity.enrol(code);
    return new Worker(identity, gateway);
  }

  private Worker(AgentIdentity identity, URI gateway) {
    this.identity = identity;
    this.gateway = gateway;
  }

  AgentIdentity identity() {
    return identity;
  }

  Opened open(String writ) {
    Json.Obj reply = identity.open(writ);
    String task =
        reply.array("authorization_details").orElseThrow().stream()
            .map(d -> ((Json.Obj) d).text("task"))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow();
    return new Opened(task, reply.text("access_token").orElseThrow());
  }

  /** Lists one supplier's invoices. */
  Reply list(String token, String supplier) throws IOException {
    return call(token, "list_invoices", Json.object().put("supplier", supplier).build());
  }

  /**
   * One call. On a crowded machine an allow may be over before the call is sent; nothing was sent
   * then, and the call is made again.
   */
  Reply call(String token, String tool, Json.Obj arguments) throws IOException {
    Reply reply = once(token, tool, arguments);
    for (int i = 0; i < MOST_TRIES && reply.isTooLate(); i++) {
      reply = once(token, tool, arguments);
    }
    return reply;
  }

  /** One call, made once. */
  Reply once(String token, String tool, Json.Obj arguments) throws IOException {
    Json.Obj meta =
        Json.object().put("io.modelcontextprotocol/protocolVersion", Mcp.STATELESS).build();
    Json.Obj params =
        Json.object().put("name", tool).put("arguments", arguments).put("_meta", meta).build();
    Json.Obj body =
        Json.object()
            .put("jsonrpc", "2.0")
            .put("id", 1)
            .put("method", "tools/call")
            .put("params", params)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(gateway)
            .timeout(Duration.ofSeconds(40))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header(Mcp.VERSION_HEADER, Mcp.STATELESS)
            .header("Mcp-Method", "tools/call")
            .header("Mcp-Name", tool)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    new String(body.canonical(), StandardCharsets.UTF_8)))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(response.statusCode(), response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}

package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.server.upstream.Mcp;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** One request to the gateway that a token is for, as an agent would send it (MCP, stateless). */
final class GatewayCaller {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final Json.Bounds CLAIMS = new Json.Bounds(64 << 10, 12, 20_000, true);
  private static final int UNAVAILABLE = -32004;

  private final URI gateway;
  private final String token;

  /** A caller of this gateway. */
  GatewayCaller(URI gateway, String token) {
    this.gateway = gateway;
    this.token = token;
  }

  /** The gateway a token says it is for. Its signature is the gateway's to check. */
  static URI audience(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      Optional<URI> audience =
          parts.length != 3
              ? Optional.empty()
              : Json.parseObject(Base64.getUrlDecoder().decode(parts[1]), CLAIMS)
                  .found()
                  .flatMap(claims -> claims.text("aud"))
                  .map(URI::create);
      if (audience.isPresent() && audience.get().getHost() != null) {
        return audience.get();
      }
    } catch (IllegalArgumentException e) {
      // Told below, like a token that names no gateway.
    }
    throw Failure.of(
        Exit.INPUT,
        "file-unreadable",
        "the token does not say which gateway it is for",
        "name a file that `writ task open` wrote, or the gateway with --gateway URL");
  }

  /**
   * The result of a request. Throws {@link Failure} for every refusal.
   *
   * @param tool the tool that is called, where one is
   */
  Json.Obj send(String method, Optional<String> tool, Json.Builder params) {
    Json.Obj meta =
        Json.object().put("io.modelcontextprotocol/protocolVersion", Mcp.STATELESS).build();
    Json.Obj body =
        Json.object()
            .put("jsonrpc", "2.0")
            .put("id", 1)
            .put("method", method)
            .put("params", params.put("_meta", meta).build())
            .build();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header(Mcp.VERSION_HEADER, Mcp.STATELESS)
            .header("Mcp-Method", method)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.canonical()));
    tool.ifPresent(name -> request.header("Mcp-Name", name));
    return result(answered(request.build()));
  }

  private HttpResponse<byte[]> answered(HttpRequest request) {
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw Failure.of(
          Exit.SERVER,
          "gateway-unreachable",
          "the gateway " + gateway + " cannot be reached: " + e.getMessage(),
          "start it with `writ serve`, or name another with --gateway URL");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Exit.SERVER, "interrupted", "Interrupted", "try again");
    }
  }

  private static Json.Obj result(HttpResponse<byte[]> response) {
    Optional<Json.Obj> reply = Json.parseObject(response.body(), Mcp.ANSWER).found();
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      throw Failure.of(
          Exit.REFUSED,
          "token-refused",
          "the gateway refuses the token: " + described(response),
          "open a task, or ask for a fresh token");
    }
    Optional<Json.Obj> result = reply.flatMap(r -> r.object("result"));
    if (result.isPresent()) {
      return result.get();
    }
    throw reply
        .flatMap(r -> r.object("error"))
        .map(GatewayCaller::refused)
        .orElseGet(() ->
            Failure.of(
                Exit.SERVER,
                "not-a-gateway",
                "the answer has status " + response.statusCode() + " and is not a gateway's",
                "check the URL"));
  }

  private static Failure refused(Json.Obj error) {
    Json.Obj data = error.object("data").orElseGet(() -> Json.object().build());
    boolean down = error.integer("code").equals(Optional.of((long) UNAVAILABLE));
    return Failure.of(
        down ? Exit.SERVER : Exit.REFUSED,
        data.text("reason").orElse("refused"),
        error.text("message").orElse("the gateway refused"),
        data.text("next").orElse("look at the writ with `writ show`"));
  }

  /** RFC 6750, section 3: what the challenge says is wrong. */
  private static String described(HttpResponse<byte[]> response) {
    String challenge = response.headers().firstValue("WWW-Authenticate").orElse("");
    String mark = "error_description=\"";
    int from = challenge.indexOf(mark);
    int end = from < 0 ? -1 : challenge.indexOf('"', from + mark.length());
    return end < 0
        ? "status " + response.statusCode()
        : challenge.substring(from + mark.length(), end);
  }
}

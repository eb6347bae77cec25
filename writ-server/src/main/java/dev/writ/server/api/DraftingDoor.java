package dev.writ.server.api;

import dev.writ.base.Json;
import dev.writ.ledger.MonotonicClock;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.Door;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import dev.writ.server.http.StrangerLog;
import dev.writ.server.mcp.JsonRpc;
import dev.writ.server.mcp.McpDoor;
import dev.writ.server.mcp.McpReply;
import dev.writ.server.upstream.Mcp;
import dev.writ.server.upstream.WireJson;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Writ as an MCP server for people's chat clients, at {@code /mcp} (streamable HTTP) with the
 * person's session as bearer token; who is not known is challenged (RFC 6750, RFC 9728).
 */
public final class DraftingDoor implements Door {
  private static final String METADATA = "/.well-known/oauth-protected-resource/mcp";
  private static final String JSON = "application/json";

  private final McpDoor<String> mcp;
  private final People people;
  private final Edge edge;

  /**
   * What lies around the door.
   *
   * @param strangers where those are counted who are not known
   * @param publicUrl where the server is known, without a slash at its end
   * @param nanos by which sessions grow old
   */
  public record Edge(StrangerLog strangers, URI publicUrl, MonotonicClock nanos) {}

  /**
   * @param mcp answers a person's messages
   */
  public DraftingDoor(McpDoor<String> mcp, People people, Edge edge) {
    this.mcp = mcp;
    this.people = people;
    this.edge = edge;
  }

  @Override
  public String name() {
    return "mcp";
  }

  @Override
  public Dialect dialect() {
    return Dialect.PROBLEM;
  }

  @Override
  public void open(Routes routes) {
    routes
        .post("/mcp", asked -> guarded(asked, this::post))
        .delete("/mcp", asked -> guarded(asked, (by, a) -> mcp.delete(by, headers(a))))
        .get(METADATA, asked -> metadata());
  }

  @FunctionalInterface
  private interface Answering {
    McpReply answer(String by, Asked asked);
  }

  private Answer guarded(Asked asked, Answering answering) {
    if (!asked.headers("Origin").isEmpty()) {
      // A browser on some page (MCP transports, security warning); chat clients send none.
      return answer(
          McpReply.Http.error(
              403, new Json.Null(), JsonRpc.INVALID_REQUEST, "no origin is listed"));
    }
    String by;
    try {
      by = people.of(asked);
    } catch (Refused e) {
      edge.strangers().refused(name(), e.refusal().name());
      return challenge(!asked.headers("Authorization").isEmpty(), "sign in and send your session");
    }
    return answer(answering.answer(by, asked));
  }

  private McpReply post(String by, Asked asked) {
    String type = asked.header("Content-Type").orElse("");
    int parameters = type.indexOf(';');
    String bare = (parameters < 0 ? type : type.substring(0, parameters)).strip();
    return bare.equalsIgnoreCase(JSON)
        ? mcp.post(by, headers(asked), asked.body())
        : McpReply.Http.error(
            415, new Json.Null(), JsonRpc.INVALID_REQUEST, "send `Content-Type: " + JSON + "`");
  }

  private static McpDoor.Headers headers(Asked asked) {
    return new McpDoor.Headers(
        asked.header(Mcp.SESSION_HEADER),
        asked.header(Mcp.VERSION_HEADER),
        asked.header("Mcp-Method"),
        asked.header("Mcp-Name"));
  }

  private Answer answer(McpReply reply) {
    return switch (reply) {
      case McpReply.Message(Json.Obj body, Optional<String> session) -> {
        Answer answer = Answer.bytes(200, JSON, WireJson.bytes(body));
        yield session.map(id -> answer.with(Mcp.SESSION_HEADER, id)).orElse(answer);
      }
      case McpReply.Accepted() -> Answer.empty(202);
      case McpReply.Gone() -> Answer.empty(204);
      case McpReply.Http(int status, Json.Obj body) ->
          Answer.bytes(status, JSON, WireJson.bytes(body));
      case McpReply.Unavailable(Json.Obj body, Duration retryAfter) ->
          Answer.bytes(503, JSON, WireJson.bytes(body))
              .with("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
      case McpReply.Challenge(String description) -> challenge(true, description);
    };
  }

  private Answer challenge(boolean presented, String description) {
    String error =
        presented ? ", error=\"invalid_token\", error_description=\"" + description + "\"" : "";
    Json.Obj body =
        Json.object().put("error", "invalid_token").put("error_description", description).build();
    return Answer.json(401, body)
        .with(
            "WWW-Authenticate",
            "Bearer resource_metadata=\"" + edge.publicUrl() + METADATA + "\"" + error);
  }

  private Answer metadata() {
    return Answer.json(
        200,
        Json.object()
            .put("resource", edge.publicUrl() + "/mcp")
            .put("authorization_servers", Json.strings(List.of(edge.publicUrl().toString())))
            .put("bearer_methods_supported", Json.strings(List.of("header")))
            .put("resource_name", "Writ drafting")
            .build());
  }
}

package dev.writ.server.mcp;

import dev.writ.base.Json;
import java.time.Duration;
import java.util.Optional;

/** What an MCP endpoint says to one HTTP request, before it is put into HTTP. */
public sealed interface McpReply {
  /** A JSON-RPC reply, with a session's id when one was just opened. */
  record Message(Json.Obj body, Optional<String> session) implements McpReply {
    public static Message of(Json.Obj body) {
      return new Message(body, Optional.empty());
    }
  }

  /** Taken note of; nothing to say. */
  record Accepted() implements McpReply {}

  /** A session ended. */
  record Gone() implements McpReply {}

  /** Refused in HTTP's own words, the body a JSON-RPC error for clients that read it. */
  record Http(int status, Json.Obj body) implements McpReply {
    /** A JSON-RPC error under an HTTP status. */
    public static Http error(int status, Json id, int code, String message) {
      return new Http(status, JsonRpc.error(id, code, message, Optional.empty()));
    }
  }

  /** The credential that was presented is no longer good. */
  record Challenge(String description) implements McpReply {}

  /** Nobody can decide at the moment. */
  record Unavailable(Json.Obj body, Duration retryAfter) implements McpReply {}
}

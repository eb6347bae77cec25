package dev.writ.server.gateway;

import dev.writ.base.Json;
import java.time.Duration;
import java.util.Optional;

/** What the gateway says to one HTTP request, before it is put into HTTP. */
sealed interface Reply {
  /** A JSON-RPC reply, with a session's id when one was just opened. */
  record Message(Json.Obj body, Optional<String> session) implements Reply {
    static Message of(Json.Obj body) {
      return new Message(body, Optional.empty());
    }
  }

  /** Taken note of; nothing to say. */
  record Accepted() implements Reply {}

  /** A session ended. */
  record Gone() implements Reply {}

  /** Refused in HTTP's own words, the body a JSON-RPC error for clients that read it. */
  record Http(int status, Json.Obj body) implements Reply {
    static Http error(int status, Json id, int code, String message) {
      return new Http(status, JsonRpc.error(id, code, message, Optional.empty()));
    }
  }

  /** Not authenticated; {@code error} is empty when no token was presented at all. */
  record Challenge(TokenCheck.Kind kind, boolean presented, String description) implements Reply {}

  /** Nobody can decide at the moment. */
  record Unavailable(Json.Obj body, Duration retryAfter) implements Reply {}
}

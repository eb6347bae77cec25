package dev.writ.server.mcp;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import java.time.Duration;
import java.util.List;

/**
 * What stands behind an MCP endpoint.
 *
 * @param <C> an authenticated caller
 */
public interface McpTools<C> {
  /** What the server calls itself. */
  String name();

  /** What a client may tell its model about the server. */
  String instructions();

  /** Whose sessions a caller's are; callers with another owner never meet them. */
  String owner(C caller);

  /** The tools a caller sees now. */
  Listed list(C caller);

  /** Calls one; a name that is not listed is refused here too. */
  Called call(C caller, Call call);

  /** A JSON-RPC error that says that nothing can be done at the moment. */
  Json.Obj unavailable(Json id, String why);

  /**
   * A call.
   *
   * @param id its JSON-RPC id
   * @param key digest of session and id: the same for a repeat, never for another call
   */
  record Call(String tool, Json.Obj arguments, Json id, Digest key) {}

  /** What a caller sees. */
  sealed interface Listed {
    /** Tools in MCP's form, in a stable order. */
    record Tools(List<Json.Obj> tools) implements Listed {
      public Tools {
        tools = List.copyOf(tools);
      }
    }

    /** The caller's credential is no longer good. */
    record Dead(String message) implements Listed {}
  }

  /** What a call came to. */
  sealed interface Called {
    /** A tool result in MCP's form. */
    record Result(Json.Obj result) implements Called {}

    /** A JSON-RPC reply that carries an error. */
    record Refused(Json.Obj reply) implements Called {}

    /** Nothing can be done at the moment; the reply carries the error. */
    record NotNow(Json.Obj reply, Duration retryAfter) implements Called {}

    /** The caller's credential is no longer good. */
    record Dead(String message) implements Called {}
  }
}

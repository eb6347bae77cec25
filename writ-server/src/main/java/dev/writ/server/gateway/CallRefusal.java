package dev.writ.server.gateway;

import dev.writ.base.CallId;
import dev.writ.base.Json;
import dev.writ.server.mcp.JsonRpc;
import java.util.List;
import java.util.Optional;

/**
 * Why a call has no result, for the agent: a JSON-RPC error whose {@code data} carries the stable
 * reason, the policies and what to do next. An error, not a result with {@code isError}: clients
 * raise it, so that a refusal cannot be mistaken for a tool's answer.
 */
sealed interface CallRefusal {
  /** The code of a denial (AuthZEN's MCP binding). */
  int DENIED = -32001;

  /** The code of a call that was allowed and has no answer. */
  int NO_ANSWER = -32003;

  /** The code when nobody can decide. */
  int UNAVAILABLE = -32004;

  /** The authority denied it. */
  record Denied(Decided.Denied why) implements CallRefusal {}

  /** It was decided before under the same id. */
  record Repeated(CallId call) implements CallRefusal {}

  /** A call that was allowed. */
  record Permitted(CallId call, List<String> policies) {
    public Permitted {
      policies = List.copyOf(policies);
    }
  }

  /** It was allowed, and the permit ran out before it left. */
  record TooLate(Permitted call) implements CallRefusal {}

  /** It was allowed, and the tool server could not be reached; nothing was sent. */
  record NotSent(Permitted call, String cause, String detail) implements CallRefusal {}

  /** The tool server got it and failed. */
  record Failed(Permitted call, String cause, String detail) implements CallRefusal {}

  /** It was sent and no answer came. */
  record Unknown(Permitted call, String cause, String detail) implements CallRefusal {}

  /** It cannot be decided or recorded at the moment. */
  record Unavailable(String detail) implements CallRefusal {}

  /** The JSON-RPC reply. */
  default Json.Obj reply(Json id) {
    return switch (this) {
      case Denied(Decided.Denied why) ->
          error(
              id,
              DENIED,
              why.message(),
              data(why.reason(), why.next(), why.call(), why.policies()));
      case Repeated(CallId call) ->
          error(
              id,
              JsonRpc.INVALID_REQUEST,
              "this session used the request id before; the call was not sent again",
              data(
                  "request-id-used",
                  "use a fresh id for each request",
                  Optional.of(call),
                  List.of()));
      case TooLate(Permitted call) ->
          error(
              id,
              NO_ANSWER,
              "the call was allowed, but could not be sent before the permission ran out or was"
                  + " revoked; nothing was sent",
              data("too-late", "call again; it is decided anew", call));
      case NotSent(Permitted call, String cause, String detail) ->
          error(
              id,
              NO_ANSWER,
              "the call was allowed, but not sent: " + detail,
              data(cause, "nothing happened; call again later or tell the tool's owner", call));
      case Failed(Permitted call, String cause, String detail) ->
          error(
              id,
              NO_ANSWER,
              "the call was allowed and the tool failed: " + detail,
              data(cause, "check what the tool did before calling again", call));
      case Unknown(Permitted call, String cause, String detail) ->
          error(
              id,
              NO_ANSWER,
              "the call was allowed and sent, but has no answer: " + detail,
              data(cause, "it may have had its effect; check before calling again", call));
      case Unavailable(String detail) ->
          error(
              id,
              UNAVAILABLE,
              "the call was not decided and not sent: " + detail,
              data("unavailable", "try again shortly", Optional.empty(), List.of()));
    };
  }

  private static Json.Obj error(Json id, int code, String message, Json.Obj data) {
    return JsonRpc.error(id, code, message, Optional.of(data));
  }

  private static Json.Obj data(String reason, String next, Permitted call) {
    return data(reason, next, Optional.of(call.call()), call.policies());
  }

  private static Json.Obj data(
      String reason, String next, Optional<CallId> call, List<String> policies) {
    return Json.object()
        .put("reason", reason)
        .put("policies", Json.strings(policies))
        .put("next", next)
        .putIfPresent("call", call.map(c -> Json.of(c.value())))
        .build();
  }
}

package dev.writ.server.mcp;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import java.util.Optional;

/** JSON-RPC 2.0 as MCP uses it: reads an agent's message, writes our replies. */
public final class JsonRpc {
  public static final int PARSE_ERROR = -32700;
  public static final int INVALID_REQUEST = -32600;
  public static final int METHOD_NOT_FOUND = -32601;
  public static final int INVALID_PARAMS = -32602;
  public static final int INTERNAL_ERROR = -32603;

  /** Longest id, method or tool name, in characters. */
  public static final int LONGEST_NAME = 128;

  private JsonRpc() {}

  /** What an agent sent. */
  public sealed interface Incoming {
    /** Something that wants a reply. */
    record Request(Json id, String method, Json.Obj params) implements Incoming {}

    /** Something that wants none: a notification, or a reply to a question we never asked. */
    record Silent(String method) implements Incoming {}

    /** Not understood. */
    record Malformed(Json id, int code, String message) implements Incoming {}
  }

  /** Reads one message; batches are refused. */
  public static Incoming parse(byte[] body) {
    return switch (Json.parse(body, Json.Bounds.REQUEST)) {
      case Parsed.Refused<Json>(var problems) ->
          new Incoming.Malformed(new Json.Null(), PARSE_ERROR, problems.getFirst().toString());
      case Parsed.Ok<Json>(Json.Obj message) -> read(message);
      case Parsed.Ok<Json>(Json other) ->
          invalid(new Json.Null(), "send one JSON-RPC message; batches are not served");
    };
  }

  private static Incoming read(Json.Obj message) {
    Optional<Json> given = message.get("id");
    Json id = given.filter(JsonRpc::isId).orElse(new Json.Null());
    if (given.isPresent() && !isId(given.get())) {
      return invalid(id, "`id` is neither an integer nor a string of 1 to 128 characters");
    }
    if (!message.text("jsonrpc").equals(Optional.of("2.0"))) {
      return invalid(id, "`jsonrpc` is not \"2.0\"");
    }
    Optional<Json> method = message.get("method");
    if (method.isEmpty()) {
      boolean reply = message.get("result").isPresent() || message.get("error").isPresent();
      return reply && given.isPresent()
          ? new Incoming.Silent("")
          : invalid(id, "`method` is missing");
    }
    if (!(method.get() instanceof Json.Str(String name)) || !isName(name)) {
      return invalid(id, "`method` is not a string of 1 to 128 characters");
    }
    Json params = message.get("params").orElse(Json.object().build());
    if (!(params instanceof Json.Obj object)) {
      return invalid(id, "`params` is not an object");
    }
    return given.isPresent() ? new Incoming.Request(id, name, object) : new Incoming.Silent(name);
  }

  private static boolean isId(Json id) {
    return id instanceof Json.Int || (id instanceof Json.Str(String text) && isName(text));
  }

  /** Whether this can be a method or a tool: 1 to {@link #LONGEST_NAME} characters. */
  public static boolean isName(String text) {
    return !text.isEmpty() && text.length() <= LONGEST_NAME;
  }

  private static Incoming invalid(Json id, String message) {
    return new Incoming.Malformed(id, INVALID_REQUEST, message);
  }

  /** The reply to a request that was carried out. */
  public static Json.Obj result(Json id, Json.Obj result) {
    return Json.object().put("jsonrpc", "2.0").put("id", id).put("result", result).build();
  }

  /** The reply to a request that was not. */
  public static Json.Obj error(Json id, int code, String message, Optional<Json.Obj> data) {
    Json.Obj error =
        Json.object().put("code", code).put("message", message).putIfPresent("data", data).build();
    return Json.object().put("jsonrpc", "2.0").put("id", id).put("error", error).build();
  }
}

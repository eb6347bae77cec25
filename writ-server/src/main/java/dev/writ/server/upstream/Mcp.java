package dev.writ.server.upstream;

import dev.writ.base.Json;
import java.util.List;

/** The names and versions of the Model Context Protocol that both sides of the gateway use. */
public final class Mcp {
  /** The newest protocol version with sessions; what we ask upstreams for. */
  public static final String NEWEST_WITH_SESSIONS = "2025-11-25";

  /** Versions with sessions that we speak, newest first. */
  public static final List<String> WITH_SESSIONS =
      List.of(NEWEST_WITH_SESSIONS, "2025-06-18", "2025-03-26");

  /** The version without sessions. */
  public static final String STATELESS = "2026-07-28";

  /** The header that carries a session's id. */
  public static final String SESSION_HEADER = "Mcp-Session-Id";

  /** The header that carries the negotiated version. */
  public static final String VERSION_HEADER = "MCP-Protocol-Version";

  /** Bounds of a tool server's answer: 1 MiB, 64 deep; large integers pass as they are. */
  public static final Json.Bounds ANSWER = new Json.Bounds(1 << 20, 64, 200_000, false);

  private Mcp() {}

  /** What we call ourselves. */
  public static Json.Obj implementation(String name) {
    return Json.object().put("name", name).put("version", "0.1.0").build();
  }

  static Json.Obj request(long id, String method, Json.Obj params) {
    return Json.object()
        .put("jsonrpc", "2.0")
        .put("id", id)
        .put("method", method)
        .put("params", params)
        .build();
  }

  static Json.Obj notification(String method) {
    return Json.object().put("jsonrpc", "2.0").put("method", method).build();
  }

  static Json.Obj initialize(long id) {
    Json.Obj params =
        Json.object()
            .put("protocolVersion", NEWEST_WITH_SESSIONS)
            .put("capabilities", Json.object().build())
            .put("clientInfo", implementation("writ-gateway"))
            .build();
    return request(id, "initialize", params);
  }

  static Json.Obj toolsCall(long id, UpstreamCall call) {
    Json.Obj params =
        Json.object().put("name", call.tool()).put("arguments", call.arguments()).build();
    return request(id, "tools/call", params);
  }

  /**
   * Our reply to a request of the upstream's: a ping is answered, everything else is refused,
   * because the gateway offers upstreams nothing.
   */
  static Json.Obj reply(Json id, String method) {
    Json.Builder out = Json.object().put("jsonrpc", "2.0").put("id", id);
    return method.equals("ping")
        ? out.put("result", Json.object().build()).build()
        : out.put(
                "error",
                Json.object().put("code", -32601).put("message", "method not found").build())
            .build();
  }
}

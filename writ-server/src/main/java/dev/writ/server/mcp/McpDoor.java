package dev.writ.server.mcp;

import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.Text;
import dev.writ.server.upstream.Mcp;
import dev.writ.server.upstream.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MCP's methods for an authenticated caller. Deny by default: the door answers what it knows
 * itself, asks about tools, and refuses the rest; nothing is passed through.
 *
 * @param <C> an authenticated caller
 */
public final class McpDoor<C> {
  private static final int HEADER_MISMATCH = -32020;
  private static final int UNSUPPORTED_VERSION = -32022;
  private static final int NO_SESSION = -32005;

  private final McpTools<C> tools;
  private final McpSessions sessions;
  private final Entropy entropy;

  public McpDoor(McpTools<C> tools, McpSessions sessions, Entropy entropy) {
    this.tools = tools;
    this.sessions = sessions;
    this.entropy = entropy;
  }

  /**
   * What MCP puts into HTTP headers.
   *
   * @param method {@code Mcp-Method} and {@code name} {@code Mcp-Name}, both only without sessions
   */
  public record Headers(
      Optional<String> session,
      Optional<String> version,
      Optional<String> method,
      Optional<String> name) {}

  /** One understood request with all that is known about where it came from. */
  private record Asked<C>(C caller, JsonRpc.Incoming.Request request, Digest callerKey) {
    Json id() {
      return request.id();
    }
  }

  /** Answers one message. */
  public McpReply post(C caller, Headers headers, byte[] body) {
    return switch (JsonRpc.parse(body)) {
      case JsonRpc.Incoming.Malformed(Json id, int code, String message) ->
          McpReply.Http.error(400, id, code, message);
      case JsonRpc.Incoming.Silent silent -> new McpReply.Accepted();
      case JsonRpc.Incoming.Request request -> {
        try {
          yield request(caller, headers, request);
        } catch (McpUnavailable e) {
          yield new McpReply.Unavailable(
              tools.unavailable(request.id(), String.valueOf(e.getMessage())), e.retryAfter());
        }
      }
    };
  }

  /** Ends a session. */
  public McpReply delete(C caller, Headers headers) {
    boolean closed =
        headers.session().map(id -> sessions.close(id, tools.owner(caller))).orElse(false);
    return closed ? new McpReply.Gone() : unknownSession(new Json.Null());
  }

  private McpReply request(C caller, Headers headers, JsonRpc.Incoming.Request request) {
    if (headers.version().equals(Optional.of(Mcp.STATELESS))) {
      return stateless(caller, headers, request);
    }
    if (request.method().equals("initialize")) {
      return initialize(caller, request);
    }
    Optional<String> version = headers.version();
    if (version.isPresent() && !Mcp.WITH_SESSIONS.contains(version.get())) {
      return unsupported(request.id(), version.get());
    }
    if (headers.session().isEmpty()) {
      return McpReply.Http.error(
          400, request.id(), NO_SESSION, "no session: send `initialize` and then its session id");
    }
    Optional<McpSessions.Session> session =
        sessions.find(headers.session().get(), tools.owner(caller));
    if (session.isEmpty()) {
      return unknownSession(request.id());
    }
    Digest key = callerKey(session.get().id(), request.id());
    Asked<C> asked = new Asked<>(caller, request, key);
    return switch (request.method()) {
      case "ping" -> McpReply.Message.of(JsonRpc.result(request.id(), Json.object().build()));
      case "tools/list" -> list(asked, false);
      case "tools/call" -> call(asked, false);
      default -> notFound(200, request);
    };
  }

  private static McpReply unknownSession(Json id) {
    // 404 makes clients open a new session (MCP 2025-11-25, session management).
    return McpReply.Http.error(
        404, id, NO_SESSION, "the session is unknown or over: initialize anew");
  }

  private static McpReply unsupported(Json id, String version) {
    List<String> supported = new ArrayList<>(List.of(Mcp.STATELESS));
    supported.addAll(Mcp.WITH_SESSIONS);
    Json.Obj data =
        Json.object()
            .put("supported", Json.strings(supported))
            .put("requested", Text.excerpt(version))
            .build();
    return new McpReply.Http(
        400,
        JsonRpc.error(
            id, UNSUPPORTED_VERSION, "the protocol version is not served", Optional.of(data)));
  }

  private static McpReply notFound(int status, JsonRpc.Incoming.Request request) {
    String message = "the method `" + Text.excerpt(request.method()) + "` is not served";
    Json.Obj body =
        JsonRpc.error(request.id(), JsonRpc.METHOD_NOT_FOUND, message, Optional.empty());
    return status == 200 ? McpReply.Message.of(body) : new McpReply.Http(status, body);
  }

  private static Digest callerKey(String session, Json id) {
    byte[] idBytes = WireJson.bytes(id);
    return Digest.sha256(session.getBytes(StandardCharsets.US_ASCII), new byte[1], idBytes);
  }

  private McpReply initialize(C caller, JsonRpc.Incoming.Request request) {
    Optional<String> wanted = request.params().text("protocolVersion");
    if (wanted.isEmpty()) {
      return McpReply.Http.error(
          400, request.id(), JsonRpc.INVALID_PARAMS, "`protocolVersion` is missing");
    }
    // A session is worth nothing to a token that was revoked; say so at the first request.
    if (tools.list(caller) instanceof McpTools.Listed.Dead(String message)) {
      return new McpReply.Challenge(message);
    }
    String version = wanted.filter(Mcp.WITH_SESSIONS::contains).orElse(Mcp.NEWEST_WITH_SESSIONS);
    Optional<McpSessions.Session> session = sessions.open(tools.owner(caller), version);
    if (session.isEmpty()) {
      return new McpReply.Unavailable(
          tools.unavailable(request.id(), "too many sessions are open"), Duration.ofSeconds(30));
    }
    Json.Obj result =
        Json.object()
            .put("protocolVersion", version)
            .put("capabilities", capabilities())
            .put("serverInfo", Mcp.implementation(tools.name()))
            .put("instructions", tools.instructions())
            .build();
    return new McpReply.Message(
        JsonRpc.result(request.id(), result), session.map(McpSessions.Session::id));
  }

  private static Json.Obj capabilities() {
    return Json.object().put("tools", Json.object().put("listChanged", false).build()).build();
  }

  private McpReply list(Asked<C> asked, boolean stateless) {
    return switch (tools.list(asked.caller())) {
      case McpTools.Listed.Dead(String message) -> new McpReply.Challenge(message);
      case McpTools.Listed.Tools(List<Json.Obj> listed) -> {
        Json.Builder out = Json.object().put("tools", Json.array(listed));
        if (stateless) {
          // What one token may see says nothing about another's, and may end at any time.
          out.put("ttlMs", 0).put("cacheScope", "private").put("resultType", "complete");
        }
        yield McpReply.Message.of(JsonRpc.result(asked.id(), out.build()));
      }
    };
  }

  private McpReply call(Asked<C> asked, boolean stateless) {
    Json.Obj params = asked.request().params();
    Optional<String> tool = params.text("name");
    Json arguments = params.get("arguments").orElse(Json.object().build());
    if (tool.isEmpty() || !JsonRpc.isName(tool.get())) {
      return invalid(asked.id(), "`name` is not a string of 1 to 128 characters");
    }
    if (!(arguments instanceof Json.Obj object)) {
      return invalid(asked.id(), "`arguments` is not an object");
    }
    McpTools.Call call = new McpTools.Call(tool.get(), object, asked.id(), asked.callerKey());
    return switch (tools.call(asked.caller(), call)) {
      case McpTools.Called.Result(Json.Obj result) ->
          McpReply.Message.of(JsonRpc.result(asked.id(), stateless ? complete(result) : result));
      case McpTools.Called.Refused(Json.Obj reply) -> McpReply.Message.of(reply);
      case McpTools.Called.NotNow(Json.Obj reply, Duration retryAfter) ->
          new McpReply.Unavailable(reply, retryAfter);
      case McpTools.Called.Dead(String message) -> new McpReply.Challenge(message);
    };
  }

  private static Json.Obj complete(Json.Obj result) {
    Json.Builder out = Json.object();
    result.members().entrySet().stream()
        .filter(e -> !e.getKey().equals("resultType"))
        .forEach(e -> out.put(e.getKey(), e.getValue()));
    return out.put("resultType", "complete").build();
  }

  private static McpReply invalid(Json id, String message) {
    return McpReply.Message.of(
        JsonRpc.error(id, JsonRpc.INVALID_PARAMS, message, Optional.empty()));
  }

  /** MCP 2026-07-28: no session; the headers must say what the body says. */
  private McpReply stateless(C caller, Headers headers, JsonRpc.Incoming.Request request) {
    boolean named =
        !request.method().equals("tools/call")
            || headers.name().equals(request.params().text("name"));
    if (!headers.method().equals(Optional.of(request.method())) || !named) {
      return McpReply.Http.error(
          400, request.id(), HEADER_MISMATCH, "`Mcp-Method` or `Mcp-Name` differs from the body");
    }
    Optional<String> inBody =
        request
            .params()
            .object("_meta")
            .flatMap(m -> m.text("io.modelcontextprotocol/protocolVersion"));
    if (!inBody.equals(headers.version())) {
      return McpReply.Http.error(
          400, request.id(), HEADER_MISMATCH, "the header's protocol version is not the body's");
    }
    // Nothing ties two such requests together, so each is a call of its own.
    Asked<C> asked = new Asked<>(caller, request, Digest.sha256(entropy.bytes(32)));
    return switch (request.method()) {
      case "server/discover" -> discover(asked);
      case "tools/list" -> list(asked, true);
      case "tools/call" -> call(asked, true);
      default -> notFound(404, request);
    };
  }

  private McpReply discover(Asked<C> asked) {
    if (tools.list(asked.caller()) instanceof McpTools.Listed.Dead(String message)) {
      return new McpReply.Challenge(message);
    }
    Json.Obj result =
        Json.object()
            .put("supportedVersions", Json.strings(List.of(Mcp.STATELESS)))
            .put("capabilities", capabilities())
            .put("serverInfo", Mcp.implementation(tools.name()))
            .put("instructions", tools.instructions())
            .put("ttlMs", 0)
            .put("cacheScope", "private")
            .put("resultType", "complete")
            .build();
    return McpReply.Message.of(JsonRpc.result(asked.id(), result));
  }
}

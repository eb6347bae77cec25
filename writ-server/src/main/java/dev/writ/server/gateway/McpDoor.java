package dev.writ.server.gateway;

import dev.writ.base.Digest;
import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.Text;
import dev.writ.server.gateway.TokenCheck.Caller;
import dev.writ.server.upstream.Mcp;
import dev.writ.server.upstream.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MCP's methods for an authenticated caller. Deny by default: the gateway answers what it knows
 * itself, asks the authority about tools, and refuses the rest; nothing is passed through.
 */
final class McpDoor {
  private static final int HEADER_MISMATCH = -32020;
  private static final int UNSUPPORTED_VERSION = -32022;
  private static final int NO_SESSION = -32005;

  private final Authority authority;
  private final ToolCalls calls;
  private final Sessions sessions;
  private final Entropy entropy;

  McpDoor(Authority authority, ToolCalls calls, Sessions sessions, Entropy entropy) {
    this.authority = authority;
    this.calls = calls;
    this.sessions = sessions;
    this.entropy = entropy;
  }

  /**
   * What MCP puts into HTTP headers.
   *
   * @param method {@code Mcp-Method} and {@code name} {@code Mcp-Name}, both only without sessions
   */
  record Headers(
      Optional<String> session,
      Optional<String> version,
      Optional<String> method,
      Optional<String> name) {}

  /** One understood request with all that is known about where it came from. */
  private record Asked(Caller caller, JsonRpc.Incoming.Request request, Digest callerKey) {
    Json id() {
      return request.id();
    }
  }

  Reply post(Caller caller, Headers headers, byte[] body) {
    return switch (JsonRpc.parse(body)) {
      case JsonRpc.Incoming.Malformed(Json id, int code, String message) ->
          Reply.Http.error(400, id, code, message);
      case JsonRpc.Incoming.Silent silent -> new Reply.Accepted();
      case JsonRpc.Incoming.Request request -> {
        try {
          yield request(caller, headers, request);
        } catch (AuthorityDown e) {
          CallRefusal why = new CallRefusal.Unavailable(String.valueOf(e.getMessage()));
          yield new Reply.Unavailable(why.reply(request.id()), e.retryAfter());
        }
      }
    };
  }

  Reply delete(Caller caller, Headers headers) {
    boolean closed = headers.session().map(id -> sessions.close(id, caller)).orElse(false);
    return closed ? new Reply.Gone() : unknownSession(new Json.Null());
  }

  private Reply request(Caller caller, Headers headers, JsonRpc.Incoming.Request request) {
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
      return Reply.Http.error(
          400, request.id(), NO_SESSION, "no session: send `initialize` and then its session id");
    }
    Optional<Sessions.Session> session = sessions.find(headers.session().get(), caller);
    if (session.isEmpty()) {
      return unknownSession(request.id());
    }
    Digest key = callerKey(session.get().id(), request.id());
    Asked asked = new Asked(caller, request, key);
    return switch (request.method()) {
      case "ping" -> Reply.Message.of(JsonRpc.result(request.id(), Json.object().build()));
      case "tools/list" -> list(asked, false);
      case "tools/call" -> call(asked, false);
      default -> notFound(200, request);
    };
  }

  private static Reply unknownSession(Json id) {
    // 404 makes clients open a new session (MCP 2025-11-25, session management).
    return Reply.Http.error(404, id, NO_SESSION, "the session is unknown or over: initialize anew");
  }

  private static Reply unsupported(Json id, String version) {
    List<String> supported = new ArrayList<>(List.of(Mcp.STATELESS));
    supported.addAll(Mcp.WITH_SESSIONS);
    Json.Obj data =
        Json.object()
            .put("supported", Json.strings(supported))
            .put("requested", Text.excerpt(version))
            .build();
    return new Reply.Http(
        400,
        JsonRpc.error(
            id, UNSUPPORTED_VERSION, "the protocol version is not served", Optional.of(data)));
  }

  private static Reply notFound(int status, JsonRpc.Incoming.Request request) {
    String message = "the method `" + Text.excerpt(request.method()) + "` is not served";
    Json.Obj body =
        JsonRpc.error(request.id(), JsonRpc.METHOD_NOT_FOUND, message, Optional.empty());
    return status == 200 ? Reply.Message.of(body) : new Reply.Http(status, body);
  }

  private static Digest callerKey(String session, Json id) {
    byte[] idBytes = WireJson.bytes(id);
    return Digest.sha256(session.getBytes(StandardCharsets.US_ASCII), new byte[1], idBytes);
  }

  private Reply initialize(Caller caller, JsonRpc.Incoming.Request request) {
    Optional<String> wanted = request.params().text("protocolVersion");
    if (wanted.isEmpty()) {
      return Reply.Http.error(
          400, request.id(), JsonRpc.INVALID_PARAMS, "`protocolVersion` is missing");
    }
    // A session is worth nothing to a token that was revoked; say so at the first request.
    if (authority.tools(caller.task(), caller.token()) instanceof ToolsSeen.Refused refused) {
      return dead(refused.message());
    }
    String version = wanted.filter(Mcp.WITH_SESSIONS::contains).orElse(Mcp.NEWEST_WITH_SESSIONS);
    Optional<Sessions.Session> session = sessions.open(caller, version);
    if (session.isEmpty()) {
      CallRefusal why = new CallRefusal.Unavailable("too many sessions are open");
      return new Reply.Unavailable(why.reply(request.id()), java.time.Duration.ofSeconds(30));
    }
    Json.Obj result =
        Json.object()
            .put("protocolVersion", version)
            .put("capabilities", capabilities())
            .put("serverInfo", Mcp.implementation("writ-gateway"))
            .put("instructions", INSTRUCTIONS)
            .build();
    return new Reply.Message(
        JsonRpc.result(request.id(), result), session.map(Sessions.Session::id));
  }

  private static final String INSTRUCTIONS =
      "Every tool call is decided by policy and recorded. A refusal carries its reason and what to"
          + " do next in the error's data; repeating a refused call does not help.";

  private static Json.Obj capabilities() {
    return Json.object().put("tools", Json.object().put("listChanged", false).build()).build();
  }

  private static Reply dead(String message) {
    return new Reply.Challenge(TokenCheck.Kind.INVALID_TOKEN, true, message);
  }

  private Reply list(Asked asked, boolean stateless) {
    return switch (authority.tools(asked.caller().task(), asked.caller().token())) {
      case ToolsSeen.Refused(String reason, String message) -> dead(message);
      case ToolsSeen.Listed(List<ToolsSeen.Tool> tools) -> {
        Json.Builder out = Json.object();
        out.put("tools", Json.array(tools.stream().map(ToolsSeen.Tool::toJson).toList()));
        if (stateless) {
          // What one token may see says nothing about another's, and may end at any time.
          out.put("ttlMs", 0).put("cacheScope", "private").put("resultType", "complete");
        }
        yield Reply.Message.of(JsonRpc.result(asked.id(), out.build()));
      }
    };
  }

  private Reply call(Asked asked, boolean stateless) {
    Json.Obj params = asked.request().params();
    Optional<String> tool = params.text("name");
    Json arguments = params.get("arguments").orElse(Json.object().build());
    if (tool.isEmpty() || !JsonRpc.isName(tool.get())) {
      return invalid(asked.id(), "`name` is not a string of 1 to 128 characters");
    }
    if (!(arguments instanceof Json.Obj object)) {
      return invalid(asked.id(), "`arguments` is not an object");
    }
    Caller caller = asked.caller();
    CallQuestion question =
        new CallQuestion(caller.token(), caller.task(), tool.get(), object, asked.callerKey());
    return switch (calls.call(question, caller.workload())) {
      case ToolCalls.Called.Result(Json.Obj result) ->
          Reply.Message.of(JsonRpc.result(asked.id(), stateless ? complete(result) : result));
      case ToolCalls.Called.NoResult(CallRefusal.Unavailable why) ->
          new Reply.Unavailable(why.reply(asked.id()), java.time.Duration.ofSeconds(1));
      case ToolCalls.Called.NoResult(CallRefusal why) -> Reply.Message.of(why.reply(asked.id()));
      case ToolCalls.Called.TokenRefused(Decided.Refused why) -> dead(why.message());
    };
  }

  private static Json.Obj complete(Json.Obj result) {
    Json.Builder out = Json.object();
    result.members().entrySet().stream()
        .filter(e -> !e.getKey().equals("resultType"))
        .forEach(e -> out.put(e.getKey(), e.getValue()));
    return out.put("resultType", "complete").build();
  }

  private static Reply invalid(Json id, String message) {
    return Reply.Message.of(JsonRpc.error(id, JsonRpc.INVALID_PARAMS, message, Optional.empty()));
  }

  /** MCP 2026-07-28: no session; the headers must say what the body says. */
  private Reply stateless(Caller caller, Headers headers, JsonRpc.Incoming.Request request) {
    boolean named =
        !request.method().equals("tools/call")
            || headers.name().equals(request.params().text("name"));
    if (!headers.method().equals(Optional.of(request.method())) || !named) {
      return Reply.Http.error(
          400, request.id(), HEADER_MISMATCH, "`Mcp-Method` or `Mcp-Name` differs from the body");
    }
    Optional<String> inBody =
        request
            .params()
            .object("_meta")
            .flatMap(m -> m.text("io.modelcontextprotocol/protocolVersion"));
    if (!inBody.equals(headers.version())) {
      return Reply.Http.error(
          400, request.id(), HEADER_MISMATCH, "the header's protocol version is not the body's");
    }
    // Nothing ties two such requests together, so each is a call of its own.
    Asked asked = new Asked(caller, request, Digest.sha256(entropy.bytes(32)));
    return switch (request.method()) {
      case "server/discover" -> discover(asked);
      case "tools/list" -> list(asked, true);
      case "tools/call" -> call(asked, true);
      default -> notFound(404, request);
    };
  }

  private Reply discover(Asked asked) {
    if (authority.tools(asked.caller().task(), asked.caller().token())
        instanceof ToolsSeen.Refused refused) {
      return dead(refused.message());
    }
    Json.Obj result =
        Json.object()
            .put("supportedVersions", Json.strings(List.of(Mcp.STATELESS)))
            .put("capabilities", capabilities())
            .put("serverInfo", Mcp.implementation("writ-gateway"))
            .put("instructions", INSTRUCTIONS)
            .put("ttlMs", 0)
            .put("cacheScope", "private")
            .put("resultType", "complete")
            .build();
    return Reply.Message.of(JsonRpc.result(asked.id(), result));
  }
}

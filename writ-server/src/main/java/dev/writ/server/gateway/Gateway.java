package dev.writ.server.gateway;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.Text;
import dev.writ.ledger.MonotonicClock;
import dev.writ.server.gateway.TokenCheck.Checked;
import dev.writ.server.gateway.TokenCheck.Presented;
import dev.writ.server.mcp.JsonRpc;
import dev.writ.server.mcp.McpDoor;
import dev.writ.server.mcp.McpReply;
import dev.writ.server.mcp.McpSessions;
import dev.writ.server.upstream.Mcp;
import dev.writ.server.upstream.Upstreams;
import dev.writ.server.upstream.WireJson;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The gateway's HTTP side: the MCP endpoint (streamable HTTP) at {@code /mcp} and the metadata of
 * the protected resource (RFC 9728). Who is not known is challenged before a byte of the body is
 * read.
 */
public final class Gateway implements AutoCloseable {
  /** Most connections at a time. */
  static final int MOST_CONNECTIONS = 4_096;

  private static final int LONGEST_BODY = Json.Bounds.REQUEST.bytes();
  private static final HeaderName SESSION = HeaderNames.create(Mcp.SESSION_HEADER);
  private static final HeaderName VERSION = HeaderNames.create(Mcp.VERSION_HEADER);
  private static final HeaderName METHOD = HeaderNames.create("Mcp-Method");
  private static final HeaderName NAME = HeaderNames.create("Mcp-Name");
  private static final HeaderName DPOP = HeaderNames.create("DPoP");
  private static final Pattern CREDENTIALS =
      Pattern.compile("(Bearer|DPoP) +([A-Za-z0-9\\-._~+/]{1,12288}=*)");

  private final GatewaySettings settings;
  private final TokenCheck check;
  private final McpDoor<TokenCheck.Caller> door;
  private final Outcomes outcomes;
  private final Upstreams upstreams;
  private final WebServer server;

  /**
   * What a gateway is made of.
   *
   * @param upstreams closed with the gateway
   */
  public record Parts(
      TokenCheck check,
      Authority authority,
      Upstreams upstreams,
      Entropy entropy,
      MonotonicClock clock) {}

  private Gateway(GatewaySettings settings, Parts parts) {
    this.settings = settings;
    this.check = parts.check();
    this.upstreams = parts.upstreams();
    this.outcomes = new Outcomes(parts.authority());
    ToolCalls calls = new ToolCalls(parts.authority(), outcomes, upstreams, parts.clock());
    McpSessions sessions = new McpSessions(parts.entropy(), parts.clock());
    this.door =
        new McpDoor<>(new GatewayTools(parts.authority(), calls), sessions, parts.entropy());
    this.server =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .maxPayloadSize(LONGEST_BODY)
            .maxTcpConnections(MOST_CONNECTIONS)
            .connectionOptions(o -> o.readTimeout(Duration.ofSeconds(30)).tcpNoDelay(true))
            .idleConnectionTimeout(Duration.ofMinutes(2))
            .shutdownHook(false)
            .routing(this::routes)
            .build();
  }

  /** Starts to listen; throws {@link IllegalStateException} when the address is in use. */
  public static Gateway start(GatewaySettings settings, Parts parts) {
    if (!isFree(settings)) {
      throw cannotListen(settings);
    }
    Gateway gateway = new Gateway(settings, parts);
    boolean listening;
    try {
      // Depending on what is wrong, the server throws or says nothing and does not run.
      listening = gateway.server.start().isRunning();
    } catch (RuntimeException e) {
      System.getLogger(Gateway.class.getName())
          .log(System.Logger.Level.WARNING, "the gateway does not start", e);
      listening = false;
    }
    if (!listening) {
      gateway.close();
      throw cannotListen(settings);
    }
    return gateway;
  }

  /** Asked first, since the HTTP library prints a page of its own insides when it cannot bind. */
  private static boolean isFree(GatewaySettings settings) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(settings.host(), settings.port()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static IllegalStateException cannotListen(GatewaySettings settings) {
    return new IllegalStateException(
        "the gateway cannot listen on "
            + settings.host()
            + ":"
            + settings.port()
            + "; is another program listening there?");
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** The MCP endpoint as seen from this machine. */
  public URI localUrl() {
    return URI.create("http://" + settings.host() + ":" + port() + "/mcp");
  }

  /** Calls that were allowed, or are being decided, and whose outcome is not recorded yet. */
  public int callsUnderWay() {
    return outcomes.reserved();
  }

  private void routes(HttpRouting.Builder routing) {
    routing
        .post("/mcp", (request, response) -> guarded(request, response, "POST"))
        .delete("/mcp", (request, response) -> guarded(request, response, "DELETE"))
        .any("/mcp", (request, response) -> guarded(request, response, ""))
        .get(settings.metadataPath(), (request, response) -> metadata(response));
  }

  private void metadata(ServerResponse response) {
    Json.Obj metadata =
        Json.object()
            .put("resource", settings.resource().toString())
            .put("authorization_servers", Json.strings(settings.authorizationServers()))
            .put("bearer_methods_supported", Json.strings(List.of("header")))
            .put(
                "authorization_details_types_supported",
                Json.strings(List.of(dev.writ.token.Scope.DETAILS_TYPE)))
            .put("resource_name", "Writ gateway")
            .build();
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(WireJson.bytes(metadata));
  }

  private void guarded(ServerRequest request, ServerResponse response, String method)
      throws IOException {
    Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
    if (origin.isPresent() && !settings.origins().contains(origin.get())) {
      // A browser on a page that is not ours (MCP transports, security warning).
      send(
          response,
          McpReply.Http.error(
              403, new Json.Null(), JsonRpc.INVALID_REQUEST, "the origin is not listed"));
      return;
    }
    switch (credentials(request, method)) {
      case Checked.Bad(TokenCheck.Kind kind, String description) -> {
        boolean presented = request.headers().contains(HeaderNames.AUTHORIZATION);
        challenge(response, kind, presented, description);
      }
      case Checked.Good(TokenCheck.Caller caller) ->
          send(response, answerOrFail(request, method, caller));
    }
  }

  /** A bug of ours is logged in full and told without detail. */
  private McpReply answerOrFail(ServerRequest request, String method, TokenCheck.Caller caller)
      throws IOException {
    try {
      return answer(request, method, caller);
    } catch (AuthorityDown down) {
      CallRefusal why = new CallRefusal.Unavailable(String.valueOf(down.getMessage()));
      return new McpReply.Unavailable(why.reply(new Json.Null()), down.retryAfter());
    } catch (RuntimeException bug) {
      System.getLogger(Gateway.class.getName())
          .log(System.Logger.Level.ERROR, "a request could not be answered", bug);
      return McpReply.Http.error(
          500, new Json.Null(), JsonRpc.INTERNAL_ERROR, "internal error; the log says more");
    }
  }

  private Checked credentials(ServerRequest request, String method) {
    List<String> headers = request.headers().values(HeaderNames.AUTHORIZATION);
    if (headers.size() != 1) {
      return new Checked.Bad(TokenCheck.Kind.INVALID_TOKEN, "present one access token");
    }
    var matcher = CREDENTIALS.matcher(headers.getFirst());
    if (!matcher.matches()) {
      return new Checked.Bad(TokenCheck.Kind.INVALID_TOKEN, "the credentials are malformed");
    }
    Optional<String> proof = request.headers().first(DPOP);
    return check.check(
        new Presented(
            matcher.group(1), matcher.group(2), proof, method, settings.resource().toString()));
  }

  private McpReply answer(ServerRequest request, String method, TokenCheck.Caller caller)
      throws IOException {
    ServerRequestHeaders headers = request.headers();
    McpDoor.Headers mcp =
        new McpDoor.Headers(
            headers.first(SESSION),
            headers.first(VERSION),
            headers.first(METHOD),
            headers.first(NAME));
    return switch (method) {
      case "POST" -> {
        if (!isJson(headers)) {
          yield refused(415, "send `Content-Type: application/json`");
        }
        Optional<byte[]> body = body(request);
        yield body.isEmpty()
            ? refused(413, "the message is longer than " + LONGEST_BODY + " bytes")
            : door.post(caller, mcp, body.get());
      }
      case "DELETE" -> door.delete(caller, mcp);
      default -> refused(405, "this endpoint is for POST and DELETE; it opens no event stream");
    };
  }

  private static boolean isJson(ServerRequestHeaders headers) {
    return headers
        .contentType()
        .map(t -> t.mediaType().text().equalsIgnoreCase("application/json"))
        .orElse(false);
  }

  private static McpReply refused(int status, String message) {
    return McpReply.Http.error(status, new Json.Null(), JsonRpc.INVALID_REQUEST, message);
  }

  private static Optional<byte[]> body(ServerRequest request) throws IOException {
    if (!request.content().hasEntity()) {
      return Optional.of(new byte[0]);
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes(LONGEST_BODY + 1);
      return body.length > LONGEST_BODY ? Optional.empty() : Optional.of(body);
    }
  }

  private void send(ServerResponse response, McpReply reply) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    switch (reply) {
      case McpReply.Message(Json.Obj body, Optional<String> session) -> {
        session.ifPresent(id -> response.header(SESSION, id));
        response.send(WireJson.bytes(body));
      }
      case McpReply.Accepted() -> response.status(202).send();
      case McpReply.Gone() -> response.status(204).send();
      case McpReply.Http(int status, Json.Obj body) -> {
        if (status == 405) {
          response.header(HeaderNames.ALLOW, "POST, DELETE");
        }
        response.status(status).send(WireJson.bytes(body));
      }
      case McpReply.Unavailable(Json.Obj body, Duration retryAfter) -> {
        long seconds = Math.max(1, retryAfter.toSeconds());
        response.header(HeaderNames.RETRY_AFTER, Long.toString(seconds));
        response.status(503).send(WireJson.bytes(body));
      }
      case McpReply.Challenge(String description) ->
          challenge(response, TokenCheck.Kind.INVALID_TOKEN, true, description);
    }
  }

  /** RFC 6750, section 3, and RFC 9728, section 5.1. */
  private void challenge(
      ServerResponse response, TokenCheck.Kind kind, boolean presented, String description) {
    String error =
        switch (kind) {
          case INVALID_TOKEN -> "invalid_token";
          case INSUFFICIENT_SCOPE -> "insufficient_scope";
        };
    int status =
        switch (kind) {
          case INVALID_TOKEN -> 401;
          case INSUFFICIENT_SCOPE -> 403;
        };
    StringBuilder challenge = new StringBuilder("Bearer resource_metadata=\"");
    challenge.append(settings.metadataUrl()).append('"');
    String said = quotable(description);
    if (presented) {
      challenge.append(", error=\"").append(error);
      challenge.append("\", error_description=\"").append(said).append('"');
    }
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    response.header(HeaderNames.WWW_AUTHENTICATE, challenge.toString());
    Json.Obj body = Json.object().put("error", error).put("error_description", said).build();
    response.status(status).send(WireJson.bytes(body));
  }

  /** A header's quoted string holds neither quotes nor anything beyond ASCII. */
  private static String quotable(String text) {
    String ascii = new String(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
    return Text.excerpt(ascii.replace('"', '\'').replace('\\', '/'));
  }

  /** Stops listening, waits for outcomes to be recorded, ends upstream sessions. */
  @Override
  public void close() {
    server.stop();
    outcomes.close();
    upstreams.close();
  }
}

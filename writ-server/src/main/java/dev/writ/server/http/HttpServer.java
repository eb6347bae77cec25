package dev.writ.server.http;

import dev.writ.base.Entropy;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.LedgerStore;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener and its doors. A virtual thread a request; every answer has a request id and
 * security headers; nothing unforeseen tells a stranger its detail.
 */
public final class HttpServer implements AutoCloseable {
  /** Most connections at once. */
  public static final int MOST_CONNECTIONS = 4_096;

  /** Most bytes of all headers of a request. */
  public static final int LONGEST_HEADERS = 32 * 1024;

  /** How long requests under way may take to end when the server stops. */
  public static final Duration GRACE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final String REQUEST_ID = "X-Request-ID";
  private static final Pattern WELL_FORMED_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Listening listening;
  private final StrangerLog strangers;
  private final Entropy entropy;
  private final BodyDeadlines deadlines;
  private final WebServer server;

  private HttpServer(
      Listening listening, List<Door> doors, StrangerLog strangers, Entropy entropy) {
    this.listening = listening;
    this.strangers = strangers;
    this.entropy = entropy;
    this.deadlines = new BodyDeadlines(listening.patience());
    this.server =
        WebServer.builder()
            .host(listening.host())
            .port(listening.port())
            .maxTcpConnections(MOST_CONNECTIONS)
            .connectionOptions(o -> o.tcpNoDelay(true))
            .idleConnectionTimeout(Duration.ofMinutes(2))
            .shutdownGracePeriod(GRACE)
            .shutdownHook(false)
            .addProtocol(Http1Config.builder().maxHeadersSize(LONGEST_HEADERS).build())
            .directHandlers(malformed())
            .routing(routing -> {
              doors.forEach(d -> open(d, routing));
              rest(routing);
            })
            .build();
  }

  /** Opens the doors. Throws {@link ListenRefused}. */
  public static HttpServer start(
      Listening listening, List<Door> doors, StrangerLog strangers, Entropy entropy) {
    requireFree(listening);
    HttpServer server = new HttpServer(listening, doors, strangers, entropy);
    try {
      server.server.start();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw refused(listening, e);
    }
  }

  /** Asks first, since the HTTP library prints a page of its own insides when it cannot bind. */
  private static void requireFree(Listening listening) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(listening.host(), listening.port()));
    } catch (IOException e) {
      throw refused(listening, new UncheckedIOException(e));
    }
  }

  private static ListenRefused refused(Listening listening, RuntimeException why) {
    String where = listening.host() + ":" + listening.port();
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new ListenRefused(
            "cannot listen on "
                + where
                + " ("
                + cause.getMessage()
                + "); another program may be listening there: stop it, or choose another port",
            why);
      }
    }
    return new ListenRefused("cannot listen on " + where + ": " + why.getMessage(), why);
  }

  /** Where it listens; differs from what was asked for when that was port 0. */
  public int port() {
    return server.port();
  }

  /** Takes no new requests, gives those under way {@link #GRACE}, and ends. */
  @Override
  public void close() {
    server.stop();
    deadlines.close();
  }

  private void open(Door door, HttpRouting.Builder routing) {
    Routes routes = new Routes();
    door.open(routes);
    for (Routes.Route route : routes.all()) {
      routing.route(route.method(), route.path(), (q, s) -> serve(door, route.handling(), q, s));
    }
    for (Map.Entry<String, Set<String>> path : routes.methods().entrySet()) {
      HttpRefusal other = new HttpRefusal.MethodNotAllowed(List.copyOf(path.getValue()));
      routing.any(
          path.getKey(),
          (q, s) ->
              serve(
                  door,
                  asked -> {
                    throw new Refused(other);
                  },
                  q,
                  s));
    }
  }

  private void rest(HttpRouting.Builder routing) {
    Door nobody = new NoDoor();
    routing.any((q, s) ->
        serve(
            nobody,
            asked -> {
              throw new Refused(new HttpRefusal.NoSuchPath());
            },
            q,
            s));
  }

  private void serve(Door door, Handling handling, ServerRequest request, ServerResponse response) {
    String given = request.headers().first(HeaderNames.create(REQUEST_ID)).orElse("");
    String id =
        WELL_FORMED_ID.matcher(given).matches()
            ? given
            : "req_" + HexFormat.of().formatHex(entropy.bytes(12));
    var bodies = new HelidonAsked.Bodies(listening.longestBody(), deadlines);
    send(response, answer(door, handling, new HelidonAsked(request, bodies, id)), id);
  }

  private Answer answer(Door door, Handling handling, Asked asked) {
    try {
      return handling.answer(asked);
    } catch (Refused e) {
      strangers.refused(door.name(), e.refusal().name());
      return switch (door.dialect()) {
        case PROBLEM -> ProblemDialect.answer(e.refusal());
        case OAUTH -> OauthDialect.answer(e.refusal());
      };
    } catch (LedgerFault.Poisoned e) {
      return bug(door, asked, e);
    } catch (LedgerFault e) {
      LOG.warn("{} {}: {}", asked.requestId(), door.name(), e.getMessage());
      return unavailable(door, e.retryAfter());
    } catch (LedgerStore.StoreFault e) {
      LOG.warn("{} {}: {}", asked.requestId(), door.name(), e.getMessage());
      return unavailable(door, Duration.ofSeconds(1));
    } catch (RuntimeException e) {
      return bug(door, asked, e);
    }
  }

  private static Answer unavailable(Door door, Duration retryAfter) {
    return switch (door.dialect()) {
      case PROBLEM -> ProblemDialect.unavailable(retryAfter);
      case OAUTH -> OauthDialect.unavailable(retryAfter);
    };
  }

  private static Answer bug(Door door, Asked asked, RuntimeException e) {
    LOG.error("{} {}: unforeseen", asked.requestId(), door.name(), e);
    return switch (door.dialect()) {
      case PROBLEM -> ProblemDialect.bug(asked.requestId());
      case OAUTH -> OauthDialect.bug(asked.requestId());
    };
  }

  private void send(ServerResponse response, Answer answer, String id) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(REQUEST_ID, id);
    headers.put("Cache-Control", "no-store");
    headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Content-Type-Options", "nosniff");
    if ("https".equals(listening.publicUrl().getScheme())) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
    headers.putAll(answer.headers());
    headers.forEach((name, value) -> response.header(HeaderNames.create(name), value));
    response.status(Status.create(answer.status()));
    response.send(answer.body());
  }

  /** What is not HTTP at all is answered without saying what was in it. */
  private DirectHandlers malformed() {
    DirectHandler handler =
        (request, event, status, headers, message) -> {
          strangers.refused("http", "not-http");
          return DirectHandler.TransportResponse.builder()
              .status(status)
              .headers(headers)
              .keepAlive(false)
              .build();
        };
    DirectHandlers.Builder all = DirectHandlers.builder();
    for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
      all.addHandler(event, handler);
    }
    return all.build();
  }

  /** Paths that belong to no door. */
  private static final class NoDoor implements Door {
    @Override
    public String name() {
      return "http";
    }

    @Override
    public Dialect dialect() {
      return Dialect.PROBLEM;
    }

    @Override
    public void open(Routes routes) {
      // It has none.
    }
  }
}

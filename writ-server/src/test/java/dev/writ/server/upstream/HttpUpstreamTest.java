package dev.writ.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tool servers that behave, and many that do not. */
class HttpUpstreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static Upstreams to(RawServer server) {
    return to(server.url());
  }

  private static Upstreams to(URI url) {
    return new Upstreams(new Destinations(List.of(url.getRawAuthority())), Optional.empty());
  }

  private static UpstreamCall call(RawServer server, Duration timeout, SendPermit permit) {
    return call(server.url(), timeout, permit);
  }

  private static UpstreamCall call(URI url, Duration timeout, SendPermit permit) {
    Json.Obj arguments = Json.object().put("n", Json.MAX_SAFE_INTEGER).build();
    return new UpstreamCall(new Upstream.Http(url, timeout), "lane", "tool", arguments, permit);
  }

  private static UpstreamAnswer once(RawServer.Script script) throws Exception {
    try (RawServer server = new RawServer(RawServer.shakingHands(script));
        Upstreams upstreams = to(server)) {
      return upstreams.call(call(server, PATIENCE, () -> true));
    }
  }

  private static String result(String request, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + RawServer.id(request) + ",\"result\":" + result + "}";
  }

  private static String cause(UpstreamAnswer answer) {
    return switch (answer) {
      case UpstreamAnswer.Returned r -> "returned";
      case UpstreamAnswer.Failed(String cause, String d) -> "failed " + cause;
      case UpstreamAnswer.NeverSent(String cause, String d) -> "never-sent " + cause;
      case UpstreamAnswer.Unknown(String cause, String d) -> "unknown " + cause;
    };
  }

  @Test
  void goodAnswersComeThroughAsTheyAre() throws Exception {
    UpstreamAnswer answer =
        once(
            r -> RawServer.json(result(r, "{\"content\":[],\"n\":1234567890123456789,\"x\":1.5}")));
    assertThat(answer).isInstanceOf(UpstreamAnswer.Returned.class);
    assertThat(WireJson.text(((UpstreamAnswer.Returned) answer).result()))
        .isEqualTo("{\"content\":[],\"n\":1234567890123456789,\"x\":1.5}");
  }

  @Test
  void requestsCarrySessionVersionAndExactlyTheArguments() throws Exception {
    try (RawServer server =
            new RawServer(RawServer.shakingHands(r -> RawServer.json(result(r, "{}"))));
        Upstreams upstreams = to(server)) {
      upstreams.call(call(server, PATIENCE, () -> true));
      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests().get(2))
          .contains("\r\nMcp-Session-Id: s-1\r\n")
          .contains("\r\nMCP-Protocol-Version: 2025-11-25\r\n")
          .contains("\r\nAccept: application/json, text/event-stream\r\n")
          .doesNotContain("Authorization")
          .endsWith("\"params\":{\"name\":\"tool\",\"arguments\":{\"n\":9007199254740991}}}");
    }
  }

  @Test
  void connectionsAreReusedAndStaleOnesNoticed() throws Exception {
    try (RawServer server =
            new RawServer(RawServer.shakingHands(r -> RawServer.json(result(r, "{}"))));
        Upstreams upstreams = to(server)) {
      for (int i = 0; i < 20; i++) {
        assertThat(cause(upstreams.call(call(server, PATIENCE, () -> true)))).isEqualTo("returned");
      }
      assertThat(server.connections()).isEqualTo(1);
      server.hangUp();
      assertThat(cause(upstreams.call(call(server, PATIENCE, () -> true)))).isEqualTo("returned");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void eventStreamsAreReadToTheAnswer() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n";
    UpstreamAnswer answer =
        once(r -> {
          String events =
              ": comment\r\n\r\nid: 1\r\ndata:\r\n\r\n"
                  + "event: message\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"x\"}\r\n\r\n"
                  + "data: {\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"ping\"}\r\n\r\n"
                  + "data: {\"jsonrpc\":\"2.0\",\ndata: "
                  + result(r, "{\"a\":1}").substring(17)
                  + "\n\n";
          String first = events.substring(0, 40);
          String rest = events.substring(40);
          return head
              + "Transfer-Encoding: chunked\r\n\r\n"
              + Integer.toHexString(first.length())
              + ";x=y\r\n"
              + first
              + "\r\n"
              + Integer.toHexString(rest.length())
              + "\r\n"
              + rest
              + "\r\n0\r\n\r\n";
        });
    assertThat(answer).isEqualTo(new UpstreamAnswer.Returned(Json.object().put("a", 1).build()));
    assertThat(cause(once(r -> head + "Connection: close\r\n\r\ndata: 1\r\n")))
        .isEqualTo("unknown disconnected");
    assertThat(cause(once(r -> head + "Content-Length: 9\r\n\r\ndata: 1\r\n")))
        .isEqualTo("unknown disconnected");
  }

  @Test
  void upstreamsQuestionsAreAnsweredOrRefused() throws Exception {
    try (RawServer server =
            new RawServer(
                RawServer.shakingHands(r ->
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                        + "Connection: close\r\n\r\n"
                        + "data: {\"jsonrpc\":\"2.0\",\"id\":\"q1\",\"method\":\"ping\"}\n\n"
                        + "data: {\"jsonrpc\":\"2.0\",\"id\":7,"
                        + "\"method\":\"sampling/createMessage\",\"params\":{}}\n\n"
                        + "data: "
                        + result(r, "{}")
                        + "\n\n"));
        Upstreams upstreams = to(server)) {
      assertThat(cause(upstreams.call(call(server, PATIENCE, () -> true)))).isEqualTo("returned");
      assertThat(server.requests())
          .anyMatch(r -> r.endsWith("{\"jsonrpc\":\"2.0\",\"id\":\"q1\",\"result\":{}}"))
          .anyMatch(r -> r.contains("\"id\":7,\"error\":{\"code\":-32601"));
    }
  }

  @Test
  void uselessAnswersAreFailuresAndSilenceIsUnknown() throws Exception {
    Map<String, RawServer.Script> scripts = new LinkedHashMap<>();
    scripts.put("unknown disconnected", r -> "");
    scripts.put("failed http-500", r -> RawServer.status(500));
    scripts.put("failed http-302", r -> RawServer.status(302));
    scripts.put("failed http-401", r -> RawServer.status(401));
    for (Map.Entry<String, RawServer.Script> each : scripts.entrySet()) {
      assertThat(cause(once(each.getValue()))).isEqualTo(each.getKey());
    }
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    List<RawServer.Script> malformed =
        List.of(
            r -> "HTTP/2 200 OK\r\n\r\n",
            r -> "SSH-2.0-OpenSSH\r\n",
            r -> "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            r -> "HTTP/1.1 200 OK\r\nX: " + "y".repeat(9_000) + "\r\n\r\n",
            r -> "HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(101) + "\r\n",
            r ->
                RawServer.json(result(r, "{}"))
                    .replace("\r\n\r\n", "\r\nContent-Length: 3\r\n\r\n"),
            r -> head + "Content-Length: -2\r\n\r\n{}",
            r -> head + "Transfer-Encoding: gzip, chunked\r\n\r\n",
            r -> head + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}",
            r -> head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            r -> head + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
            r -> head + "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
            r -> RawServer.json("{"),
            r -> RawServer.json("[]"),
            r -> RawServer.json("{\"jsonrpc\":\"2.0\",\"id\":1}"),
            r -> RawServer.json("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}"),
            r -> RawServer.json("{\"jsonrpc\":\"2.0\",\"result\":{}}"),
            r -> RawServer.json("{\"jsonrpc\":\"2.0\",\"method\":\"x\"}"),
            r -> RawServer.json(result(r, "[]")),
            r -> RawServer.json(result(r, "{\"isError\":\"no\"}")),
            r -> RawServer.json(result(r, "{\"a\":1,\"a\":2}")),
            r -> RawServer.json(result(r, "[".repeat(70) + "]".repeat(70))),
            r -> RawServer.json(result(r, "{},\"error\":{\"code\":1}")),
            r ->
                RawServer.json("{\"jsonrpc\":\"2.0\",\"id\":" + RawServer.id(r) + ",\"error\":{}}"),
            r ->
                RawServer.json(result(r, "{}"), "Content-Type: text/html")
                    .replace("Content-Type: application/json\r\n", ""));
    for (int i = 0; i < malformed.size(); i++) {
      assertThat(cause(once(malformed.get(i))))
          .as("script " + i)
          .isEqualTo("failed malformed-answer");
    }
    assertThat(cause(once(r -> RawServer.json(result(r, "\"" + "x".repeat(1 << 20) + "\"")))))
        .isEqualTo("failed oversize-answer");
  }

  @Test
  void lostSessionIsOpenedAnewOnce() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    assertThat(
            cause(
                once(r ->
                    calls.incrementAndGet() == 1
                        ? RawServer.status(404)
                        : RawServer.json(result(r, "{}")))))
        .isEqualTo("returned");
    calls.set(0);
    assertThat(
            cause(
                once(r -> {
                  calls.incrementAndGet();
                  return RawServer.status(404);
                })))
        .isEqualTo("failed session-lost");
    assertThat(calls).hasValue(2);
  }

  @Test
  void permitIsAskedLastAndOnceASend() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (RawServer server =
            new RawServer(RawServer.shakingHands(r -> RawServer.json(result(r, "{}"))));
        Upstreams upstreams = to(server)) {
      SendPermit no =
          () -> {
            asked.incrementAndGet();
            // The handshake is done and the connection stands.
            assertThat(server.requests()).hasSize(2);
            return false;
          };
      UpstreamAnswer answer = upstreams.call(call(server, PATIENCE, no));
      assertThat(cause(answer)).isEqualTo("never-sent too-late");
      assertThat(asked).hasValue(1);
      assertThat(server.calls()).isZero();
    }
  }

  @Test
  void lostSessionIsNotCalledAgainWithoutPermit() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (RawServer server = new RawServer(RawServer.shakingHands(r -> RawServer.status(404)));
        Upstreams upstreams = to(server)) {
      UpstreamAnswer answer =
          upstreams.call(call(server, PATIENCE, () -> asked.incrementAndGet() == 1));
      assertThat(cause(answer)).isEqualTo("failed session-lost");
      assertThat(server.calls()).isEqualTo(1);
    }
  }

  @Test
  void slowAnswerIsGivenUpInTime() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                RawServer.shakingHands(r -> {
                  if (release.await(20, TimeUnit.SECONDS)) {
                    return "";
                  }
                  return RawServer.status(500);
                }));
        Upstreams upstreams = to(server)) {
      UpstreamAnswer answer = upstreams.call(call(server, Duration.ofMillis(250), () -> true));
      assertThat(cause(answer)).isEqualTo("unknown timeout");
      release.countDown();
    }
  }

  @Test
  void serverThatCannotBeReachedGetsNothing() throws Exception {
    // Bound and not listening: nobody else can get the port meanwhile, and nothing answers there.
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI gone = URI.create("http://127.0.0.1:" + held.getLocalPort() + "/mcp");
      try (Upstreams upstreams = to(gone)) {
        assertThat(cause(upstreams.call(call(gone, PATIENCE, () -> true))))
            .isEqualTo("never-sent unreachable");
      }
    }
  }

  @Test
  void brokenHandshakeMeansNothingWasSent() throws Exception {
    for (String answer : List.of("", RawServer.status(500), RawServer.json("{}"))) {
      try (RawServer server = new RawServer(r -> answer);
          Upstreams upstreams = to(server)) {
        assertThat(cause(upstreams.call(call(server, PATIENCE, () -> true))))
            .startsWith("never-sent ");
        assertThat(server.calls()).isZero();
      }
    }
  }

  @Test
  void lanesDoNotShareSessions() throws Exception {
    try (RawServer server =
            new RawServer(RawServer.shakingHands(r -> RawServer.json(result(r, "{}"))));
        Upstreams upstreams = to(server)) {
      Upstream http = new Upstream.Http(server.url(), PATIENCE);
      for (String lane : List.of("a", "b", "a")) {
        upstreams.call(new UpstreamCall(http, lane, "tool", Json.object().build(), () -> true));
      }
      assertThat(server.requests().stream().filter(r -> r.contains("\"initialize\"")).count())
          .isEqualTo(2);
    }
  }

  @Test
  void definitionsAreParsedOrRefused() {
    Upstream http = new Upstream.Http(URI.create("https://x.example/mcp"), Duration.ofMillis(5));
    assertThat(Upstream.parse(http.toJson()).orThrow()).isEqualTo(http);
    for (Json.Obj wrong :
        List.of(
            Json.object().build(),
            Json.object().put("http", "ftp://x/").put("timeoutMillis", 5).build(),
            Json.object().put("http", "https://u:p@x/").put("timeoutMillis", 5).build(),
            Json.object().put("http", "https://x/?q").put("timeoutMillis", 5).build(),
            Json.object().put("http", "https://x/").put("timeoutMillis", 0).build(),
            Json.object().put("http", "https://x/").put("timeoutMillis", 300_001).build(),
            Json.object().put("http", "https://x/").put("timeoutMillis", 1).put("y", 1).build(),
            Json.object()
                .put("stdio", Json.strings(List.of("cat")))
                .put("timeoutMillis", 5)
                .build())) {
      assertThat(Upstream.parse(wrong).problems()).as(wrong.toString()).isNotEmpty();
    }
  }
}

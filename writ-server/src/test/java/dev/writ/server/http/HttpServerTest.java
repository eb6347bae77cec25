package dev.writ.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.ledger.LedgerFault;
import dev.writ.operation.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The HTTP base over a real socket. */
class HttpServerTest {
  private static final URI PUBLIC = URI.create("https://writ.example");
  private final StrangerCounts strangers = new StrangerCounts();
  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server = start(0);

  private final class Probe implements Door {
    private final Dialect dialect;

    Probe(Dialect dialect) {
      this.dialect = dialect;
    }

    @Override
    public String name() {
      return dialect.name();
    }

    @Override
    public Dialect dialect() {
      return dialect;
    }

    @Override
    public void open(Routes routes) {
      String at = dialect == Dialect.OAUTH ? "/oauth" : "";
      routes
          .post(at + "/echo", asked -> Answer.bytes(200, "text/plain", asked.body()))
          .post(at + "/json", asked -> Answer.json(200, asked.json()))
          .post(at + "/form", asked -> Answer.json(200, Json.strings(asked.form().names())))
          .get(at + "/things/{id}", asked -> Answer.text(200, asked.pathParameter("id")))
          .get(
              at + "/down",
              asked -> {
                throw new LedgerFault.Unavailable("jdbc:postgresql://secret");
              })
          .get(
              at + "/poison",
              asked -> {
                throw new LedgerFault.Poisoned("secret", new IllegalStateException());
              })
          .get(
              at + "/bug",
              asked -> {
                throw new IllegalStateException("secret detail");
              })
          .get(
              at + "/wait",
              asked -> {
                inside.countDown();
                try {
                  boolean went = go.await(20, TimeUnit.SECONDS);
                  return Answer.text(200, "went " + went);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
    }
  }

  private HttpServer start(int port) {
    Listening listening =
        new Listening(Listening.LOOPBACK, port, PUBLIC, 1_000, Duration.ofMillis(300));
    return HttpServer.start(
        listening,
        List.of(new Probe(Door.Dialect.PROBLEM), new Probe(Door.Dialect.OAUTH)),
        strangers,
        new Random(3)::nextBytes);
  }

  @BeforeEach
  void isUp() {
    assertThat(server.port()).isPositive();
  }

  @AfterEach
  void stop() {
    go.countDown();
    server.close();
    client.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    return send(
        to(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static Json.Obj json(HttpResponse<String> response) {
    return Json.parseObject(response.body().getBytes(StandardCharsets.UTF_8), Json.Bounds.REQUEST)
        .orThrow();
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void everyAnswerHasAnIdAndSecurityHeaders() throws Exception {
    for (String path : List.of("/things/7", "/nothing", "/bug", "/down")) {
      HttpResponse<String> response = send(to(path));
      assertThat(header(response, "X-Request-ID")).as(path).matches("req_[0-9a-f]{24}");
      assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
      assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(response, "Content-Security-Policy")).contains("default-src 'none'");
      assertThat(header(response, "Strict-Transport-Security")).isNotEmpty();
      assertThat(header(response, "Server")).isEmpty();
    }
    assertThat(header(send(to("/things/7").header("X-Request-ID", "abc-1")), "X-Request-ID"))
        .isEqualTo("abc-1");
    assertThat(header(send(to("/things/7").header("X-Request-ID", "a b")), "X-Request-ID"))
        .startsWith("req_");
    assertThat(send(to("/things/7")).body()).isEqualTo("7");
  }

  @Test
  void bodiesAreBoundedAtTheLimitAndOneBeyond() throws Exception {
    assertThat(post("/echo", "text/plain", "x".repeat(1_000)).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = post("/echo", "text/plain", "x".repeat(1_001));
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(json(refused).text("type")).contains("urn:writ:problem:body-too-large");
    byte[] unannounced = "x".repeat(1_001).getBytes(StandardCharsets.US_ASCII);
    var chunked =
        HttpRequest.BodyPublishers.ofInputStream(
            () -> new java.io.ByteArrayInputStream(unannounced));
    assertThat(send(to("/echo").POST(chunked)).statusCode()).isEqualTo(413);
    assertThat(send(to("/things/7")).statusCode()).isEqualTo(200);
  }

  @Test
  @Timeout(60)
  void aBodyThatDribblesIsCutOff() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.write('x');
      out.flush();
      assertThat(firstLine(socket.getInputStream())).isIn("", "HTTP/1.1 408 Request Timeout\r");
    }
    // The connection ends first, the count follows.
    while (strangers.take().stream().noneMatch(f -> f.problem().equals("body-too-slow"))) {
      Thread.onSpinWait();
    }
    assertThat(send(to("/things/7")).body()).isEqualTo("7");
  }

  @Test
  void whatIsNotHttpIsAnsweredWithoutDetail() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write("GET /<script> HTTP/1.1\r\nHost x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] all = socket.getInputStream().readAllBytes();
      String text = new String(all, StandardCharsets.US_ASCII);
      assertThat(text).startsWith("HTTP/1.1 400").doesNotContain("script", "Exception");
    }
    assertThat(strangers.take()).contains(new Fact.StrangersRefused("http", "not-http", 1));
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    try {
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
    } catch (SocketException e) {
      return "";
    }
    return line.toString();
  }

  @Test
  void wrongPathsMethodsAndTypesAreNamed() throws Exception {
    assertThat(send(to("/nothing")).statusCode()).isEqualTo(404);
    HttpResponse<String> wrong = send(to("/echo"));
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(header(wrong, "Allow")).isEqualTo("POST");
    assertThat(post("/json", "text/plain", "{}").statusCode()).isEqualTo(415);
    assertThat(post("/json", "application/json; charset=utf-8", "{}").statusCode()).isEqualTo(200);
    HttpResponse<String> twice = post("/json", "application/json", "{\"a\":1,\"a\":2}");
    assertThat(twice.statusCode()).isEqualTo(400);
    assertThat(json(twice).array("problems").orElseThrow()).isNotEmpty();
    HttpResponse<String> oauth = post("/oauth/form", "application/json", "{}");
    assertThat(oauth.statusCode()).isEqualTo(415);
    assertThat(json(oauth).text("error")).contains("invalid_request");
  }

  @Test
  void faultsAndBugsLoseTheirDetail() throws Exception {
    for (String at : List.of("", "/oauth")) {
      HttpResponse<String> down = send(to(at + "/down"));
      assertThat(down.statusCode()).isEqualTo(503);
      assertThat(header(down, "Retry-After")).isEqualTo("1");
      assertThat(down.body()).doesNotContain("secret", "postgresql");
      for (String bad : List.of("/bug", "/poison")) {
        HttpResponse<String> bug = send(to(at + bad).header("X-Request-ID", "find-me"));
        assertThat(bug.statusCode()).isEqualTo(500);
        assertThat(bug.body()).contains("find-me").doesNotContain("secret", "Exception");
      }
    }
    assertThat(strangers.take()).isEmpty();
  }

  @Test
  void strangersAreCountedOncePerDoorAndProblem() throws Exception {
    post("/json", "text/plain", "{}");
    post("/json", "text/plain", "{}");
    post("/oauth/json", "text/plain", "{}");
    send(to("/nothing"));
    List<Fact.StrangersRefused> counted = strangers.take();
    assertThat(counted)
        .containsExactly(
            new Fact.StrangersRefused("OAUTH", "wrong-media-type", 1),
            new Fact.StrangersRefused("PROBLEM", "wrong-media-type", 2),
            new Fact.StrangersRefused("http", "no-such-path", 1));
    assertThat(strangers.take()).isEmpty();
    strangers.putBack(counted);
    strangers.refused("http", "no-such-path");
    assertThat(strangers.take()).contains(new Fact.StrangersRefused("http", "no-such-path", 2));
    for (int i = 0; i < 2 * StrangerCounts.MOST; i++) {
      strangers.refused("door", "problem-" + i);
    }
    List<Fact.StrangersRefused> many = strangers.take();
    assertThat(many).hasSize(StrangerCounts.MOST);
    assertThat(many.stream().mapToLong(Fact.StrangersRefused::count).sum())
        .isEqualTo(2L * StrangerCounts.MOST);
  }

  @Test
  void aPortInUseIsSaidPlainly() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(taken.getLocalPort()))
          .isInstanceOf(ListenRefused.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void requestsUnderWayAreAnsweredBeforeItStops() throws Exception {
    int port = server.port();
    CompletableFuture<HttpResponse<String>> waiting =
        client.sendAsync(to("/wait").build(), HttpResponse.BodyHandlers.ofString());
    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
    Thread stopping = Thread.ofVirtual().start(server::close);
    go.countDown();
    assertThat(waiting.get(60, TimeUnit.SECONDS).body()).isEqualTo("went true");
    assertThat(stopping.join(Duration.ofSeconds(60))).isTrue();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
        .isInstanceOf(IOException.class);
    server = start(0);
  }

  @Test
  void publicUrlsAreConfiguredWhole() {
    for (String bad : List.of("writ.example", "https://writ.example/", "ftp://x", "https://x?a")) {
      assertThatThrownBy(() -> Listening.loopback(0, URI.create(bad)))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Listening.loopback(0, PUBLIC).issuer()).isEqualTo("https://writ.example");
    assertThat(Listening.loopback(0, PUBLIC).host()).isEqualTo("127.0.0.1");
  }

  @Test
  void refusalsSpeakBothDialects() {
    Refusal refusal = new Refusal.AudienceUnknown("`x`\n\"");
    assertThat(ProblemDialect.answer(refusal).status()).isEqualTo(400);
    assertThat(ProblemDialect.answer(refusal).text()).contains("urn:writ:problem:audience-unknown");
    Answer oauth = OauthDialect.answer(refusal);
    assertThat(oauth.status()).isEqualTo(400);
    assertThat(oauth.text()).contains("\"error\":\"invalid_target\"").doesNotContain("\\");
  }
}

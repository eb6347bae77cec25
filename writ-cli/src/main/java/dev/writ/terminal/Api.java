package dev.writ.terminal;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Speaks to a server's HTTP API. Every method throws {@link Failure} with what the server said. */
public final class Api implements AutoCloseable {
  /** Media type of specs and catalogues. */
  public static final String YAML = "application/yaml";

  /** Media type of policies. */
  public static final String TEXT = "text/plain; charset=utf-8";

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Json.Bounds BOUNDS = new Json.Bounds(32 << 20, 64, 2_000_000, true);

  /** What is sent, and what it is. */
  @SuppressWarnings("ArrayRecordComponent") // sent once, never compared
  public record Body(String type, byte[] bytes) {
    public static Body json(Json.Obj value) {
      return new Body(JSON, value.canonical());
    }
  }

  private final URI server;
  private final Optional<String> token;
  private final HttpClient http;

  /**
   * @param server the API's URL, without a slash at its end
   * @param token a session's
   */
  public Api(URI server, Optional<String> token) {
    this.server = server;
    this.token = token;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  public URI server() {
    return server;
  }

  /** The JSON at this path. */
  public Json.Obj get(String path) {
    return json(fetch("GET", path, Optional.empty(), Map.of()));
  }

  /** The bytes at this path. */
  public byte[] bytes(String path) {
    return fetch("GET", path, Optional.empty(), Map.of());
  }

  public Json.Obj post(String path, Json.Obj body) {
    return post(path, Body.json(body), Map.of());
  }

  public Json.Obj post(String path, Body body, Map<String, String> headers) {
    return json(fetch("POST", path, Optional.of(body), headers));
  }

  /** Sends a form, as OAuth's endpoints take it. */
  public Json.Obj form(String path, Map<String, String> fields) {
    String body =
        String.join(
            "&",
            fields.entrySet().stream()
                .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                .toList());
    return post(path, new Body(FORM, body.getBytes(StandardCharsets.US_ASCII)), Map.of());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private byte[] fetch(
      String method, String path, Optional<Body> body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(PATIENCE)
            .header("Accept", "application/json, application/problem+json, */*;q=0.1")
            .method(
                method,
                body.map(b -> HttpRequest.BodyPublishers.ofByteArray(b.bytes()))
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
    body.ifPresent(b -> request.header("Content-Type", b.type()));
    headers.forEach(request::setHeader);
    HttpResponse<byte[]> response = send(request.build());
    if (response.statusCode() / 100 != 2) {
      throw refused(response);
    }
    return response.body();
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      throw Failure.of(
          Exit.SERVER,
          "server-unreachable",
          "Nothing listens at " + server,
          "start it with `writ serve`, or name another with --server URL");
    } catch (IOException e) {
      throw Failure.of(
          Exit.SERVER,
          "server-unreachable",
          "The connection to " + server + " failed: " + e.getMessage(),
          "try again; whether the request was carried out is not known");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Exit.SERVER, "interrupted", "Interrupted", "try again");
    }
  }

  private Json.Obj json(byte[] bytes) {
    return switch (Json.parseObject(bytes.length == 0 ? new byte[] {'{', '}'} : bytes, BOUNDS)) {
      case Parsed.Ok<Json.Obj>(Json.Obj value) -> value;
      case Parsed.Refused<Json.Obj> refused ->
          throw Failure.of(
              Exit.SERVER,
              "not-writ",
              server + " does not answer as Writ does",
              "check the URL after --server");
    };
  }

  private Failure refused(HttpResponse<byte[]> response) {
    Exit exit = Exit.ofHttp(response.statusCode());
    Optional<Json.Obj> found = Json.parseObject(response.body(), BOUNDS).found();
    if (found.isPresent() && found.get().text("title").isPresent()) {
      return problem(exit, found.get());
    }
    if (found.isPresent() && found.get().text("error").isPresent()) {
      return oauth(exit, found.get());
    }
    return Failure.of(
        exit,
        "http-" + response.statusCode(),
        server + " answered " + response.statusCode(),
        "check the URL after --server");
  }

  /** RFC 9457: the title says what, the detail what to do next. */
  private static Failure problem(Exit exit, Json.Obj problem) {
    String type = problem.text("type").orElse("about:blank");
    String name = type.substring(type.lastIndexOf(':') + 1);
    List<Problem> problems = new ArrayList<>();
    for (Json each : problem.array("problems").orElse(List.of())) {
      if (each instanceof Json.Obj p) {
        problems.add(
            new Problem(
                p.text("place").orElse(""),
                p.text("what").orElse(""),
                p.text("remedy").orElse("")));
      }
    }
    if (problems.isEmpty()) {
      problems.add(new Problem("", "", problem.text("detail").orElse("")));
    }
    String title = problem.text("title").orElse("refused");
    // What follows the colon is the first of the problems, which are listed anyway.
    String what = name.equals("malformed") ? title.split(":", 2)[0] : title;
    return Failure.of(exit, name, what, problems);
  }

  /** RFC 6749, section 5.2. */
  private static Failure oauth(Exit exit, Json.Obj error) {
    String code = error.text("error").orElse("");
    // A workload that is refused got an answer, whatever the status says; only its form is input.
    Exit meant = exit == Exit.INPUT && !code.equals("invalid_request") ? Exit.REFUSED : exit;
    return Failure.of(
        meant,
        error.text("writ_problem").orElse(code),
        error.text("error_description").orElse(code),
        List.of());
  }

  @Override
  public void close() {
    http.close();
  }
}

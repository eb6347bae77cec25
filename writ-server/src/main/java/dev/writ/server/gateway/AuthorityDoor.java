package dev.writ.server.gateway;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.server.upstream.WireJson;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets gateway processes ask the authority over HTTP. Mount it on a listener of its own, on
 * loopback or a private network, never on the public one: whoever holds the secret decides nothing,
 * but may ask about every token and record outcomes.
 */
public final class AuthorityDoor implements HttpService {
  /** Longest a request for revocations is held. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Authority authority;
  private final Digest secret;

  /**
   * A door to this authority.
   *
   * @param secret what gateways present as bearer token; at least 32 characters
   */
  public AuthorityDoor(Authority authority, String secret) {
    if (secret.length() < 32) {
      throw new IllegalArgumentException("the gateways' secret has at least 32 characters");
    }
    this.authority = authority;
    this.secret = Digest.ofText(secret);
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/authority/decide", (q, r) -> serve(q, r, AuthorityWire.SMALL, this::decide))
        .post("/authority/outcomes", (q, r) -> serve(q, r, AuthorityWire.LARGE, this::record))
        .post("/authority/tools", (q, r) -> serve(q, r, AuthorityWire.SMALL, this::tools))
        .post("/authority/revocations", (q, r) -> serve(q, r, AuthorityWire.SMALL, this::ended));
  }

  private Parsed<Json.Obj> decide(Json.Obj body) {
    return AuthorityWire.question(body).map(q -> AuthorityWire.decided(authority.decide(q)));
  }

  private Parsed<Json.Obj> record(Json.Obj body) {
    return AuthorityWire.outcomes(body)
        .map(outcomes -> {
          authority.record(outcomes);
          return Json.object().put("recorded", outcomes.size()).build();
        });
  }

  private Parsed<Json.Obj> tools(Json.Obj body) {
    return TaskId.parse(body.text("task").orElse(""))
        .then(task ->
            TokenId.parse(body.text("token").orElse(""))
                .map(token -> AuthorityWire.seen(authority.tools(task, token))));
  }

  private Parsed<Json.Obj> ended(Json.Obj body) {
    Optional<Long> after = body.integer("after");
    if (after.isEmpty()) {
      // A gateway that begins to listen; what ended before cannot concern it.
      long now = authority.revocations().cursor();
      return Parsed.ok(
          Json.object()
              .put("next", now)
              .put("ids", Json.strings(java.util.List.of()))
              .put("gap", false)
              .build());
    }
    try {
      return Parsed.ok(
          AuthorityWire.batch(authority.revocations().after(after.get(), LONGEST_WAIT)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuthorityDown("the authority is stopping", Duration.ofSeconds(1));
    }
  }

  private void serve(
      ServerRequest request,
      ServerResponse response,
      Json.Bounds bounds,
      Function<Json.Obj, Parsed<Json.Obj>> answer)
      throws IOException {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    if (!knows(request)) {
      say(response, 401, Json.object().put("problem", "the secret is wrong").build());
      return;
    }
    byte[] body;
    try (InputStream in = request.content().inputStream()) {
      body = in.readNBytes(bounds.bytes() + 1);
    }
    try {
      switch (Json.parseObject(body, bounds).then(answer)) {
        case Parsed.Ok<Json.Obj>(Json.Obj said) -> say(response, 200, said);
        case Parsed.Refused<Json.Obj>(var problems) ->
            say(response, 400, Json.object().put("problem", problems.toString()).build());
      }
    } catch (AuthorityDown e) {
      long millis = e.retryAfter().toMillis();
      String why = String.valueOf(e.getMessage());
      say(response, 503, Json.object().put("problem", why).put("retryMillis", millis).build());
    }
  }

  private boolean knows(ServerRequest request) {
    String given = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
    Digest presented = Digest.ofText(given.startsWith("Bearer ") ? given.substring(7) : "");
    // Digests are compared, so that time says nothing about the secret.
    return MessageDigest.isEqual(presented.bytes(), secret.bytes());
  }

  private static void say(ServerResponse response, int status, Json.Obj body) {
    byte[] bytes = WireJson.text(body).getBytes(StandardCharsets.UTF_8);
    response.status(status).send(bytes);
  }
}

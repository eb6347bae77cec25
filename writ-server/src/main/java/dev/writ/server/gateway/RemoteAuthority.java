package dev.writ.server.gateway;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.TaskId;
import dev.writ.base.TokenId;
import dev.writ.ledger.MonotonicClock;
import dev.writ.server.upstream.Destinations;
import dev.writ.server.upstream.Outbound;
import dev.writ.server.upstream.WireJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The authority in another process, asked through its {@link AuthorityDoor}. Revocations are
 * listened for in the background; whatever may have been missed makes older allows worthless.
 */
public final class RemoteAuthority implements Authority, AutoCloseable {
  /** A little longer than a command waits for the pen. */
  private static final Duration PATIENCE = Duration.ofSeconds(7);

  private static final Duration PAUSE = Duration.ofMillis(200);
  private final URI door;
  private final Map<String, String> headers;
  private final Outbound outbound;
  private final RevocationFeed feed;
  private final Thread listener;
  private volatile boolean closed;

  private RemoteAuthority(URI door, String secret, MonotonicClock clock) {
    this.door = door;
    this.headers = Map.of("Authorization", "Bearer " + secret);
    // Configuration names this destination, which lists it.
    this.outbound = new Outbound(new Destinations(List.of(door.getHost() + ":" + door.getPort())));
    this.feed = new RevocationFeed(clock);
    this.listener = Thread.ofVirtual().name("revocations").unstarted(this::listen);
  }

  /**
   * The authority behind this door.
   *
   * @param door such as {@code http://127.0.0.1:7443}, with its port
   * @param secret the secret of its {@link AuthorityDoor}
   */
  public static RemoteAuthority behind(URI door, String secret, MonotonicClock clock) {
    if (door.getHost() == null || door.getPort() == -1) {
      throw new IllegalArgumentException("the authority's address has a host and a port: " + door);
    }
    if (!secret.matches("[\\x21-\\x7e]{32,512}")) {
      throw new IllegalArgumentException("the secret has 32 to 512 visible ASCII characters");
    }
    RemoteAuthority authority = new RemoteAuthority(door, secret, clock);
    authority.listener.start();
    return authority;
  }

  @Override
  public Decided decide(CallQuestion question) {
    return ask("decide", AuthorityWire.question(question), AuthorityWire::decided);
  }

  @Override
  public void record(List<CallOutcome> outcomes) {
    ask("outcomes", AuthorityWire.outcomes(outcomes), Parsed::ok);
  }

  @Override
  public ToolsSeen tools(TaskId task, TokenId token) {
    Json.Obj question = Json.object().put("task", task.value()).put("token", token.value()).build();
    return ask("tools", question, AuthorityWire::seen);
  }

  @Override
  public RevocationFeed revocations() {
    return feed;
  }

  private <T> T ask(String what, Json.Obj question, Function<Json.Obj, Parsed<T>> reader) {
    return ask(what, question, PATIENCE, reader);
  }

  private <T> T ask(
      String what, Json.Obj question, Duration patience, Function<Json.Obj, Parsed<T>> reader) {
    Outbound.Answer answer;
    try {
      URI url = door.resolve("/authority/" + what);
      answer =
          outbound.send(
              new Outbound.Request(
                  url, headers, WireJson.text(question), patience, AuthorityWire.SMALL.bytes()));
    } catch (IOException e) {
      throw new AuthorityDown("the authority does not answer", Duration.ofSeconds(1));
    }
    Optional<Json.Obj> body =
        Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8), AuthorityWire.SMALL)
            .found();
    if (answer.status() != 200 || body.isEmpty()) {
      long millis = body.flatMap(b -> b.integer("retryMillis")).orElse(1_000L);
      String why = body.flatMap(b -> b.text("problem")).orElse("HTTP " + answer.status());
      throw new AuthorityDown(
          "the authority refuses: " + why, Duration.ofMillis(Math.clamp(millis, 100L, 60_000L)));
    }
    return switch (reader.apply(body.get())) {
      case Parsed.Ok<T>(T value) -> value;
      case Parsed.Refused<T>(var problems) ->
          throw new AuthorityDown(
              "the authority is not understood: " + problems, Duration.ofSeconds(10));
    };
  }

  private void listen() {
    Optional<Long> cursor = Optional.empty();
    while (!closed) {
      try {
        Json.Builder question = Json.object();
        cursor.ifPresent(c -> question.put("after", c));
        Duration patience = AuthorityDoor.LONGEST_WAIT.plus(PATIENCE);
        RevocationFeed.Batch batch =
            ask("revocations", question.build(), patience, AuthorityWire::batch);
        if (batch.gap() || cursor.isEmpty()) {
          // Between the last word and this one anything may have ended.
          feed.missedSome();
        }
        feed.ended(batch.ids());
        cursor = Optional.of(batch.next());
      } catch (AuthorityDown e) {
        cursor = Optional.empty();
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      // Only close() interrupts; the loop sees that it is closed.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    listener.interrupt();
    outbound.close();
  }
}

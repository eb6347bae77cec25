package dev.writ.server.peer;

import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.base.Problem;
import dev.writ.server.gateway.Authority;
import dev.writ.server.gateway.AuthorityDown;
import dev.writ.server.gateway.AuthorityMessages;
import dev.writ.server.http.Answer;
import dev.writ.server.http.Asked;
import dev.writ.server.http.Door;
import dev.writ.server.http.HttpRefusal;
import dev.writ.server.http.Refused;
import dev.writ.server.http.Routes;
import dev.writ.server.keys.PeerSeal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other nodes of the ledger hand over their commands. Whoever does not hold the key they
 * share learns nothing here and is refused like any stranger.
 */
public final class PeerDoor implements Door, AutoCloseable {
  /** The door's path. */
  static final String PATH = "/node/messages";

  /** How old a question may be: nodes' clocks agree within two seconds, and a flight is short. */
  private static final Duration OLDEST = Duration.ofSeconds(10);

  /** A little shorter than a flight, so that what is answered already is not lost with the rest. */
  private static final Duration PATIENCE = Courier.FLIGHT.minusMillis(150);

  private static final Logger LOG = LoggerFactory.getLogger(PeerDoor.class);

  private final Authority authority;
  private final Envelope envelope;
  private final NodeId self;
  private final InstantSource time;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param authority the node's own, which hands nothing on: a message travels once
   */
  public PeerDoor(Authority authority, PeerSeal seal, NodeId self, InstantSource time) {
    this.authority = authority;
    this.envelope = new Envelope(seal);
    this.self = self;
    this.time = time;
  }

  @Override
  public String name() {
    return "node";
  }

  @Override
  public Dialect dialect() {
    return Dialect.PROBLEM;
  }

  @Override
  public void open(Routes routes) {
    routes.post(PATH, this::messages);
  }

  private Answer messages(Asked asked) {
    Envelope.Opened opened =
        envelope
            .openQuestion(asked.body(), self)
            .filter(this::recent)
            .orElseThrow(
                () -> new Refused(new HttpRefusal.Unauthenticated("it is no node of this ledger")));
    List<Json> messages = opened.inside().array("messages").orElse(List.of());
    if (messages.isEmpty() || messages.size() > Courier.MOST_TOGETHER) {
      throw new Refused(
          new HttpRefusal.Malformed(
              List.of(new Problem("messages", "not 1 to 256 messages", "update all nodes"))));
    }
    Json.Obj inside = Json.object().put("answers", Json.array(answers(messages))).build();
    Envelope.Closed answer = envelope.answer(self, opened.box(), time.instant(), inside);
    return Answer.bytes(200, "application/json", answer.text().getBytes(StandardCharsets.UTF_8));
  }

  private boolean recent(Envelope.Opened opened) {
    Instant now = time.instant();
    return opened
        .inside()
        .integer("at")
        .map(Instant::ofEpochMilli)
        .filter(at -> Duration.between(at, now).abs().compareTo(OLDEST) <= 0)
        .isPresent();
  }

  private List<Json> answers(List<Json> messages) {
    if (messages.size() == 1) {
      return List.of(answer(messages.getFirst()));
    }
    List<Future<Json>> under = new ArrayList<>();
    // Together, so that the pen takes them in one batch and not in one commit each.
    messages.forEach(message -> under.add(threads.submit(() -> answer(message))));
    long end = System.nanoTime() + PATIENCE.toNanos();
    return under.stream().map(future -> within(future, end)).toList();
  }

  private static Json within(Future<Json> future, long end) {
    try {
      return future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return no();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return no();
    }
  }

  private Json answer(Json message) {
    if (!(message instanceof Json.Obj obj)) {
      return no();
    }
    try {
      return Json.object().put("ok", AuthorityMessages.answer(authority, obj)).build();
    } catch (AuthorityDown e) {
      return no();
    } catch (RuntimeException bug) {
      LOG.error("a command of another node failed", bug);
      return no();
    }
  }

  private static Json no() {
    return Json.object().put("ok", false).build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

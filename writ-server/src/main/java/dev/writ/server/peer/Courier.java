package dev.writ.server.peer;

import dev.writ.base.Json;
import dev.writ.base.NodeId;
import dev.writ.ledger.MonotonicClock;
import dev.writ.server.upstream.Destinations;
import dev.writ.server.upstream.Outbound;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries messages to one node, those that wait together in one request. Every message gets an
 * answer or {@link PeerAway} within two flights; a node that did not answer is left alone for a
 * while.
 */
final class Courier implements AutoCloseable {
  /** Most messages of one request. */
  static final int MOST_TOGETHER = 256;

  /** Longest flight: short enough that whoever falls back is answered within three seconds. */
  static final Duration FLIGHT = Duration.ofMillis(800);

  /** Longest text of the messages of one request: sealed, it fits into any envelope. */
  private static final int LONGEST = 768 << 10;

  private static final int MOST_FLIGHTS = 2;
  private static final int MOST_WAITING = 4_096;
  private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  private final Ends ends;
  private final Envelope envelope;
  private final Clocks clocks;
  private final Outbound outbound;
  private final ConcurrentLinkedQueue<Letter> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger flights = new AtomicInteger();
  private volatile Optional<Long> awayUntil = Optional.empty();

  /** From whom to whom. */
  record Ends(NodeId self, NodeId to, URI door) {}

  /** The node's clocks. */
  record Clocks(InstantSource time, MonotonicClock nanos) {}

  private record Letter(Json.Obj message, int length, CompletableFuture<Json.Obj> answer) {}

  Courier(Ends ends, Envelope envelope, Clocks clocks) {
    this.ends = ends;
    this.envelope = envelope;
    this.clocks = clocks;
    // A node of this ledger announced this address, which lists it.
    this.outbound =
        new Outbound(
            new Destinations(List.of(ends.door().getHost() + ":" + ends.door().getPort())));
  }

  URI door() {
    return ends.door();
  }

  /** Asks and waits for the answer. */
  Json.Obj ask(Json.Obj message, int length) throws PeerAway {
    if (awayUntil.filter(end -> clocks.nanos().nanos() - end < 0).isPresent()) {
      throw new PeerAway("it gave no answer a moment ago");
    }
    if (length > LONGEST) {
      throw new PeerAway("the message is too long to be handed on");
    }
    if (count.incrementAndGet() > MOST_WAITING) {
      count.decrementAndGet();
      throw new PeerAway("too many messages wait for it");
    }
    Letter letter = new Letter(message, length, new CompletableFuture<>());
    waiting.add(letter);
    launch();
    try {
      return letter.answer().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof PeerAway away ? away : new PeerAway("it cannot be asked", e);
    }
  }

  private void launch() {
    int now = flights.get();
    while (now < MOST_FLIGHTS && !waiting.isEmpty()) {
      if (flights.compareAndSet(now, now + 1)) {
        Thread.ofVirtual().name("peer-flight").start(this::fly);
        return;
      }
      now = flights.get();
    }
  }

  private void fly() {
    try {
      for (List<Letter> batch = next(); !batch.isEmpty(); batch = next()) {
        deliver(batch);
      }
    } finally {
      flights.decrementAndGet();
      // Who came between the last look and the landing found no flight to take.
      launch();
    }
  }

  private List<Letter> next() {
    List<Letter> batch = new ArrayList<>();
    int length = 0;
    while (batch.size() < MOST_TOGETHER) {
      Letter first = waiting.peek();
      if (first == null || (length > 0 && length + first.length() > LONGEST)) {
        break;
      }
      Letter taken = waiting.poll();
      if (taken == null) {
        break;
      }
      count.decrementAndGet();
      length += taken.length();
      batch.add(taken);
    }
    return batch;
  }

  private void deliver(List<Letter> batch) {
    try {
      List<Json> answers = carry(batch.stream().map(Letter::message).toList());
      for (int i = 0; i < batch.size(); i++) {
        complete(batch.get(i), answers.get(i));
      }
      awayUntil = Optional.empty();
    } catch (PeerAway away) {
      failed(batch, away);
    } catch (RuntimeException bug) {
      LOG.error("a message to node {} failed", ends.to(), bug);
      failed(batch, new PeerAway("it cannot be asked", bug));
    }
  }

  private static void complete(Letter letter, Json answer) {
    if (answer instanceof Json.Obj obj && obj.get("ok").orElse(null) instanceof Json.Obj ok) {
      letter.answer().complete(ok);
    } else {
      letter.answer().completeExceptionally(new PeerAway("it cannot decide now"));
    }
  }

  private void failed(List<Letter> batch, PeerAway away) {
    if (awayUntil.isEmpty()) {
      LOG.warn("node {} at {} does not answer: {}", ends.to(), ends.door(), away.getMessage());
    }
    awayUntil = Optional.of(clocks.nanos().nanos() + LEFT_ALONE.toNanos());
    batch.forEach(letter -> letter.answer().completeExceptionally(away));
    for (List<Letter> more = next(); !more.isEmpty(); more = next()) {
      more.forEach(letter -> letter.answer().completeExceptionally(away));
    }
  }

  private List<Json> carry(List<Json.Obj> messages) throws PeerAway {
    Json.Obj inside =
        Json.object()
            .put("at", clocks.time().millis())
            .put("messages", Json.array(messages))
            .build();
    Envelope.Closed question =
        envelope.question(ends.self(), ends.to(), clocks.time().instant(), inside);
    Outbound.Answer answer;
    try {
      answer =
          outbound.send(
              new Outbound.Request(
                  ends.door(), Map.of(), question.text(), FLIGHT, Envelope.LONGEST));
    } catch (IOException e) {
      throw new PeerAway("no answer came within " + FLIGHT.toMillis() + " ms", e);
    }
    if (answer.status() != 200) {
      throw new PeerAway("it answers with HTTP status " + answer.status());
    }
    return envelope
        .openAnswer(answer.body(), ends.to(), question.box())
        .flatMap(opened -> opened.inside().array("answers"))
        .filter(answers -> answers.size() == messages.size())
        .orElseThrow(() -> new PeerAway("its answer is not one of a node of this ledger"));
  }

  @Override
  public void close() {
    outbound.close();
  }
}

package dev.writ.server.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.writ.audit.Checkpoint;
import dev.writ.audit.Ed25519Key;
import dev.writ.audit.Note;
import dev.writ.audit.NoteSigner;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.audit.Tile;
import dev.writ.audit.TileNodes;
import dev.writ.audit.TreeEdge;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.ledger.KeptCheckpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several witnesses, some of which are away or know better. */
class WitnessesTest {
  private static final String ORIGIN = "writ.example/ledger";
  private static final Ed25519Key LOG = key(1);
  private static final NoteVerifier LOG_VERIFIER =
      new NoteVerifier(LOG.named(ORIGIN), Ed25519Key::verify);

  private final List<HttpServer> servers = new ArrayList<>();
  private final Kept kept = new Kept();
  private final AtomicLong nanos = new AtomicLong();
  private final OneLog log = new OneLog();

  @AfterEach
  void stop() {
    servers.forEach(s -> s.stop(0));
  }

  private static Ed25519Key key(int b) {
    byte[] seed = new byte[Ed25519Key.SEED];
    Arrays.fill(seed, (byte) b);
    return Ed25519Key.fromSeed(seed);
  }

  /** A witness in this process that cosigns anything while it is in the mood. */
  private final class Peer {
    private final Ed25519Key key;
    private final String name;
    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int status = 200;
    private volatile String conflict = "";

    Peer(int number) throws IOException {
      key = key(number);
      name = "witness.example/w" + number;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/add-checkpoint", this::answer);
      server.start();
      servers.add(server);
    }

    private void answer(HttpExchange exchange) throws IOException {
      asked.incrementAndGet();
      String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      byte[] body =
          status == 200
              ? cosigned(request.substring(request.indexOf("\n\n") + 2))
              : conflict.getBytes(UTF_8);
      exchange
          .getResponseHeaders()
          .add("Content-Type", status == 409 ? "text/x.tlog.size" : "text/plain");
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }

    private byte[] cosigned(String note) {
      NoteSigner cosigner =
          NoteSigner.cosigner(key.witnessNamed(name), key, () -> Instant.ofEpochSecond(7));
      String text = Note.parse(note.getBytes(UTF_8)).orThrow().text();
      return Note.sign(text, List.of(cosigner)).signatures().getFirst().line().getBytes(UTF_8);
    }

    Witnesses.Member member() {
      return new Witnesses.Member(
          URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
          new NoteVerifier(key.witnessNamed(name), Ed25519Key::verify));
    }
  }

  private static final class Kept implements KeptCheckpoints {
    private final Map<Long, byte[]> notes = new LinkedHashMap<>();

    @Override
    public void keep(String origin, long size, byte[] note) {
      notes.putIfAbsent(size, note);
    }

    @Override
    public List<byte[]> newest(String origin, int most) {
      return new ArrayList<>(notes.values()).reversed();
    }
  }

  /** A log whose size is set by hand. */
  private static final class OneLog implements Witnesses.Log {
    private int size;
    private boolean brokenTiles;

    @Override
    public Optional<Witnesses.Newest> newest() {
      TreeEdge.Growth growth = tree("entry");
      Note note =
          new Checkpoint(ORIGIN, size, growth.edge().root())
              .signedBy(NoteSigner.of(LOG.named(ORIGIN), LOG));
      Map<String, Tile> tiles = new LinkedHashMap<>();
      TreeEdge.Growth stored = brokenTiles ? tree("forged") : growth;
      stored.full().forEach(tile -> tiles.put(tile.path().path(), tile));
      stored.edge().partialTiles().forEach(tile -> tiles.put(tile.path().path(), tile));
      TileNodes nodes =
          new TileNodes(path -> Optional.ofNullable(tiles.get(path)).map(Tile::bytes), size);
      return open(note.bytes(), List.of()).map(s -> new Witnesses.Newest(s, nodes));
    }

    private TreeEdge.Growth tree(String kind) {
      List<Digest> leaves = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        leaves.add(Digest.ofText(kind + i));
      }
      return TreeEdge.EMPTY.append(leaves);
    }

    @Override
    public long confirmedSize() {
      return size;
    }

    @Override
    public Optional<SignedCheckpoint> open(byte[] note, List<NoteVerifier> witnesses) {
      return SignedCheckpoint.open(note, LOG_VERIFIER, witnesses).found();
    }
  }

  private Witnesses witnesses(int quorum, Peer... peers) {
    List<Witnesses.Member> members = Arrays.stream(peers).map(Peer::member).toList();
    return new Witnesses(
        new Witnesses.Plan(members, quorum, Duration.ofSeconds(1)), log, kept, nanos::get);
  }

  private static void round(Witnesses witnesses) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      witnesses.round(threads);
    }
  }

  private static Optional<String> trouble(Witnesses witnesses, int member) {
    Json.Obj status = witnesses.status(9).orElseThrow();
    return ((Json.Obj) status.array("members").orElseThrow().get(member)).text("trouble");
  }

  @Test
  void aCheckpointIsWitnessedOnceEnoughHaveCosignedThatVeryOne() throws Exception {
    Peer one = new Peer(2);
    Peer two = new Peer(3);
    two.status = 500;
    log.size = 5;
    try (Witnesses witnesses = witnesses(2, one, two)) {
      round(witnesses);
      assertThat(witnesses.witnessed()).isEmpty();
      byte[] plain = log.newest().orElseThrow().signed().note().bytes();
      assertThat(log.open(witnesses.cosigned(plain), List.of(one.member().key())).orElseThrow())
          .satisfies(signed -> assertThat(signed.cosignatures()).hasSize(1));
      assertThat(trouble(witnesses, 0)).isEmpty();
      assertThat(trouble(witnesses, 1)).contains("refused");
      two.status = 200;
      nanos.addAndGet(Courier.FIRST_PAUSE.toNanos());
      round(witnesses);
      assertThat(witnesses.witnessed().orElseThrow().checkpoint().size()).isEqualTo(5);
      assertThat(trouble(witnesses, 1)).isEmpty();
      assertThat(kept.notes).containsOnlyKeys(5L);
      // The one that had cosigned was not asked again, and nobody is while nothing grows.
      round(witnesses);
      assertThat(one.asked).hasValue(1);
      assertThat(two.asked).hasValue(2);
      log.size = 6;
      byte[] newer = log.newest().orElseThrow().signed().note().bytes();
      assertThat(witnesses.cosigned(newer)).isEqualTo(newer);
      round(witnesses);
      assertThat(witnesses.status(6).orElseThrow().integer("behind")).contains(0L);
    }
    // Another node, or this one after a restart, finds what is kept, and trusts no signature less.
    try (Witnesses again = witnesses(2, one, two);
        Witnesses stricter = witnesses(2, one, new Peer(4))) {
      assertThat(again.witnessed().orElseThrow().checkpoint().size()).isEqualTo(6);
      assertThat(stricter.witnessed()).isEmpty();
    }
  }

  @Test
  void whoIsAwayIsAskedLessAndLessOften() throws Exception {
    Peer away = new Peer(2);
    away.status = 503;
    log.size = 5;
    try (Witnesses witnesses = witnesses(1, away)) {
      long pause = Courier.FIRST_PAUSE.toNanos();
      for (int asked = 1; asked <= 12; asked++) {
        round(witnesses);
        assertThat(away.asked).hasValue(asked);
        nanos.addAndGet(pause - 1);
        round(witnesses);
        assertThat(away.asked).as("%d ns after %d", pause, asked).hasValue(asked);
        nanos.addAndGet(1);
        pause = Math.min(2 * pause, Courier.LONGEST_PAUSE.toNanos());
      }
    }
  }

  @Test
  void aWitnessThatKnowsMoreAccusesOnlyALedgerThatIsReallyShorter() throws Exception {
    Peer peer = new Peer(2);
    log.size = 5;
    peer.status = 409;
    peer.conflict = "7\n";
    Witnesses.Log ahead =
        new Witnesses.Log() {
          @Override
          public Optional<Witnesses.Newest> newest() {
            return log.newest();
          }

          @Override
          public long confirmedSize() {
            return 7;
          }

          @Override
          public Optional<SignedCheckpoint> open(byte[] note, List<NoteVerifier> witnesses) {
            return log.open(note, witnesses);
          }
        };
    Witnesses.Plan plan = new Witnesses.Plan(List.of(peer.member()), 1, Duration.ofSeconds(1));
    try (Witnesses behind = new Witnesses(plan, ahead, kept, nanos::get);
        Witnesses shorter = new Witnesses(plan, log, kept, nanos::get)) {
      round(behind);
      assertThat(trouble(behind, 0)).isEmpty();
      round(shorter);
      assertThat(trouble(shorter, 0)).contains("went-back");
    }
  }

  @Test
  void nothingIsSentFromABrokenTree() throws Exception {
    Peer peer = new Peer(2);
    log.size = 5;
    log.brokenTiles = true;
    try (Witnesses witnesses = witnesses(1, peer)) {
      round(witnesses);
      assertThat(peer.asked).hasValue(0);
      assertThat(trouble(witnesses, 0)).contains("own-tree-broken");
    }
  }

  @Test
  void withoutWitnessesThereIsNothingToSay() throws Exception {
    log.size = 5;
    try (Witnesses nobody = witnesses(1)) {
      nobody.start();
      round(nobody);
      assertThat(nobody.status(5)).isEmpty();
      assertThat(nobody.witnessed()).isEmpty();
    }
  }
}

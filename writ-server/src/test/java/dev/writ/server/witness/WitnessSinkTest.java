package dev.writ.server.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.writ.audit.Checkpoint;
import dev.writ.audit.Ed25519Key;
import dev.writ.audit.MerkleProof;
import dev.writ.audit.Note;
import dev.writ.audit.NoteSigner;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.audit.Tile;
import dev.writ.audit.TileNodes;
import dev.writ.audit.TreeEdge;
import dev.writ.audit.VerifierKey;
import dev.writ.audit.WitnessReply;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessSinkTest {
  private static final String ORIGIN = "writ.example/ledger";
  private static final Ed25519Key LOG = Ed25519Key.fromSeed(new byte[32]);
  private static final VerifierKey LOG_KEY = LOG.named(ORIGIN);
  private static final NoteVerifier LOG_VERIFIER = new NoteVerifier(LOG_KEY, Ed25519Key::verify);

  @TempDir private Path temp;

  /** A tree in memory with its tiles. */
  private record Tree(SignedCheckpoint signed, MerkleProof.Nodes nodes) {}

  private static Tree tree(int size, String kind) {
    return tree(size, kind, NoteSigner.of(LOG_KEY, LOG));
  }

  private static Tree tree(int size, String kind, NoteSigner signer) {
    List<Digest> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(Digest.ofText(kind + i));
    }
    TreeEdge.Growth growth = TreeEdge.EMPTY.append(leaves);
    Map<String, Tile> tiles = new LinkedHashMap<>();
    growth.full().forEach(tile -> tiles.put(tile.path().path(), tile));
    growth.edge().partialTiles().forEach(tile -> tiles.put(tile.path().path(), tile));
    Note note = new Checkpoint(ORIGIN, size, growth.edge().root()).signedBy(signer);
    NoteVerifier verifier = new NoteVerifier(signer.key(), Ed25519Key::verify);
    return new Tree(
        SignedCheckpoint.open(note.bytes(), verifier).orThrow(),
        new TileNodes(path -> Optional.ofNullable(tiles.get(path)).map(Tile::bytes), size));
  }

  private static WitnessSink.Outcome submit(WitnessSink sink, Tree tree) {
    return sink.submit(tree.signed(), tree.nodes());
  }

  /** The witness in another language, in its own process. */
  private static final class Witness implements AutoCloseable {
    private final Process process;
    private final URI prefix;
    private final NoteVerifier verifier;

    Witness(Path state) throws IOException {
      Path at = Path.of("").toAbsolutePath();
      while (!Files.exists(at.resolve("writ-server"))) {
        at = Optional.ofNullable(at.getParent()).orElseThrow();
      }
      process =
          new ProcessBuilder(
                  "node",
                  at.resolve("writ-server/src/test/js/witness.mjs").toString(),
                  state.toString(),
                  "witness.example/w1",
                  "07".repeat(32),
                  LOG_KEY.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader out = process.inputReader(UTF_8)) {
        String line = Optional.ofNullable(out.readLine()).orElseThrow();
        Json.Obj hello = Json.parseObject(line.getBytes(UTF_8), Json.Bounds.REQUEST).orThrow();
        prefix = URI.create("http://127.0.0.1:" + hello.integer("port").orElseThrow() + "/");
        VerifierKey key = VerifierKey.parse(hello.text("vkey").orElseThrow()).orThrow();
        assertThat(key.kind()).isEqualTo(VerifierKey.Kind.COSIGNATURE);
        verifier = new NoteVerifier(key, Ed25519Key::verify);
      }
    }

    WitnessSink sink(HttpClient client) {
      return new WitnessSink(prefix, verifier, client);
    }

    @Override
    public void close() throws IOException {
      process.getOutputStream().close();
      process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
  }

  @Test
  @Tag("services")
  void aWitnessInAnotherLanguageCosignsWhatGrowsAndNothingElse() throws Exception {
    Path state = temp.resolve("witness.json");
    try (HttpClient client = HttpClient.newHttpClient()) {
      try (Witness witness = new Witness(state)) {
        WitnessSink sink = witness.sink(client);
        for (int size : List.of(1, 2, 7, 7, 256, 300, 1000)) {
          Tree tree = tree(size, "entry");
          Note note = cosigned(submit(sink, tree));
          SignedCheckpoint open =
              SignedCheckpoint.open(note.bytes(), LOG_VERIFIER, List.of(witness.verifier))
                  .orThrow();
          assertThat(open.cosignatures()).hasSize(1);
          assertThat(open.cosignatures().getFirst().at()).isCloseTo(Instant.now(), within(5));
          assertThat(sink.acknowledged()).isEqualTo(size);
        }
        // Rewritten history, longer, as long and shorter.
        assertThat(submit(sink, tree(1200, "forged")))
            .isEqualTo(new WitnessSink.Outcome.OtherHistory(1000));
        assertThat(submit(sink, tree(1000, "forged")))
            .isEqualTo(new WitnessSink.Outcome.OtherHistory(1000));
        assertThat(submit(sink, tree(900, "entry")))
            .isEqualTo(new WitnessSink.Outcome.WentBack(1000));
        Ed25519Key other = Ed25519Key.fromSeed(seed(3));
        assertThat(
                submit(
                    witness.sink(client),
                    tree(5, "entry", NoteSigner.of(other.named(ORIGIN), other))))
            .isEqualTo(
                new WitnessSink.Outcome.Refused("the witness knows this log by another key"));
      }
      // Both restarted: the witness kept its state, the sink learns it from the conflict.
      try (Witness witness = new Witness(state)) {
        WitnessSink sink = witness.sink(client);
        assertThat(sink.acknowledged()).isZero();
        assertThat(submit(sink, tree(900, "entry")))
            .isEqualTo(new WitnessSink.Outcome.WentBack(1000));
        WitnessSink another = witness.sink(client);
        assertThat(submit(another, tree(1300, "forged")))
            .isEqualTo(new WitnessSink.Outcome.OtherHistory(1000));
        cosigned(submit(another, tree(1300, "entry")));
        assertThat(another.acknowledged()).isEqualTo(1300);
      }
    }
  }

  private static org.assertj.core.data.TemporalUnitOffset within(int minutes) {
    return org.assertj.core.api.Assertions.within(minutes, ChronoUnit.MINUTES);
  }

  private static byte[] seed(int b) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) b);
    return seed;
  }

  private static Note cosigned(WitnessSink.Outcome outcome) {
    assertThat(outcome).isInstanceOf(WitnessSink.Outcome.Cosigned.class);
    return ((WitnessSink.Outcome.Cosigned) outcome).checkpoint();
  }

  /** What a program that is no good witness answers. */
  private record Answer(int status, String type, String body) {}

  private static WitnessSink.Outcome answered(Answer answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/add-checkpoint",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Content-Type", answer.type());
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
          byte[] body = answer.body().getBytes(UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return submit(sink(server, client, Duration.ofSeconds(20)), tree(5, "entry"));
    } finally {
      server.stop(0);
    }
  }

  private static WitnessSink sink(HttpServer server, HttpClient client, Duration wait) {
    NoteVerifier witness =
        new NoteVerifier(LOG.witnessNamed("witness.example/w1"), Ed25519Key::verify);
    URI prefix = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new WitnessSink(prefix, witness, client, wait);
  }

  @Test
  void badAnswersAreOutcomesToo() throws IOException {
    String none = "\n";
    assertThat(answered(new Answer(404, "text/plain", none)))
        .isEqualTo(new WitnessSink.Outcome.Refused("the witness does not know this log"));
    assertThat(answered(new Answer(307, "text/plain", none)))
        .isEqualTo(new WitnessSink.Outcome.Refused("status 307"));
    assertThat(answered(new Answer(422, "text/plain", none)))
        .isEqualTo(new WitnessSink.Outcome.OtherHistory(0));
    assertThat(answered(new Answer(200, "text/html", "<html>\n")))
        .isInstanceOf(WitnessSink.Outcome.Refused.class);
    assertThat(answered(new Answer(409, "text/x.tlog.size", "9\n")))
        .isEqualTo(new WitnessSink.Outcome.WentBack(9));
    assertThat(answered(new Answer(409, "text/x.tlog.size", "0\n")))
        .isEqualTo(new WitnessSink.Outcome.OtherHistory(0));
    String tooLong = "x".repeat(WitnessReply.LONGEST + 1);
    assertThat(answered(new Answer(200, "text/plain", tooLong)))
        .isInstanceOf(WitnessSink.Outcome.Unreachable.class);
    // A signature by the right name over another text.
    NoteSigner signer =
        NoteSigner.cosigner(
            LOG.witnessNamed("witness.example/w1"), LOG, () -> Instant.ofEpochSecond(1));
    String line = Note.sign("another text\n", List.of(signer)).signatures().getFirst().line();
    assertThat(answered(new Answer(200, "text/plain", line)))
        .isInstanceOf(WitnessSink.Outcome.Refused.class);
  }

  @Test
  void anAnswerThatNeverEndsIsGivenUp() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/add-checkpoint",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      WitnessSink sink = sink(server, client, Duration.ofMillis(300));
      assertThat(submit(sink, tree(5, "entry")))
          .isEqualTo(new WitnessSink.Outcome.Unreachable("no answer within 300 ms"));
      assertThat(sink.acknowledged()).isZero();
      over.countDown();
    } finally {
      over.countDown();
      server.stop(0);
    }
  }

  @Test
  void nobodyThereIsUnreachableAndRedirectsAreNeverFollowed() {
    try (HttpClient client = HttpClient.newHttpClient();
        HttpClient following =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build()) {
      NoteVerifier witness = new NoteVerifier(LOG.witnessNamed("w"), Ed25519Key::verify);
      URI nobody = URI.create("http://127.0.0.1:1/");
      WitnessSink sink = new WitnessSink(nobody, witness, client);
      assertThat(submit(sink, tree(5, "entry")))
          .isInstanceOf(WitnessSink.Outcome.Unreachable.class);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new WitnessSink(nobody, witness, following));
    }
  }
}

package dev.writ.sim;

import static dev.writ.sim.Company.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.audit.Checkpoint;
import dev.writ.audit.Ed25519Key;
import dev.writ.audit.LedgerTree;
import dev.writ.audit.Note;
import dev.writ.audit.NoteSigner;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.audit.TreeExport;
import dev.writ.audit.Verdict;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.fact.About;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.fact.FactDraft;
import dev.writ.ledger.FoldingVisitor;
import dev.writ.ledger.Head;
import dev.writ.ledger.LedgerFault;
import dev.writ.ledger.Ruling;
import dev.writ.operation.DecideCall;
import dev.writ.state.Fold;
import dev.writ.state.State;
import dev.writ.state.StateLines;
import dev.writ.state.StateReader;
import dev.writ.token.VerifiedToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * The small ledgers in {@code /vectors/ledgers}, one of every release: each must verify and fold to
 * the state it folded to when it was written. With {@code -Dwrit.vectors.write=true} this release's
 * is written when it is not there; nothing that is there is ever rewritten.
 */
class LedgerVectorTest {
  private static final String RELEASE = "0.1";
  private static final String ORIGIN = "ledger.brightwater.example";
  private static final int EACH = 50;

  /** Known to everybody: it signs vectors only. */
  private static final Ed25519Key KEY =
      Ed25519Key.fromSeed(Digest.ofText("the key of the ledger vectors").bytes());

  private static Path folder() {
    Path at = Path.of(System.getProperty("writ.root", "")).toAbsolutePath();
    while (!Files.exists(at.resolve("writ-core"))) {
      at = Optional.ofNullable(at.getParent()).orElseThrow();
    }
    return at.resolve("vectors/ledgers");
  }

  @Test
  void everyReleasesLedgerVerifiesAndFoldsToItsState() throws IOException {
    Path own = folder().resolve(RELEASE);
    if (Boolean.getBoolean("writ.vectors.write") && !Files.exists(own)) {
      write(own);
    }
    assertThat(own).isDirectory();
    try (var releases = Files.list(folder())) {
      for (Path release : releases.sorted().toList()) {
        check(release);
      }
    }
  }

  private static void check(Path release) throws IOException {
    Json.Obj expected =
        Json.parseObject(Files.readAllBytes(release.resolve("state.json")), Json.Bounds.REQUEST)
            .orThrow();
    VerifierKey key =
        VerifierKey.parse(Files.readString(release.resolve(LedgerTree.KEY))).orThrow();
    List<Json> hashes = new ArrayList<>();
    State[] state = {State.empty()};
    FoldingVisitor visitor =
        new FoldingVisitor(entry -> {
          state[0] = Fold.apply(state[0], entry);
          if (state[0].size() % EACH == 0) {
            hashes.add(hash(state[0]));
          }
        });
    LedgerTree tree =
        new LedgerTree(path -> read(release, path), new NoteVerifier(key, Ed25519Key::verify));
    assertThat(tree.verify(visitor)).isInstanceOf(Verdict.Sound.class);
    hashes.add(hash(state[0]));
    assertThat(StateReader.parse(StateLines.of(state[0])).orThrow()).isEqualTo(state[0]);
    assertThat(expected.integer("size")).hasValue(state[0].size());
    assertThat(expected.array("states")).hasValue(hashes);
    seal(expected.object("seal").orElseThrow());
  }

  private static Json hash(State state) {
    return Json.object().put("hash", StateLines.hash(state)).put("size", state.size()).build();
  }

  private static void seal(Json.Obj vector) {
    String text = vector.text("head").orElseThrow();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Head head = Head.parse(bytes).orThrow();
    assertThat(head.canonical()).isEqualTo(bytes);
    assertThat(vector.text("seal"))
        .hasValue(
            hmac(vector.text("key").orElseThrow(), vector.text("label").orElseThrow(), bytes));
  }

  private static String hmac(String key, String label, byte[] head) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(HexFormat.of().parseHex(key), "HmacSHA256"));
      mac.update(label.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(head));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<byte[]> read(Path release, String path) {
    try {
      Path file = release.resolve(path);
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // --- Writing this release's ledger ---

  private static void write(Path own) throws IOException {
    MemoryLedgerStore store = lived();
    List<byte[]> entries = store.entries();
    TreeExport export =
        new TreeExport((path, bytes) -> {
          try {
            Files.createDirectories(own.resolve(path).getParent());
            Files.write(own.resolve(path), bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    List<Json> hashes = new ArrayList<>();
    State state = State.empty();
    for (byte[] bytes : entries) {
      export.add(bytes);
      state = Fold.apply(state, Entry.parse(bytes).orThrow());
      if (state.size() % EACH == 0) {
        hashes.add(hash(state));
      }
    }
    hashes.add(hash(state));
    Head head = store.committedHead().orElseThrow().head();
    VerifierKey key = KEY.named(state.log().origin());
    Note note =
        new Checkpoint(head.origin(), head.size(), head.root()).signedBy(NoteSigner.of(key, KEY));
    export.finish(
        SignedCheckpoint.open(note.bytes(), new NoteVerifier(key, Ed25519Key::verify)).orThrow(),
        key);
    Json.Obj expected =
        Json.object()
            .put("about", "the state's hash after so many entries, and a sealed head")
            .put("seal", sealed(head))
            .put("size", state.size())
            .put("states", Json.array(hashes))
            .build();
    Files.writeString(own.resolve("state.json"), expected.pretty());
  }

  private static Json sealed(Head head) {
    String key = "00".repeat(31) + "01";
    String label = "writ head 1\n";
    return Json.object()
        .put("head", new String(head.canonical(), StandardCharsets.UTF_8))
        .put("key", key)
        .put("label", label)
        .put("seal", hmac(key, label, head.canonical()))
        .build();
  }

  /** A company's life by its operations, and enough simulated tasks behind it to fill a tile. */
  private static MemoryLedgerStore lived() {
    Company c = Company.founded(2026);
    VerifiedToken token = c.token(c.writ());
    Json.Obj arguments = Json.object().put("supplier", "sup-118").build();
    DecideCall.Request request =
        new DecideCall.Request(
            token.task(), token.id(), "list_invoices", arguments, Optional.empty());
    expect(DecideCall.Reply.Allowed.class, c.decide().run(request));
    c.decide()
        .run(
            new DecideCall.Request(
                token.task(), token.id(), "no_such_tool", arguments, Optional.empty()));
    assertThat(c.facts(Fact.CallDecided.class)).hasSize(2);
    SimWorld world = SimWorld.of(2, new Chance(3));
    c.ledger.write((state, now) -> {
      List<FactDraft> drafts = new ArrayList<>();
      drafts.addAll(world.issuing(0, now));
      drafts.addAll(world.issuing(1, now));
      drafts.add(
          FactDraft.of(
              SimWorld.FOUNDER, About.ledger(), new Fact.StrangersRefused("api", "unsigned", 7)));
      return Ruling.of(drafts, state.size());
    });
    TaskWork work = new TaskWork(world);
    Chance chance = new Chance(4);
    while (c.store.entries().size() < 300) {
      try {
        c.ledger.write(work.next(chance, c.clock.instant()).command());
      } catch (LedgerFault.Poisoned poison) {
        assertThat(poison).isNotNull();
      }
    }
    return c.store;
  }

  @Test
  void theKeyOfTheVectorsIsNoSecret() {
    assertThat(KEY.named(ORIGIN).toString()).startsWith(ORIGIN + "+");
  }
}

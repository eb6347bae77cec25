package dev.writ.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.audit.Checkpoint;
import dev.writ.audit.Ed25519Key;
import dev.writ.audit.EntryVisitor;
import dev.writ.audit.Merkle;
import dev.writ.audit.NoteSigner;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.audit.TreeExport;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Json;
import dev.writ.base.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
  private static final int SIZE = 300;

  private static final Ed25519Key LOG =
      Ed25519Key.fromSeed("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
  private static final VerifierKey KEY = LOG.named("writ.example/ledger");

  @TempDir private Path temp;

  /** What a run of the command gave. */
  private record Ran(int status, String out, String err) {}

  private static Ran run(VerifyCommand command, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int status =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(texts);
    assertThat((out.toString() + err).lines())
        .allMatch(line -> line.startsWith("{") || line.length() <= 80);
    return new Ran(status, out.toString(), err.toString());
  }

  private static Ran run(Object... arguments) {
    return run(new VerifyCommand(), arguments);
  }

  private static List<byte[]> entries(int size) {
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      entries.add(("{\"entry\":" + i + "}").getBytes(UTF_8));
    }
    return entries;
  }

  private Path export(String name, List<byte[]> entries) {
    Path folder = temp.resolve(name);
    TreeExport export = new TreeExport(new LedgerFolder(folder));
    entries.forEach(export::add);
    var root = Merkle.root(entries.stream().map(Merkle::leafHash).toList());
    var note = new Checkpoint(KEY.name(), entries.size(), root).signedBy(NoteSigner.of(KEY, LOG));
    var verifier = new NoteVerifier(KEY, Ed25519Key::verify);
    export.finish(SignedCheckpoint.open(note.bytes(), verifier).orThrow(), KEY);
    return folder;
  }

  private Path key() throws IOException {
    return Files.writeString(temp.resolve("log key.vkey"), KEY + "\n");
  }

  @Test
  void aSoundLedgerIsVerified() throws IOException {
    Path folder = export("sound", entries(SIZE));
    Ran ran = run(folder, "--key", key());
    assertThat(ran.status()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            """
            verified: every entry, every hash and the checkpoint's signature
              ledger   writ.example/ledger
              entries  300
              root     6aa66085e7e8cf2befc7dc77850f473db0958bc9b9203d0c4daf6a6e07a475af
            """);
    Ran json = run(folder, "--key", key(), "--json");
    assertThat(json.out())
        .isEqualTo(
            "{\"entries\":300,\"ok\":true,\"origin\":\"writ.example/ledger\",\"root\":"
                + "\"6aa66085e7e8cf2befc7dc77850f473db0958bc9b9203d0c4daf6a6e07a475af\"}\n");
  }

  @Test
  void theFirstBadEntryIsNamed() throws IOException {
    Path folder = export("bad", entries(SIZE));
    Path bundle = folder.resolve("tile/entries/001.p/44");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[2 + 5] ^= 1;
    Files.write(bundle, bytes);
    Ran ran = run(folder, "--key", key());
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out())
        .isEqualTo(
            """
            NOT verified
              first    entry 256, tile/entries/001.p/44
              what     entry 256 is not the one that tile/0/001.p/44 holds the hash of
              next     fetch it again; if it stays so, it was changed
            """);
    Ran json = run(folder, "--key", key(), "--json");
    assertThat(json.status()).isEqualTo(1);
    Json.Obj result = Json.parseObject(json.out().getBytes(UTF_8), Json.Bounds.REQUEST).orThrow();
    assertThat(result.integer("position")).contains(256L);
    assertThat(result.text("part")).contains("entry");
  }

  @Test
  void aKeptCheckpointCatchesARewrittenHistory() throws IOException {
    Path kept = export("kept", entries(200)).resolve("checkpoint");
    Ran extended = run(export("grown", entries(SIZE)), "--key", key(), "--since", kept);
    assertThat(extended.status()).isZero();
    assertThat(extended.out()).contains("extends  the kept checkpoint of 200 entries");
    List<byte[]> rewritten = entries(SIZE);
    rewritten.set(7, "forged".getBytes(UTF_8));
    Path folder = export("rewritten", rewritten);
    assertThat(run(folder, "--key", key()).status()).isZero();
    Ran caught = run(folder, "--key", key(), "--since", kept);
    assertThat(caught.status()).isEqualTo(1);
    assertThat(caught.out()).contains("first    history, checkpoint");
  }

  @Test
  void whatTheEntriesSayCanBeCheckedInTheSamePass() throws IOException {
    EntryVisitor doubts =
        (position, entry, leafHash) ->
            position == 3
                ? Optional.of(new Problem("previous", "a fact of its workflow is missing", "ask"))
                : Optional.empty();
    Path folder = export("doubtful", entries(SIZE));
    Ran ran = run(new VerifyCommand(() -> doubts), folder, "--key", key());
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).contains("first    meaning 3, previous");
  }

  @Test
  void wrongUsageAndInputIsToldApart() throws IOException {
    Path folder = export("input", entries(3));
    assertThat(run().status()).isEqualTo(2);
    assertThat(run(folder).status()).isEqualTo(2);
    assertThat(run(folder.resolve("checkpoint"), "--key", key()).err()).contains("not a folder");
    assertThat(run(temp.resolve("nowhere"), "--key", key()).status()).isEqualTo(2);
    assertThat(run(folder, "--key", temp.resolve("nowhere")).status()).isEqualTo(2);
    assertThat(run(folder, "--key", folder.resolve("checkpoint")).status()).isEqualTo(2);
    assertThat(run(folder, "--key", folder).status()).isEqualTo(2);
    assertThat(run(folder, "--key", key(), "--since", key()).status()).isEqualTo(2);
    assertThat(run(folder, "--key", key(), "--since", temp.resolve("no")).status()).isEqualTo(2);
    Path foreign =
        Files.writeString(
            temp.resolve("foreign"),
            Ed25519Key.fromSeed(new byte[32]).named("writ.example/ledger").toString());
    assertThat(run(folder, "--key", foreign).status()).isEqualTo(1);
    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertThat(run(empty, "--key", key()).out()).contains("the checkpoint is missing");
    assertThat(run(empty, "--key", temp.resolve("nowhere"), "--json").out())
        .startsWith("{\"ok\":false,\"part\":\"input\"");
  }

  @Test
  @Tag("services")
  void aVerifierInAnotherLanguageAgrees() throws Exception {
    for (int size : List.of(0, 1, 256, SIZE, 66_000)) {
      Path folder = export("other-" + size, entries(size));
      assertThat(node(folder)).isEqualTo("0 {\"entries\":" + size + ",\"ok\":true}");
    }
    Path folder = temp.resolve("other-300");
    List<String> files = new ArrayList<>();
    try (var walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(path -> !path.equals("key.vkey"))
          .sorted()
          .forEach(files::add);
    }
    assertThat(files).hasSize(6);
    for (String file : files) {
      byte[] good = Files.readAllBytes(folder.resolve(file));
      byte[] bad = good.clone();
      bad[bad.length / 2] ^= 1;
      Files.write(folder.resolve(file), bad);
      assertThat(node(folder)).as(file).startsWith("1 {\"ok\":false");
      Files.write(folder.resolve(file), good);
    }
    assertThat(node(folder)).startsWith("0 ");
  }

  private String node(Path folder) throws Exception {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("vectors"))) {
      at = Optional.ofNullable(at.getParent()).orElseThrow();
    }
    Process node =
        new ProcessBuilder(
                "node",
                at.resolve("vectors/tools/verify-tlog.mjs").toString(),
                folder.toString(),
                key().toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(node.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return node.exitValue() + " " + out;
  }
}

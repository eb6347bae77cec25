package dev.writ.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The files of {@code /vectors/log}: what this code computes is what stands there, and a program in
 * another language computes the same. {@code -Dwrit.vectors=write} writes them anew.
 */
class LogVectorsTest {
  private static final int LARGEST = 70_000;
  private static final List<Digest> LEAVES = Trees.leaves(0, LARGEST);

  @Test
  void roots() throws Exception {
    List<Json> roots = new ArrayList<>();
    for (int size = 0; size <= 300; size++) {
      roots.add(root(size));
    }
    for (int size : List.of(511, 512, 513, 1000, 4096, 65_535, 65_536, 65_537, LARGEST)) {
      roots.add(root(size));
    }
    check(
        "roots",
        Json.object()
            .put("about", "Merkle tree hashes (RFC 6962, 2.1); entry i is the text `entry i`")
            .put("roots", Json.array(roots))
            .build());
  }

  private static Json root(int size) {
    return Json.object().put("size", size).put("root", rootOf(size)).build();
  }

  private static Digest rootOf(int size) {
    return Merkle.root(LEAVES.subList(0, size));
  }

  @Test
  void proofs() throws Exception {
    List<Json> inclusion = new ArrayList<>();
    List<Json> consistency = new ArrayList<>();
    MerkleProof.Nodes nodes = Trees.nodes(LEAVES);
    for (int size : List.of(1, 2, 3, 5, 8, 13, 255, 256, 257, 1000)) {
      for (int index : List.of(0, 1, size / 2, size - 2, size - 1)) {
        if (index >= 0 && index < size) {
          inclusion.add(
              Json.object()
                  .put("size", size)
                  .put("index", index)
                  .put("proof", hashes(MerkleProof.inclusion(nodes, index, size)))
                  .build());
        }
      }
      for (int old : List.of(0, 1, 2, 6, 128, 255, 256, 999, size)) {
        if (old <= size) {
          consistency.add(
              Json.object()
                  .put("old", old)
                  .put("new", size)
                  .put("proof", hashes(MerkleProof.consistency(nodes, old, size)))
                  .build());
        }
      }
    }
    check(
        "proofs",
        Json.object()
            .put("about", "Audit paths and consistency proofs (RFC 6962, 2.1.1 and 2.1.2)")
            .put("inclusion", Json.array(inclusion))
            .put("consistency", Json.array(consistency))
            .build());
  }

  private static Json hashes(List<Digest> proof) {
    return Json.strings(proof.stream().map(Digest::toString).toList());
  }

  @Test
  void tiles() throws Exception {
    List<Json> paths = new ArrayList<>();
    for (TilePath path :
        List.of(
            new TilePath.Hashes(0, 0, 256),
            new TilePath.Hashes(0, 7, 255),
            new TilePath.Hashes(1, 999, 1),
            new TilePath.Hashes(2, 1000, 256),
            new TilePath.Hashes(0, 1_234_067, 256),
            new TilePath.Hashes(63, TilePath.LARGEST_INDEX, 256),
            new TilePath.Entries(0, 256),
            new TilePath.Entries(1_000_000, 17))) {
      String kind =
          switch (path) {
            case TilePath.Hashes hashes -> String.valueOf(hashes.level());
            case TilePath.Entries entries -> "entries";
          };
      paths.add(
          Json.object()
              .put("kind", kind)
              .put("index", String.valueOf(path.index()))
              .put("width", path.width())
              .put("path", path.path())
              .build());
    }
    List<String> wrong =
        List.of(
            "tile/0/0",
            "tile/00/000",
            "tile/64/000",
            "tile/0/x000/001",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "/tile/0/000",
            "tile/data/000");
    assertThat(wrong).allSatisfy(p -> assertThat(TilePath.parse(p).problems()).isNotEmpty());
    Map<String, byte[]> files = new LinkedHashMap<>();
    TreeExport export = new TreeExport(files::put);
    Trees.entries(0, LARGEST).forEach(export::add);
    Note note = new Checkpoint(Keys.ORIGIN, LARGEST, rootOf(LARGEST)).signedBy(Keys.SIGNER);
    export.finish(SignedCheckpoint.open(note.bytes(), Keys.VERIFIER).orThrow(), Keys.LOG_KEY);
    Json.Builder digests = Json.object();
    files.forEach((path, bytes) -> {
      if (!path.startsWith("tile/entries/") && !path.matches("tile/0/[01]..")) {
        digests.put(path, Digest.sha256(bytes));
      }
    });
    check(
        "tiles",
        Json.object()
            .put("about", "Tile paths, and SHA-256 of the tiles of a tree of 70,000 entries")
            .put("paths", Json.array(paths))
            .put("wrong", Json.strings(wrong))
            .put("size", LARGEST)
            .put("tiles", digests.build())
            .build());
  }

  @Test
  void notes() throws Exception {
    Note signed = new Checkpoint(Keys.ORIGIN, 13, rootOf(13)).signedBy(Keys.SIGNER);
    Note cosigned = signed.with(Note.sign(signed.text(), List.of(Keys.COSIGNER)).signatures());
    Receipt receipt = new Receipt(5, MerkleProof.inclusion(Trees.nodes(LEAVES), 5, 13), cosigned);
    byte[] body =
        new WitnessRequest(6, MerkleProof.consistency(Trees.nodes(LEAVES), 6, 13), signed).body();
    String good = signed.toString();
    List<String> wrong =
        List.of(
            good.replace("13\n", "14\n"),
            good.replace("13\n", "013\n"),
            good.substring(0, good.length() - 1),
            good.replace("\n\n", "\n"),
            good.replace("=\n", "\n"),
            good.replace("\u2014 ", "- "));
    assertThat(wrong)
        .allSatisfy(n ->
            assertThat(SignedCheckpoint.open(n.getBytes(UTF_8), Keys.VERIFIER).problems())
                .isNotEmpty());
    check(
        "notes",
        Json.object()
            .put("about", "C2SP signed-note, tlog-checkpoint, tlog-cosignature v1, tlog-proof v1")
            .put("logSeed", "01".repeat(32))
            .put("logKey", Keys.LOG_KEY.toString())
            .put("witnessSeed", "02".repeat(32))
            .put("witnessKey", Keys.WITNESS_KEY.toString())
            .put("cosignedAt", Keys.NOON.instant().getEpochSecond())
            .put("checkpoint", good)
            .put("cosigned", cosigned.toString())
            .put("receipt", new String(receipt.bytes(), UTF_8))
            .put("addCheckpoint", new String(body, UTF_8))
            .put("wrong", Json.strings(wrong))
            .build());
  }

  @Test
  @Tag("services")
  void aProgramInAnotherLanguageComputesTheSame() throws Exception {
    Process node =
        new ProcessBuilder(
                "node",
                vectors().resolve("tools/check-log-vectors.mjs").toString(),
                vectors().resolve("log").toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(node.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(node.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(out).startsWith("{\"ok\":true");
  }

  private static void check(String name, Json.Obj expected) throws Exception {
    Path file = vectors().resolve("log/" + name + ".json");
    if ("write".equals(System.getProperty("writ.vectors"))) {
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, expected.pretty().stripTrailing() + "\n");
    }
    Json.Bounds bounds = new Json.Bounds(1 << 20, 8, 50_000, true);
    assertThat(Json.parse(Files.readAllBytes(file), bounds).orThrow()).isEqualTo(expected);
  }

  private static Path vectors() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("writ-core"))) {
      at = Optional.ofNullable(at.getParent()).orElseThrow();
    }
    return at.resolve("vectors");
  }
}

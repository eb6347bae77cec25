package dev.writ.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.writ.base.Digest;
import dev.writ.base.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTreeTest {
  private static final int SIZE = 256 * 3 + 40;

  /** A log of {@code size} entries as it is exported. */
  static Map<String, byte[]> export(List<byte[]> entries, NoteSigner signer) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    TreeExport export = new TreeExport(files::put);
    entries.forEach(export::add);
    Digest root = Merkle.root(entries.stream().map(Merkle::leafHash).toList());
    Note note = new Checkpoint(Keys.ORIGIN, entries.size(), root).signedBy(signer);
    export.finish(SignedCheckpoint.open(note.bytes(), Keys.VERIFIER).orThrow(), Keys.LOG_KEY);
    return files;
  }

  private static Map<String, byte[]> export(int size) {
    return export(Trees.entries(0, size), Keys.SIGNER);
  }

  private static Verdict verify(Map<String, byte[]> files) {
    return new LedgerTree(Trees.source(files), Keys.VERIFIER).verify(EntryVisitor.NONE);
  }

  private static Verdict.Broken broken(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Broken.class);
    return (Verdict.Broken) verdict;
  }

  @Test
  void everySizeVerifiesAndShowsEveryEntryOnce() {
    for (int size : List.of(0, 1, 2, 255, 256, 257, 511, 512, 700, 66_000)) {
      Map<String, byte[]> files = export(size);
      List<Long> seen = new ArrayList<>();
      Verdict verdict =
          new LedgerTree(Trees.source(files), Keys.VERIFIER)
              .verify((position, entry, leafHash) -> {
                assertThat(entry).isEqualTo(Trees.entry(position));
                assertThat(leafHash).isEqualTo(Merkle.leafHash(entry));
                seen.add(position);
                return Optional.empty();
              });
      assertThat(verdict).as("size %d", size).isInstanceOf(Verdict.Sound.class);
      assertThat(seen).hasSize(size).isSorted();
    }
  }

  @Test
  void everyFlippedByteOfEveryFileIsFoundAndNamed() {
    Map<String, byte[]> files = export(SIZE);
    Random random = new Random(5);
    for (String path : files.keySet()) {
      if (path.equals(LedgerTree.KEY)) {
        continue;
      }
      for (int round = 0; round < 12; round++) {
        Map<String, byte[]> changed = new LinkedHashMap<>(files);
        byte[] bytes = Trees.file(files, path).clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        changed.put(path, bytes);
        assertThat(broken(verify(changed)).problem().place()).as(path).startsWith(path);
      }
    }
  }

  @Test
  void everyMissingFileIsNamed() {
    Map<String, byte[]> files = export(SIZE);
    for (String path : files.keySet()) {
      if (!path.equals(LedgerTree.KEY)) {
        Map<String, byte[]> fewer = new LinkedHashMap<>(files);
        fewer.remove(path);
        assertThat(broken(verify(fewer)).problem().place()).isEqualTo(path);
      }
    }
  }

  @Test
  void theFirstBadEntryIsNamedThoughTheTilesFollowIt() {
    Map<String, byte[]> files = export(SIZE);
    for (int bad : List.of(0, 255, 256, 300, 600)) {
      Map<String, byte[]> changed = new LinkedHashMap<>(files);
      changed.putAll(bundleWithout(bad));
      Verdict.Broken broken = broken(verify(changed));
      assertThat(broken.what()).isEqualTo(Verdict.Part.ENTRY);
      assertThat(broken.position()).hasValue(bad);
    }
  }

  /** The bundle that holds entry {@code bad}, with another entry in its place. */
  private static Map<String, byte[]> bundleWithout(int bad) {
    List<byte[]> entries = Trees.entries(0, SIZE);
    entries.set(bad, "forged".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    int first = bad - bad % 256;
    TilePath.Entries path = TilePath.entriesIn(bad / 256, SIZE).orElseThrow();
    return Map.of(path.path(), EntryBundle.encode(entries.subList(first, first + path.width())));
  }

  @Test
  void aTreeRebuiltWithoutTheKeyIsFound() {
    List<byte[]> entries = Trees.entries(0, SIZE);
    entries.set(300, Trees.entry(9999));
    Map<String, byte[]> rebuilt = export(entries, Keys.SIGNER);
    rebuilt.put(LedgerTree.CHECKPOINT, Trees.file(export(SIZE), LedgerTree.CHECKPOINT));
    assertThat(broken(verify(rebuilt)).what()).isEqualTo(Verdict.Part.ROOT);
  }

  @Test
  void withABrokenEdgeTheEntriesStillTellWhoIsWrong() {
    Map<String, byte[]> changed = new LinkedHashMap<>(export(SIZE));
    String edge = "tile/1/000.p/3";
    byte[] bytes = Trees.file(changed, edge).clone();
    bytes[40] ^= 1;
    changed.put(edge, bytes);
    assertThat(broken(verify(changed)).what()).isEqualTo(Verdict.Part.TILE);
    changed.putAll(bundleWithout(300));
    Verdict.Broken both = broken(verify(changed));
    assertThat(both.what()).isEqualTo(Verdict.Part.ENTRY);
    assertThat(both.position()).hasValue(300);
  }

  @Test
  void historyRewrittenWithTheRealKeyIsCaughtByAnOlderCheckpoint() {
    byte[] older = Trees.file(export(500), LedgerTree.CHECKPOINT);
    List<byte[]> entries = Trees.entries(0, SIZE);
    entries.set(300, Trees.entry(9999));
    Map<String, byte[]> rewritten = export(entries, Keys.SIGNER);
    assertThat(verify(rewritten)).isInstanceOf(Verdict.Sound.class);
    assertThat(broken(since(rewritten, older)).what()).isEqualTo(Verdict.Part.HISTORY);
    assertThat(since(export(SIZE), older)).isInstanceOf(Verdict.Sound.class);
    // A change after the older checkpoint is not its business.
    entries.set(300, Trees.entry(300));
    entries.set(500, Trees.entry(9999));
    assertThat(since(export(entries, Keys.SIGNER), older)).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  void theOlderCheckpointMayBeOfAnySizeUpToTheLogs() {
    Map<String, byte[]> files = export(SIZE);
    for (int size : List.of(0, 1, 255, 256, 257, 512, SIZE)) {
      assertThat(since(files, Trees.file(export(size), LedgerTree.CHECKPOINT)))
          .isInstanceOf(Verdict.Sound.class);
      Note forged =
          new Checkpoint(Keys.ORIGIN, size, Digest.ofText("forged")).signedBy(Keys.SIGNER);
      assertThat(broken(since(files, forged.bytes())).what()).isEqualTo(Verdict.Part.HISTORY);
    }
    byte[] later = Trees.file(export(SIZE + 1), LedgerTree.CHECKPOINT);
    assertThat(broken(since(files, later)).what()).isEqualTo(Verdict.Part.HISTORY);
    Ed25519Key stranger = Keys.fromByte(8);
    Note foreign =
        new Checkpoint(Keys.ORIGIN, 3, Digest.ofText("x"))
            .signedBy(NoteSigner.of(stranger.named(Keys.ORIGIN), stranger));
    assertThat(broken(since(files, foreign.bytes())).what())
        .isEqualTo(Verdict.Part.OLDER_CHECKPOINT);
  }

  private static Verdict since(Map<String, byte[]> files, byte[] older) {
    return new LedgerTree(Trees.source(files), Keys.VERIFIER)
        .verify(Optional.of(older), EntryVisitor.NONE);
  }

  @Test
  void aVisitorsProblemEndsTheWalk() {
    Map<String, byte[]> files = export(SIZE);
    List<Long> seen = new ArrayList<>();
    Verdict.Broken broken =
        broken(
            new LedgerTree(Trees.source(files), Keys.VERIFIER)
                .verify((position, entry, leafHash) -> {
                  seen.add(position);
                  return position == 270
                      ? Optional.of(new Problem("prev", "breaks the chain", "ask"))
                      : Optional.empty();
                }));
    assertThat(broken.what()).isEqualTo(Verdict.Part.MEANING);
    assertThat(broken.position()).hasValue(270);
    assertThat(seen).hasSize(271);
  }

  @Test
  void partialResourcesMayHaveBeenReplacedByFullOnes() {
    Map<String, byte[]> files = export(1024);
    Map<String, byte[]> older = export(1000);
    files.put(LedgerTree.CHECKPOINT, Trees.file(older, LedgerTree.CHECKPOINT));
    files.put("tile/1/000.p/3", Trees.file(older, "tile/1/000.p/3"));
    assertThat(verify(files)).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  void anExportOfOtherEntriesWritesNoCheckpoint() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    TreeExport export = new TreeExport(files::put);
    Trees.entries(0, 9).forEach(export::add);
    byte[] note = Trees.file(export(10), LedgerTree.CHECKPOINT);
    SignedCheckpoint signed = SignedCheckpoint.open(note, Keys.VERIFIER).orThrow();
    assertThatIllegalStateException().isThrownBy(() -> export.finish(signed, Keys.LOG_KEY));
    assertThat(files).doesNotContainKey(LedgerTree.CHECKPOINT);
  }
}

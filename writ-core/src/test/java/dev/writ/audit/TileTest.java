package dev.writ.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.writ.base.Digest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TileTest {
  @Test
  void pathsAreWrittenAsTheStandardSays() {
    assertThat(new TilePath.Hashes(0, 1_234_067, 256).path()).isEqualTo("tile/0/x001/x234/067");
    assertThat(new TilePath.Hashes(3, 0, 1).path()).isEqualTo("tile/3/000.p/1");
    assertThat(new TilePath.Entries(999, 255).path()).isEqualTo("tile/entries/999.p/255");
    assertThat(new TilePath.Entries(1000, 256).path()).isEqualTo("tile/entries/x001/000");
    assertThat(new TilePath.Hashes(63, TilePath.LARGEST_INDEX, 256).path())
        .isEqualTo("tile/63/x036/x028/x797/x018/x963/967");
  }

  @Test
  void everyPathReadsBack() {
    Random random = new Random(11);
    for (int i = 0; i < 5000; i++) {
      long index = random.nextLong() >>> (9 + random.nextInt(54));
      int width = 1 + random.nextInt(256);
      TilePath path =
          random.nextBoolean()
              ? new TilePath.Entries(Math.min(index, TilePath.LARGEST_INDEX), width)
              : new TilePath.Hashes(
                  random.nextInt(64), Math.min(index, TilePath.LARGEST_INDEX), width);
      assertThat(TilePath.parse(path.path()).orThrow()).isEqualTo(path);
    }
  }

  @Test
  void anotherSpellingIsRefused() {
    for (String path :
        List.of(
            "",
            "tile/0/0",
            "tile/00/000",
            "tile/64/000",
            "tile/0/1000",
            "tile/0/x000/001",
            "tile/0/x001",
            "tile/0/001/002",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000/",
            "/tile/0/000",
            "tile/entries/../000",
            "tile/0/x036/x028/x797/x018/x963/968",
            "tile/0/x001/x036/x028/x797/x018/x963/967",
            "tile/0/٠٠٠",
            "tile/data/000",
            "tile/0/000\n")) {
      assertThat(TilePath.parse(path).problems()).as(path).hasSize(1);
    }
  }

  @Test
  void aTreeOf70000HasTheTilesOfTheStandardsExample() {
    List<Digest> leaves = Trees.leaves(0, 70_000);
    Map<String, byte[]> tiles = Trees.tiles(leaves, new Random(3), 5000);
    assertThat(tiles.keySet().stream().filter(p -> p.startsWith("tile/0/"))).hasSize(274);
    assertThat(tiles.keySet()).contains("tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17");
    assertThat(tiles.keySet()).contains("tile/2/000.p/1").hasSize(274 + 2 + 1);
    assertThat(TilePath.hashesIn(1, 1, 70_000)).contains(new TilePath.Hashes(1, 1, 17));
    assertThat(TilePath.entriesIn(274, 70_000)).isEmpty();
    assertThat(TilePath.hashesIn(8, 0, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void tilesHoldWhatTheDefinitionSaysHoweverTheTreeGrew() {
    List<Digest> leaves = Trees.leaves(0, 256 * 256 + 600);
    for (int seed = 0; seed < 3; seed++) {
      Map<String, byte[]> tiles = Trees.tiles(leaves, new Random(seed), 1000);
      TreeEdge edge = TreeEdge.EMPTY.append(leaves).edge();
      assertThat(edge.partialTiles())
          .allSatisfy(t -> assertThat(tiles.get(t.path().path())).isEqualTo(t.bytes()));
      Tile first = tile(tiles, new TilePath.Hashes(0, 0, 256));
      assertThat(first.hashes()).isEqualTo(leaves.subList(0, 256));
      Tile one = tile(tiles, new TilePath.Hashes(1, 0, 256));
      assertThat(one.hashes().get(9)).isEqualTo(Trees.definition(leaves.subList(2304, 2560)));
      Tile two = tile(tiles, new TilePath.Hashes(2, 0, 1));
      assertThat(two.hashes().getFirst()).isEqualTo(one.root());
    }
  }

  private static Tile tile(Map<String, byte[]> tiles, TilePath.Hashes path) {
    return TileNodes.read(Trees.source(tiles), path).orThrow();
  }

  @Test
  void anEdgeIsTheSameAfterARestart() {
    List<Digest> leaves = Trees.leaves(0, 66_500);
    for (int size : List.of(0, 1, 255, 256, 257, 511, 65_535, 65_536, 65_537, 66_500)) {
      Map<String, byte[]> tiles = Trees.tiles(leaves.subList(0, size), new Random(size), 777);
      TreeEdge kept = TreeEdge.EMPTY.append(leaves.subList(0, size)).edge();
      TreeEdge loaded =
          TreeEdge.load(size, leaves.subList(size - size % 256, size), path -> tile(tiles, path));
      assertThat(loaded.root()).isEqualTo(kept.root());
      assertThat(loaded.partialTiles()).isEqualTo(kept.partialTiles());
      List<Digest> more = Trees.leaves(size, size + 300);
      assertThat(loaded.append(more).full()).isEqualTo(kept.append(more).full());
      assertThat(loaded.append(more).edge().root()).isEqualTo(kept.append(more).edge().root());
    }
  }

  @Test
  void partialTilesOfSmallerTreesAreMadeOnDemand() {
    TreeEdge edge = TreeEdge.EMPTY.append(Trees.leaves(0, 300)).edge();
    assertThat(edge.partial(new TilePath.Hashes(0, 1, 44))).isPresent();
    assertThat(edge.partial(new TilePath.Hashes(0, 1, 3)).orElseThrow().hashes())
        .isEqualTo(Trees.leaves(256, 259));
    assertThat(edge.partial(new TilePath.Hashes(0, 1, 45))).isEmpty();
    assertThat(edge.partial(new TilePath.Hashes(0, 0, 44))).isEmpty();
    assertThat(edge.partial(new TilePath.Hashes(1, 0, 1))).isPresent();
  }

  @Test
  void bundlesReadBackAndAreRefusedWhenCutOrLonger() {
    List<byte[]> entries = Trees.entries(0, 7);
    TilePath.Entries path = new TilePath.Entries(0, 7);
    byte[] bundle = EntryBundle.encode(entries);
    assertThat(EntryBundle.parse(path, bundle).orThrow())
        .usingElementComparator(java.util.Arrays::compare)
        .isEqualTo(entries);
    for (int cut = 0; cut < bundle.length; cut++) {
      byte[] shorter = java.util.Arrays.copyOf(bundle, cut);
      assertThat(EntryBundle.parse(path, shorter).problems()).as("cut at %d", cut).hasSize(1);
    }
    byte[] longer = java.util.Arrays.copyOf(bundle, bundle.length + 1);
    assertThat(EntryBundle.parse(path, longer).problems()).hasSize(1);
    assertThat(EntryBundle.parse(new TilePath.Entries(0, 6), bundle).problems()).hasSize(1);
    assertThat(EntryBundle.parse(new TilePath.Entries(0, 8), bundle).problems()).hasSize(1);
  }

  @Test
  void anEntryHasAtMost65535Bytes() {
    byte[] longest = new byte[EntryBundle.LONGEST_ENTRY];
    byte[] bundle = EntryBundle.encode(List.of(longest, new byte[0]));
    assertThat(EntryBundle.parse(new TilePath.Entries(5, 2), bundle).orThrow().getFirst())
        .isEqualTo(longest);
    byte[] beyond = new byte[EntryBundle.LONGEST_ENTRY + 1];
    assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.encode(List.of(beyond)));
    assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.encode(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntryBundle.encode(Trees.entries(0, 257)));
    assertThat(EntryBundle.encode(Trees.entries(0, 256))).isNotEmpty();
  }
}

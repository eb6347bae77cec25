package dev.writ.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.writ.base.Digest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MerkleTest {
  /** The eight inputs that implementations of RFC 6962 have shared since the first of them. */
  private static final List<String> INPUTS =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void knownRoots() {
    Frontier tree = Frontier.EMPTY;
    assertThat(tree.root())
        .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (int i = 0; i < INPUTS.size(); i++) {
      tree = tree.append(Merkle.leafHash(HexFormat.of().parseHex(INPUTS.get(i))));
      assertThat(tree.root()).hasToString(ROOTS.get(i));
    }
  }

  @Test
  void everySizeHasTheRootOfTheDefinition() {
    List<Digest> leaves = Trees.leaves(0, 600);
    Frontier frontier = Frontier.EMPTY;
    for (int size = 0; size < leaves.size(); size++) {
      assertThat(frontier.size()).isEqualTo(size);
      assertThat(frontier.root()).isEqualTo(Trees.definition(leaves.subList(0, size)));
      assertThat(Frontier.of(size, frontier.peaks())).isEqualTo(frontier);
      frontier = frontier.append(leaves.get(size));
    }
  }

  @Test
  void batchesDoNotMatter() {
    List<Digest> leaves = Trees.leaves(0, 1500);
    Frontier whole = Frontier.EMPTY.append(leaves);
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      Frontier parts = Frontier.EMPTY;
      TreeEdge edge = TreeEdge.EMPTY;
      int at = 0;
      while (at < leaves.size()) {
        int next = Math.min(leaves.size(), at + random.nextInt(400));
        parts = parts.append(leaves.subList(at, next));
        edge = edge.append(leaves.subList(at, next)).edge();
        at = next;
      }
      assertThat(parts).isEqualTo(whole);
      assertThat(edge.frontier()).isEqualTo(whole);
      assertThat(edge.root()).isEqualTo(whole.root());
    }
  }

  @Test
  void aFrontierHasOnePeakForEachOneBit() {
    Digest peak = Digest.ofText("peak");
    assertThatIllegalArgumentException().isThrownBy(() -> Frontier.of(3, List.of(peak)));
    assertThatIllegalArgumentException().isThrownBy(() -> Frontier.of(-1, List.of(peak)));
    Frontier largest = Frontier.of(Long.MAX_VALUE, Stream.generate(() -> peak).limit(63).toList());
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> largest.append(peak))
        .isInstanceOf(ArithmeticException.class);
  }
}

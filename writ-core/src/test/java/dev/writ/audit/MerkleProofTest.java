package dev.writ.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.writ.base.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MerkleProofTest {
  private static final List<Digest> LEAVES = Trees.leaves(0, 40);

  private static MerkleProof.Tree tree(int size) {
    return new MerkleProof.Tree(size, Trees.definition(LEAVES.subList(0, size)));
  }

  @Test
  void everyInclusionInSmallTreesVerifiesAndNothingElseDoes() {
    MerkleProof.Nodes nodes = Trees.nodes(LEAVES);
    for (int size = 1; size < LEAVES.size(); size++) {
      for (int index = 0; index < size; index++) {
        List<Digest> proof = MerkleProof.inclusion(nodes, index, size);
        MerkleProof.Leaf leaf = new MerkleProof.Leaf(index, LEAVES.get(index));
        assertThat(MerkleProof.verifyInclusion(leaf, tree(size), proof)).isTrue();
        for (int other = 0; other < size; other++) {
          MerkleProof.Leaf moved = new MerkleProof.Leaf(other, LEAVES.get(index));
          assertThat(MerkleProof.verifyInclusion(moved, tree(size), proof))
              .isEqualTo(other == index);
        }
        assertThat(MerkleProof.verifyInclusion(leaf, tree(size), longer(proof))).isFalse();
        for (List<Digest> wrong : flipped(proof)) {
          assertThat(MerkleProof.verifyInclusion(leaf, tree(size), wrong)).isFalse();
        }
      }
    }
  }

  @Test
  void everyConsistencyOfSmallTreesVerifiesAndNothingElseDoes() {
    MerkleProof.Nodes nodes = Trees.nodes(LEAVES);
    for (int newer = 0; newer < LEAVES.size(); newer++) {
      for (int older = 0; older <= newer; older++) {
        List<Digest> proof = MerkleProof.consistency(nodes, older, newer);
        assertThat(MerkleProof.verifyConsistency(tree(older), tree(newer), proof)).isTrue();
        assertThat(MerkleProof.verifyConsistency(tree(older), tree(newer), longer(proof)))
            .isFalse();
        MerkleProof.Tree rewritten = new MerkleProof.Tree(older, Digest.ofText("rewritten"));
        assertThat(MerkleProof.verifyConsistency(rewritten, tree(newer), proof)).isFalse();
        MerkleProof.Tree another = new MerkleProof.Tree(newer, Digest.ofText("another"));
        assertThat(MerkleProof.verifyConsistency(tree(older), another, proof))
            .isEqualTo(older == 0 && newer > 0);
        for (List<Digest> wrong : flipped(proof)) {
          assertThat(MerkleProof.verifyConsistency(tree(older), tree(newer), wrong)).isFalse();
        }
        if (older < newer) {
          assertThat(MerkleProof.verifyConsistency(tree(newer), tree(older), proof)).isFalse();
        }
      }
    }
  }

  @Test
  void proofsFromTilesVerifyInLargeTrees() {
    List<Digest> leaves = Trees.leaves(0, 140_000);
    Map<String, byte[]> tiles = Trees.tiles(leaves, new Random(1), 4000);
    TreeEdge edge = TreeEdge.EMPTY.append(leaves).edge();
    TileSource source =
        path ->
            Optional.ofNullable(tiles.get(path))
                .or(() ->
                    TilePath.parse(path).orThrow() instanceof TilePath.Hashes hashes
                        ? edge.partial(hashes).map(Tile::bytes)
                        : Optional.empty());
    Random random = new Random(2);
    for (int round = 0; round < 80; round++) {
      // Older sizes too: their partial tiles are the beginning of larger ones.
      int size = round < 40 ? leaves.size() : (1 + random.nextInt(546)) * 256;
      int index = random.nextInt(size);
      TileNodes nodes = new TileNodes(source, size);
      Digest root = Frontier.EMPTY.append(leaves.subList(0, size)).root();
      MerkleProof.Tree tree = new MerkleProof.Tree(size, root);
      assertThat(MerkleProof.root(nodes, size)).isEqualTo(root);
      assertThat(
              MerkleProof.verifyInclusion(
                  new MerkleProof.Leaf(index, leaves.get(index)),
                  tree,
                  MerkleProof.inclusion(nodes, index, size)))
          .isTrue();
      MerkleProof.Tree older =
          new MerkleProof.Tree(index, Frontier.EMPTY.append(leaves.subList(0, index)).root());
      List<Digest> proof = MerkleProof.consistency(nodes, index, size);
      assertThat(MerkleProof.verifyConsistency(older, tree, proof)).isTrue();
      for (List<Digest> wrong : flipped(proof)) {
        assertThat(MerkleProof.verifyConsistency(older, tree, wrong)).isFalse();
      }
    }
  }

  @Test
  void aProofIsForTheClaimedSizeAlone() {
    MerkleProof.Nodes nodes = Trees.nodes(LEAVES);
    MerkleProof.Tree claimed = new MerkleProof.Tree(16, tree(8).root());
    List<Digest> proof = MerkleProof.consistency(nodes, 4, 8);
    assertThat(MerkleProof.verifyConsistency(tree(4), tree(8), proof)).isTrue();
    assertThat(MerkleProof.verifyConsistency(tree(4), claimed, proof)).isFalse();
    MerkleProof.Leaf leaf = new MerkleProof.Leaf(3, LEAVES.get(3));
    List<Digest> path = MerkleProof.inclusion(nodes, 3, 8);
    assertThat(MerkleProof.verifyInclusion(leaf, tree(8), path)).isTrue();
    assertThat(MerkleProof.verifyInclusion(leaf, claimed, path)).isFalse();
  }

  @Test
  void outsideTheTreeThereIsNoProof() {
    MerkleProof.Nodes nodes = Trees.nodes(LEAVES);
    assertThatIllegalArgumentException().isThrownBy(() -> MerkleProof.inclusion(nodes, 5, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> MerkleProof.inclusion(nodes, -1, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> MerkleProof.consistency(nodes, 6, 5));
    MerkleProof.Leaf leaf = new MerkleProof.Leaf(0, LEAVES.getFirst());
    MerkleProof.Tree largest = new MerkleProof.Tree(Long.MAX_VALUE, LEAVES.getFirst());
    List<Digest> tooLong = Trees.leaves(0, 64);
    assertThat(MerkleProof.verifyInclusion(leaf, largest, tooLong)).isFalse();
    assertThat(MerkleProof.verifyConsistency(tree(1), largest, tooLong)).isFalse();
  }

  private static List<Digest> longer(List<Digest> proof) {
    List<Digest> longer = new ArrayList<>(proof);
    longer.add(Digest.ofText("one more"));
    return longer;
  }

  /** The proof with one hash left out, and with one byte of one hash flipped. */
  private static List<List<Digest>> flipped(List<Digest> proof) {
    List<List<Digest>> wrong = new ArrayList<>();
    for (int i = 0; i < proof.size(); i++) {
      List<Digest> shorter = new ArrayList<>(proof);
      shorter.remove(i);
      wrong.add(shorter);
      for (int at : List.of(0, 15, 31)) {
        byte[] bytes = proof.get(i).bytes();
        bytes[at] ^= 1;
        List<Digest> changed = new ArrayList<>(proof);
        changed.set(i, Digest.of(bytes));
        wrong.add(changed);
      }
    }
    return wrong;
  }
}

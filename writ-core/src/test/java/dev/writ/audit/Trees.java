package dev.writ.audit;

import dev.writ.base.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Trees for tests, some of them made by the definition, slowly and differently from the code. */
final class Trees {
  private Trees() {}

  /** Entry {@code i} of the trees in tests and vectors. */
  static byte[] entry(long i) {
    return ("entry " + i).getBytes(StandardCharsets.UTF_8);
  }

  static List<byte[]> entries(long from, long to) {
    List<byte[]> entries = new ArrayList<>();
    for (long i = from; i < to; i++) {
      entries.add(entry(i));
    }
    return entries;
  }

  static List<Digest> leaves(long from, long to) {
    return entries(from, to).stream().map(Merkle::leafHash).toList();
  }

  /** MTH as RFC 6962, 2.1 defines it. */
  static Digest definition(List<Digest> leaves) {
    int n = leaves.size();
    if (n == 0) {
      return Digest.sha256(new byte[0]);
    }
    if (n == 1) {
      return leaves.getFirst();
    }
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return Digest.sha256(
        new byte[] {1},
        definition(leaves.subList(0, k)).bytes(),
        definition(leaves.subList(k, n)).bytes());
  }

  /** Full subtrees of a list of leaves. */
  static MerkleProof.Nodes nodes(List<Digest> leaves) {
    return (height, index) ->
        definition(leaves.subList((int) (index << height), (int) ((index + 1) << height)));
  }

  /** Tiles of a tree grown in batches of random sizes, held in memory. */
  static Map<String, byte[]> tiles(List<Digest> leaves, RandomGenerator random, int batch) {
    Map<String, byte[]> tiles = new LinkedHashMap<>();
    TreeEdge edge = TreeEdge.EMPTY;
    int at = 0;
    while (at < leaves.size()) {
      int next = Math.min(leaves.size(), at + 1 + random.nextInt(batch));
      TreeEdge.Growth growth = edge.append(leaves.subList(at, next));
      growth.full().forEach(tile -> tiles.put(tile.path().path(), tile.bytes()));
      edge = growth.edge();
      at = next;
    }
    edge.partialTiles().forEach(tile -> tiles.put(tile.path().path(), tile.bytes()));
    return tiles;
  }

  static TileSource source(Map<String, byte[]> tiles) {
    return path -> Optional.ofNullable(tiles.get(path));
  }

  static byte[] file(Map<String, byte[]> files, String path) {
    return Optional.ofNullable(files.get(path)).orElseThrow();
  }
}

package dev.writ.audit;

import dev.writ.base.Digest;
import java.util.ArrayList;
import java.util.List;

/** Inclusion and consistency proofs of a Merkle tree: making and checking them (RFC 6962, 2.1). */
public final class MerkleProof {
  /** The most hashes a proof can have: one a level of a tree of at most 2^63 − 1 entries. */
  public static final int LONGEST = 63;

  private MerkleProof() {}

  /** Roots of full subtrees of a tree. */
  @FunctionalInterface
  public interface Nodes {
    /**
     * The root of the full subtree over entries {@code index * 2^height} up to, without, {@code
     * (index + 1) * 2^height}.
     */
    Digest node(int height, long index);
  }

  /**
   * The audit path of entry {@code index} in the tree of {@code size} entries, from the leaf's
   * sibling up (2.1.1). Throws {@link IllegalArgumentException} unless 0 ≤ index &lt; size.
   */
  public static List<Digest> inclusion(Nodes nodes, long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no entry " + index + " in a tree of " + size);
    }
    List<Digest> proof = new ArrayList<>();
    TreeHasher hasher = new TreeHasher();
    long low = 0;
    long high = size;
    while (high - low > 1) {
      long middle = low + split(high - low);
      if (index < middle) {
        proof.add(root(nodes, hasher, middle, high));
        high = middle;
      } else {
        proof.add(root(nodes, hasher, low, middle));
        low = middle;
      }
    }
    return List.copyOf(proof.reversed());
  }

  /**
   * The proof that the tree of {@code newSize} entries begins with the one of {@code oldSize}
   * (2.1.2); empty when the sizes are equal or the old tree was. Throws {@link
   * IllegalArgumentException} unless 0 ≤ oldSize ≤ newSize.
   */
  public static List<Digest> consistency(Nodes nodes, long oldSize, long newSize) {
    if (oldSize < 0 || oldSize > newSize) {
      throw new IllegalArgumentException("no tree grows from " + oldSize + " to " + newSize);
    }
    if (oldSize == 0) {
      return List.of();
    }
    List<Digest> proof = new ArrayList<>();
    TreeHasher hasher = new TreeHasher();
    long low = 0;
    long high = newSize;
    while (oldSize != high) {
      long middle = low + split(high - low);
      if (oldSize <= middle) {
        proof.add(root(nodes, hasher, middle, high));
        high = middle;
      } else {
        proof.add(root(nodes, hasher, low, middle));
        low = middle;
      }
    }
    // The old tree itself is known to the verifier; a part of it is not.
    if (low > 0) {
      proof.add(root(nodes, hasher, low, high));
    }
    return List.copyOf(proof.reversed());
  }

  /** The root of the first {@code size} entries. */
  public static Digest root(Nodes nodes, long size) {
    return size == 0 ? Merkle.EMPTY_ROOT : root(nodes, new TreeHasher(), 0, size);
  }

  /**
   * Whether {@code proof} shows that entry {@code index} of the tree under {@code root} is this
   * leaf.
   */
  public static boolean verifyInclusion(Leaf leaf, Tree tree, List<Digest> proof) {
    if (leaf.index() < 0 || leaf.index() >= tree.size() || proof.size() > LONGEST) {
      return false;
    }
    TreeHasher hasher = new TreeHasher();
    long node = leaf.index();
    long last = tree.size() - 1;
    Digest root = leaf.hash();
    for (Digest sibling : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        root = hasher.node(sibling, root);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        root = hasher.node(root, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && root.equals(tree.root());
  }

  /** Whether {@code proof} shows that {@code newer} begins with all of {@code older}. */
  public static boolean verifyConsistency(Tree older, Tree newer, List<Digest> proof) {
    if (older.size() > newer.size() || proof.size() > LONGEST) {
      return false;
    }
    if (older.size() == newer.size()) {
      return proof.isEmpty() && older.root().equals(newer.root());
    }
    if (older.size() == 0) {
      return proof.isEmpty() && older.root().equals(Merkle.EMPTY_ROOT);
    }
    boolean oldIsSubtree = Long.bitCount(older.size()) == 1;
    if (!oldIsSubtree && proof.isEmpty()) {
      return false;
    }
    TreeHasher hasher = new TreeHasher();
    int low = Long.numberOfTrailingZeros(older.size());
    long node = (older.size() - 1) >> low;
    long last = (newer.size() - 1) >> low;
    Digest oldRoot = oldIsSubtree ? older.root() : proof.getFirst();
    Digest newRoot = oldRoot;
    for (Digest sibling : oldIsSubtree ? proof : proof.subList(1, proof.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        oldRoot = hasher.node(sibling, oldRoot);
        newRoot = hasher.node(sibling, newRoot);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        newRoot = hasher.node(newRoot, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && oldRoot.equals(older.root()) && newRoot.equals(newer.root());
  }

  /**
   * A leaf at its place.
   *
   * @param index the entry's position, from 0
   * @param hash its leaf hash
   */
  public record Leaf(long index, Digest hash) {}

  /**
   * A tree head.
   *
   * @param size number of entries, not negative
   * @param root the Merkle tree hash at that size
   */
  public record Tree(long size, Digest root) {
    public Tree {
      if (size < 0) {
        throw new IllegalArgumentException("a tree has no " + size + " entries");
      }
    }
  }

  private static Digest root(Nodes nodes, TreeHasher hasher, long low, long high) {
    long width = high - low;
    if (Long.bitCount(width) == 1) {
      int height = Long.numberOfTrailingZeros(width);
      return nodes.node(height, low >> height);
    }
    long middle = low + split(width);
    return hasher.node(root(nodes, hasher, low, middle), root(nodes, hasher, middle, high));
  }

  /** The largest power of two below {@code width}, which is at least two. */
  private static long split(long width) {
    return Long.highestOneBit(width - 1);
  }
}

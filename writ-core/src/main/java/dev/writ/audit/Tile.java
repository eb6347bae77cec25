package dev.writ.audit;

import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tile of hashes: 1 to 256 consecutive tree hashes of one level (C2SP tlog-tiles). Its bytes are
 * the hashes, 32 bytes each.
 *
 * @param path its place; the path's width is the number of hashes
 * @param hashes the hashes, left to right
 */
public record Tile(TilePath.Hashes path, List<Digest> hashes) {
  public Tile {
    hashes = List.copyOf(hashes);
    if (hashes.size() != path.width()) {
      throw new IllegalArgumentException(
          path.path() + " is " + path.width() + " wide and was given " + hashes.size());
    }
  }

  /** Reads a tile; refuses bytes of another length than the path's width asks for. */
  public static Parsed<Tile> parse(TilePath.Hashes path, byte[] bytes) {
    if (bytes.length != path.width() * Digest.LENGTH) {
      return Parsed.refused(
          path.path(),
          "the tile has " + bytes.length + " bytes",
          "a tile " + path.width() + " wide has " + path.width() * Digest.LENGTH);
    }
    List<Digest> hashes = new ArrayList<>(path.width());
    for (int at = 0; at < bytes.length; at += Digest.LENGTH) {
      hashes.add(Digest.of(Arrays.copyOfRange(bytes, at, at + Digest.LENGTH)));
    }
    return Parsed.ok(new Tile(path, hashes));
  }

  /** The bytes as they are stored and served. */
  public byte[] bytes() {
    byte[] bytes = new byte[hashes.size() * Digest.LENGTH];
    for (int i = 0; i < hashes.size(); i++) {
      System.arraycopy(hashes.get(i).bytes(), 0, bytes, i * Digest.LENGTH, Digest.LENGTH);
    }
    return bytes;
  }

  /** The root over the hashes; for a full tile, the hash that stands for it one level above. */
  public Digest root() {
    return Merkle.root(hashes);
  }

  /** The leftmost {@code width} hashes: the tile as a smaller tree had it. */
  public Tile narrowed(int width) {
    return width == path.width()
        ? this
        : new Tile(
            new TilePath.Hashes(path.level(), path.index(), width), hashes.subList(0, width));
  }
}

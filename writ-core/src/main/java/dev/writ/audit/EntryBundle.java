package dev.writ.audit;

import dev.writ.base.Parsed;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bundles of log entries: each entry after its length, a big-endian uint16 (C2SP tlog-tiles). */
public final class EntryBundle {
  /** The longest entry a bundle can hold, in bytes. */
  public static final int LONGEST_ENTRY = 65_535;

  /** The longest bundle, in bytes: 256 longest entries. */
  public static final int LONGEST = TilePath.FULL * (2 + LONGEST_ENTRY);

  private EntryBundle() {}

  /**
   * The bytes of a bundle. Throws {@link IllegalArgumentException} for no entry, more than 256, or
   * one longer than {@value #LONGEST_ENTRY} bytes.
   */
  public static byte[] encode(List<byte[]> entries) {
    if (entries.isEmpty() || entries.size() > TilePath.FULL) {
      throw new IllegalArgumentException("a bundle has 1 to 256 entries, not " + entries.size());
    }
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > LONGEST_ENTRY) {
        throw new IllegalArgumentException(
            "an entry has at most 65,535 bytes, not " + entry.length);
      }
      bundle.write(entry.length >>> 8);
      bundle.write(entry.length);
      bundle.write(entry, 0, entry.length);
    }
    return bundle.toByteArray();
  }

  /** Reads the entries; refuses bytes that are not exactly as many entries as the path says. */
  public static Parsed<List<byte[]>> parse(TilePath.Entries path, byte[] bytes) {
    List<byte[]> entries = new ArrayList<>(path.width());
    int at = 0;
    while (at < bytes.length && entries.size() < path.width()) {
      int start = at + 2;
      int length = start > bytes.length ? 0 : (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
      if (start > bytes.length || length > bytes.length - start) {
        return Parsed.refused(
            path.path(),
            "the bundle ends inside entry " + (path.first() + entries.size()),
            "fetch the bundle again, whole");
      }
      entries.add(Arrays.copyOfRange(bytes, start, start + length));
      at = start + length;
    }
    if (entries.size() < path.width()) {
      return Parsed.refused(
          path.path(),
          "the bundle holds " + entries.size() + " of " + path.width() + " entries",
          "fetch the bundle again, whole");
    }
    if (at < bytes.length) {
      return Parsed.refused(
          path.path(),
          "the bundle has " + (bytes.length - at) + " bytes after its last entry",
          "fetch the bundle again");
    }
    return Parsed.ok(List.copyOf(entries));
  }
}

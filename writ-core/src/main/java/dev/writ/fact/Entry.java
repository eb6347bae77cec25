package dev.writ.fact;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import java.util.Arrays;

/**
 * One entry of the log: canonical bytes with the fact they say.
 *
 * @param bytes RFC 8785 bytes, at most {@link #LONGEST}; not copied, never changed
 * @param leaf SHA-256 of 0x00 and the bytes (RFC 6962, section 2.1)
 */
@SuppressWarnings(
    "ArrayRecordComponent") // equality is the bytes', defined below; a copy per fold costs
public record Entry(RecordedFact recorded, byte[] bytes, Digest leaf) {
  /** Most bytes of an entry: C2SP tlog-tiles gives its length 16 bits. */
  public static final int LONGEST = 65_535;

  private static final byte[] LEAF_PREFIX = {0};

  /** Gives a fact its bytes. Throws {@link IllegalArgumentException} when they are too many. */
  public static Entry of(RecordedFact recorded) {
    byte[] bytes = FactCodec.bytes(recorded);
    if (bytes.length > LONGEST) {
      throw new IllegalArgumentException(
          "a fact of " + bytes.length + " bytes; the most is " + LONGEST);
    }
    return new Entry(recorded, bytes, leafHash(bytes));
  }

  /**
   * Reads stored bytes. Refuses what this fact would not be written as: other bytes that say the
   * same would hash differently.
   */
  public static Parsed<Entry> parse(byte[] bytes) {
    return Json.parseObject(bytes, Json.Bounds.FACT)
        .then(FactCodec::read)
        .then(recorded ->
            Arrays.equals(FactCodec.bytes(recorded), bytes)
                ? Parsed.ok(new Entry(recorded, bytes, leafHash(bytes)))
                : Parsed.refused("", "not the fact's canonical JSON", "restore the entry"));
  }

  /** The leaf hash of an entry's bytes. */
  public static Digest leafHash(byte[] bytes) {
    return Digest.sha256(LEAF_PREFIX, bytes);
  }

  public long position() {
    return recorded.position();
  }

  public Link link() {
    return new Link(recorded.position(), leaf);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Entry entry && Arrays.equals(bytes, entry.bytes);
  }

  @Override
  public int hashCode() {
    return leaf.hashCode();
  }
}

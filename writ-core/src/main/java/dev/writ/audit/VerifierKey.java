package dev.writ.audit;

import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The public half of a key that signs notes, in the text form {@code name+id+base64} that is handed
 * out as a vkey (C2SP signed-note; tlog-cosignature for the second kind).
 */
public final class VerifierKey {
  /** Length of an Ed25519 public key in bytes. */
  public static final int PUBLIC_KEY = 32;

  private static final int LONGEST = 4096;
  private static final HexFormat HEX = HexFormat.of();

  private final String name;
  private final Kind kind;
  private final byte[] publicKey;
  private final int id;

  /** What a key's signatures are over. */
  public enum Kind {
    /** Ed25519 over the note's text: a log's key. */
    ED25519((byte) 0x01),
    /** Ed25519 over a time and the note's text: a witness's key (tlog-cosignature v1). */
    COSIGNATURE((byte) 0x04);

    private final byte type;

    Kind(byte type) {
      this.type = type;
    }

    private static Optional<Kind> of(byte type) {
      return Arrays.stream(values()).filter(kind -> kind.type == type).findFirst();
    }
  }

  /**
   * A key. Throws {@link IllegalArgumentException} for a name that is empty or holds a space or a
   * plus, and for a public key that is not 32 bytes.
   */
  public VerifierKey(String name, Kind kind, byte[] publicKey) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a key's name is not empty and has neither space nor plus: `" + Text.excerpt(name) + "`");
    }
    if (publicKey.length != PUBLIC_KEY) {
      throw new IllegalArgumentException(
          "an Ed25519 public key has 32 bytes, not " + publicKey.length);
    }
    this.name = name;
    this.kind = kind;
    this.publicKey = publicKey.clone();
    byte[] head = (name + "\n").getBytes(StandardCharsets.UTF_8);
    this.id =
        ByteBuffer.wrap(Digest.sha256(head, new byte[] {kind.type}, publicKey).bytes()).getInt();
  }

  /** Reads a vkey, at most 4,096 characters, perhaps with one newline at its end. */
  public static Parsed<VerifierKey> parse(String vkey) {
    String line = vkey.endsWith("\n") ? vkey.substring(0, vkey.length() - 1) : vkey;
    String[] parts = line.split("\\+", 3);
    if (line.length() > LONGEST || parts.length != 3 || !isName(parts[0])) {
      return refused(line);
    }
    Optional<byte[]> material =
        Base64s.decode(parts[2]).filter(bytes -> bytes.length == 1 + PUBLIC_KEY);
    Optional<Kind> kind = material.flatMap(bytes -> Kind.of(bytes[0]));
    if (material.isEmpty() || kind.isEmpty()) {
      return refused(line);
    }
    byte[] publicKey = Arrays.copyOfRange(material.get(), 1, 1 + PUBLIC_KEY);
    VerifierKey key = new VerifierKey(parts[0], kind.get(), publicKey);
    return key.hexId().equals(parts[1])
        ? Parsed.ok(key)
        : Parsed.refused(
            "",
            "the key id `" + Text.excerpt(parts[1]) + "` is not this key's: " + key.hexId(),
            "copy the whole key again");
  }

  private static Parsed<VerifierKey> refused(String line) {
    return Parsed.refused(
        "",
        "`" + Text.excerpt(line) + "` is not a verifier key",
        "write <name>+<id>+<base64> of an Ed25519 key (type 1, or 4 for a witness)");
  }

  /** Whether a key may have this name: not empty, no Unicode space, no plus, no control. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(c ->
                c == '+'
                    || Character.isWhitespace(c)
                    || Character.isSpaceChar(c)
                    || Character.isISOControl(c)
                    || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  /** The key's name; for a log, its origin. */
  public String name() {
    return name;
  }

  /** The same key under another name, as a log signs after it opened a new epoch. */
  public VerifierKey named(String other) {
    return new VerifierKey(other, kind, publicKey);
  }

  /** What the key's signatures are over. */
  public Kind kind() {
    return kind;
  }

  /** The first four bytes of a hash over name, type and key: names the key, proves nothing. */
  public int id() {
    return id;
  }

  /** A copy of the 32 bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  private String hexId() {
    return HEX.toHexDigits(id);
  }

  /** The vkey, without a newline. */
  @Override
  public String toString() {
    byte[] material = new byte[1 + PUBLIC_KEY];
    material[0] = kind.type;
    System.arraycopy(publicKey, 0, material, 1, PUBLIC_KEY);
    return name + "+" + hexId() + "+" + Base64s.encode(material);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey key
        && name.equals(key.name)
        && kind == key.kind
        && Arrays.equals(publicKey, key.publicKey);
  }

  @Override
  public int hashCode() {
    return id;
  }
}

package dev.writ.audit;

import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** One signature line of a note: {@code — name base64(id, signature)} (C2SP signed-note). */
public final class NoteSignature {
  private static final String DASH = "\u2014 ";
  private static final int ID = 4;

  private final String name;
  private final int keyId;
  private final byte[] bytes;

  /** A signature by the key with this name and id. */
  public NoteSignature(String name, int keyId, byte[] bytes) {
    if (!VerifierKey.isName(name) || bytes.length == 0) {
      throw new IllegalArgumentException("a signature has a key's name and at least one byte");
    }
    this.name = name;
    this.keyId = keyId;
    this.bytes = bytes.clone();
  }

  /** Reads a line without its newline. */
  static Parsed<NoteSignature> parse(String line) {
    String[] parts =
        line.startsWith(DASH) ? line.substring(DASH.length()).split(" ", 3) : new String[0];
    if (parts.length == 2 && VerifierKey.isName(parts[0])) {
      Optional<byte[]> bytes = Base64s.decode(parts[1]).filter(b -> b.length > ID);
      if (bytes.isPresent()) {
        int id = ByteBuffer.wrap(bytes.get()).getInt();
        byte[] signature = Arrays.copyOfRange(bytes.get(), ID, bytes.get().length);
        return Parsed.ok(new NoteSignature(parts[0], id, signature));
      }
    }
    return Parsed.refused(
        "",
        "`" + Text.excerpt(line) + "` is not a signature line",
        "write an em dash, the key's name and base64, one space between");
  }

  /** The key's name. */
  public String name() {
    return name;
  }

  /** The key's id. */
  public int keyId() {
    return keyId;
  }

  /** A copy of the signature, without the key's id. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Whether this claims to be by that key; says nothing about truth. */
  public boolean names(VerifierKey key) {
    return name.equals(key.name()) && keyId == key.id();
  }

  /** The line with its newline. */
  public String line() {
    byte[] all = ByteBuffer.allocate(ID + bytes.length).putInt(keyId).put(bytes).array();
    return DASH + name + " " + Base64s.encode(all) + "\n";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature that && line().equals(that.line());
  }

  @Override
  public int hashCode() {
    return keyId;
  }

  @Override
  public String toString() {
    return line().strip();
  }
}

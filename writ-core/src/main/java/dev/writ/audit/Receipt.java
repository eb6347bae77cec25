package dev.writ.audit;

import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Offline evidence that an entry is in a log: its position, an inclusion proof and the checkpoint
 * it leads to (C2SP tlog-proof v1, file ending {@code .tlog-proof}).
 *
 * @param index the entry's position, from 0
 * @param proof the audit path, from the leaf's sibling up
 * @param checkpoint the signed checkpoint, verbatim
 * @param extra opaque bytes that nobody signed; Writ writes none
 */
public record Receipt(long index, List<Digest> proof, Note checkpoint, Optional<Extra> extra) {
  /** The longest receipt that is read, in bytes. */
  public static final int LONGEST = Note.LONGEST + 64 * 1024;

  private static final String HEAD = "c2sp.org/tlog-proof@v1";

  public Receipt {
    proof = List.copyOf(proof);
    if (index < 0 || proof.size() > MerkleProof.LONGEST) {
      throw new IllegalArgumentException("no tree has entry " + index + " at this depth");
    }
  }

  /** A receipt without extra bytes. */
  public Receipt(long index, List<Digest> proof, Note checkpoint) {
    this(index, proof, checkpoint, Optional.empty());
  }

  /**
   * Bytes that travel with a receipt and that nobody signed.
   *
   * @param base64 them, in base 64
   */
  public record Extra(String base64) {
    public Extra {
      if (base64.isEmpty() || Base64s.decode(base64).isEmpty()) {
        throw new IllegalArgumentException("extra bytes are written in base 64");
      }
    }
  }

  /** The file as it is handed out. */
  public byte[] bytes() {
    StringBuilder file = new StringBuilder(HEAD).append('\n');
    extra.ifPresent(e -> file.append("extra ").append(e.base64()).append('\n'));
    file.append("index ").append(index).append('\n');
    proof.forEach(hash -> file.append(Base64s.encode(hash.bytes())).append('\n'));
    return file.append('\n').append(checkpoint).toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a receipt; it is not verified yet. */
  public static Parsed<Receipt> parse(byte[] bytes) {
    Optional<String> file = bytes.length > LONGEST ? Optional.empty() : Note.utf8(bytes);
    int split = file.map(text -> text.indexOf("\n\n")).orElse(-1);
    if (split < 0) {
      return refused("", "this is not a log proof");
    }
    String text = file.orElseThrow();
    List<String> lines = new ArrayList<>(List.of(text.substring(0, split).split("\n", -1)));
    if (!lines.removeFirst().equals(HEAD)) {
      return refused("line 1", "the proof does not begin with `" + HEAD + "`");
    }
    Optional<Extra> extra = Optional.empty();
    if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
      String base64 = lines.removeFirst().substring("extra ".length());
      if (base64.isEmpty() || Base64s.decode(base64).isEmpty()) {
        return refused("line 2", "`" + Text.excerpt(base64) + "` is not base64");
      }
      extra = Optional.of(new Extra(base64));
    }
    byte[] note = text.substring(split + 2).getBytes(StandardCharsets.UTF_8);
    return body(lines, note, extra);
  }

  private static Parsed<Receipt> body(List<String> lines, byte[] note, Optional<Extra> extra) {
    String first = lines.isEmpty() ? "" : lines.removeFirst();
    OptionalLong index =
        first.startsWith("index ")
            ? Decimal.parse(first.substring("index ".length()))
            : OptionalLong.empty();
    if (index.isEmpty()) {
      return refused("index", "`" + Text.excerpt(first) + "` does not name an entry");
    }
    if (lines.size() > MerkleProof.LONGEST) {
      return refused("proof", "the proof has " + lines.size() + " hashes; at most 63 can be");
    }
    List<Digest> proof = new ArrayList<>();
    for (String line : lines) {
      Optional<Digest> hash = hash(line);
      if (hash.isEmpty()) {
        return refused("proof", "`" + Text.excerpt(line) + "` is not a hash");
      }
      proof.add(hash.get());
    }
    return Note.parse(note).map(n -> new Receipt(index.getAsLong(), proof, n, extra));
  }

  /** A hash in base 64. */
  static Optional<Digest> hash(String base64) {
    return Base64s.decode(base64).filter(bytes -> bytes.length == Digest.LENGTH).map(Digest::of);
  }

  /**
   * Verifies that the entry with this leaf hash stands at {@link #index} of the log with this key;
   * answers the checkpoint with the cosignatures of those witnesses that verify.
   */
  public Parsed<SignedCheckpoint> verify(
      Digest leafHash, NoteVerifier log, List<NoteVerifier> witnesses) {
    return SignedCheckpoint.open(checkpoint, log, witnesses)
        .then(signed ->
            MerkleProof.verifyInclusion(
                    new MerkleProof.Leaf(index, leafHash), signed.checkpoint().tree(), proof)
                ? Parsed.ok(signed)
                : Parsed.refused(
                    "proof",
                    "the proof does not lead from this entry to the checkpoint's root",
                    "check that entry and receipt belong together"));
  }

  private static Parsed<Receipt> refused(String place, String what) {
    return Parsed.refused(place, what, "ask the log for the receipt again");
  }
}

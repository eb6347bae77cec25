package dev.writ.audit;

import dev.writ.base.Digest;
import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A log's tree head, the text that is signed (C2SP tlog-checkpoint v1.0.0).
 *
 * @param origin the log's unique name; not empty, one line
 * @param size number of entries
 * @param root Merkle tree hash at that size
 * @param extensions further lines, opaque and not empty; Writ writes none
 */
public record Checkpoint(String origin, long size, Digest root, List<String> extensions) {
  public Checkpoint {
    extensions = List.copyOf(extensions);
    if (size < 0) {
      throw new IllegalArgumentException("a tree has no " + size + " entries");
    }
    if (!isLine(origin) || !extensions.stream().allMatch(Checkpoint::isLine)) {
      throw new IllegalArgumentException("origin and extensions are lines, and not empty");
    }
  }

  /** A checkpoint without extension lines. */
  public Checkpoint(String origin, long size, Digest root) {
    this(origin, size, root, List.of());
  }

  /** Size and root. */
  public MerkleProof.Tree tree() {
    return new MerkleProof.Tree(size, root);
  }

  /** The note text: lines, each ended by a newline. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(origin).append('\n').append(size).append('\n');
    text.append(Base64s.encode(root.bytes())).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** Signs this checkpoint. */
  public Note signedBy(NoteSigner... signers) {
    return Note.sign(text(), List.of(signers));
  }

  /** Reads a note's text. */
  public static Parsed<Checkpoint> parse(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.size() < 4 || !lines.removeLast().isEmpty() || lines.contains("")) {
      return refused("", "`" + Text.excerpt(text) + "` is not a checkpoint");
    }
    OptionalLong size = Decimal.parse(lines.get(1));
    Optional<Digest> root = Receipt.hash(lines.get(2));
    if (size.isEmpty()) {
      return refused("line 2", "`" + Text.excerpt(lines.get(1)) + "` is not a tree size");
    }
    if (root.isEmpty()) {
      return refused("line 3", "`" + Text.excerpt(lines.get(2)) + "` is not a root hash");
    }
    if (!lines.stream().allMatch(Checkpoint::isLine)) {
      return refused("", "a line of the checkpoint holds a control character");
    }
    return Parsed.ok(
        new Checkpoint(lines.get(0), size.getAsLong(), root.get(), lines.subList(3, lines.size())));
  }

  private static boolean isLine(String line) {
    return !line.isEmpty() && line.chars().noneMatch(c -> c < ' ');
  }

  private static Parsed<Checkpoint> refused(String place, String what) {
    return Parsed.refused(
        place, what, "write origin, size and base64 root, a line each, none of them empty");
  }
}

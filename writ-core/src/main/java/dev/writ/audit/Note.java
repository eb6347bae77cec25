package dev.writ.audit;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text signed by one or more keys (C2SP signed-note v1.0.0). Its text means nothing until {@link
 * #verified} has answered.
 *
 * @param text the signed text, ending in a newline
 * @param signatures at least one, in the order of the note
 */
public record Note(String text, List<NoteSignature> signatures) {
  /** The longest note that is read, in bytes. */
  public static final int LONGEST = 256 * 1024;

  /** The most signatures that are read; the standard asks for at least 16. */
  public static final int MOST_SIGNATURES = 64;

  public Note {
    signatures = List.copyOf(signatures);
    if (!isText(text)) {
      throw new IllegalArgumentException(
          "a note's text ends in a newline and holds no other control");
    }
    if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
      throw new IllegalArgumentException("a note has 1 to 64 signatures");
    }
  }

  /** Signs a text. */
  public static Note sign(String text, List<NoteSigner> signers) {
    return new Note(text, signers.stream().map(signer -> signature(signer, text)).toList());
  }

  private static NoteSignature signature(NoteSigner signer, String text) {
    return new NoteSignature(signer.key().name(), signer.key().id(), signer.sign(text));
  }

  /** Reads a note; it is not verified yet. */
  public static Parsed<Note> parse(byte[] bytes) {
    if (bytes.length > LONGEST) {
      return refused("the note has " + bytes.length + " bytes; at most 262,144 are read");
    }
    Optional<String> decoded = utf8(bytes);
    if (decoded.isEmpty()) {
      return refused("the note is not UTF-8");
    }
    String note = decoded.get();
    // The last empty line parts text and signatures.
    int split = note.lastIndexOf("\n\n");
    if (split < 0 || !note.endsWith("\n") || split + 2 >= note.length()) {
      return refused("the note has no signature after an empty line, or does not end in a newline");
    }
    String text = note.substring(0, split + 1);
    if (!isText(text)) {
      return refused("the note's text holds a control character");
    }
    return signatures(note.substring(split + 2)).map(signatures -> new Note(text, signatures));
  }

  private static Parsed<List<NoteSignature>> signatures(String block) {
    List<NoteSignature> signatures = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    int line = 0;
    for (int at = 0; at < block.length(); ) {
      int end = block.indexOf('\n', at);
      if (++line > MOST_SIGNATURES) {
        return refused("the note has more than " + MOST_SIGNATURES + " signatures");
      }
      Parsed<NoteSignature> signature = NoteSignature.parse(block.substring(at, end));
      String place = "signature " + line;
      signature.problems().forEach(problem -> problems.add(problem.within(place)));
      signature.found().ifPresent(signatures::add);
      at = end + 1;
    }
    return problems.isEmpty() ? Parsed.ok(signatures) : Parsed.refused(problems);
  }

  /** Reads signature lines alone, as a witness answers them. */
  static Parsed<List<NoteSignature>> parseSignatures(byte[] bytes) {
    Optional<String> block = bytes.length > LONGEST ? Optional.empty() : utf8(bytes);
    return block.isPresent() && block.get().endsWith("\n")
        ? signatures(block.get())
        : refused("the answer is not signature lines in UTF-8");
  }

  /**
   * The signatures by known keys, all of which verify. Signatures by unknown keys are ignored; a
   * known key's signature that does not verify refuses the whole note, and so does a note that no
   * known key signed.
   */
  public Parsed<List<NoteSignature>> verified(List<NoteVerifier> known) {
    List<NoteSignature> good = new ArrayList<>();
    for (NoteSignature signature : signatures) {
      for (NoteVerifier verifier : known) {
        if (signature.names(verifier.key())) {
          if (!verifier.verify(text, signature.bytes())) {
            return Parsed.refused(
                "",
                "the signature by `" + signature.name() + "` does not verify",
                "get the note again from its source; if it stays so, it was changed");
          }
          good.add(signature);
          break;
        }
      }
    }
    return good.isEmpty()
        ? Parsed.refused(
            "", "no key you trust has signed this note", "check the key and where the note is from")
        : Parsed.ok(List.copyOf(good));
  }

  /** This note with more signatures; those it already has are not repeated. */
  public Note with(List<NoteSignature> more) {
    List<NoteSignature> all = new ArrayList<>(signatures);
    more.stream().filter(signature -> !signatures.contains(signature)).forEach(all::add);
    return new Note(text, all);
  }

  /** The note as it is stored and sent. */
  public byte[] bytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString();
  }

  private static boolean isText(String text) {
    return text.endsWith("\n")
        && text.chars().noneMatch(c -> c < ' ' && c != '\n')
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static <T> Parsed<T> refused(String what) {
    return Parsed.refused(
        "", what, "write the text, an empty line, then one signature a line, ended by a newline");
  }
}

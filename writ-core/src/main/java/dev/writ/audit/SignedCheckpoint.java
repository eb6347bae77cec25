package dev.writ.audit;

import dev.writ.base.Parsed;
import dev.writ.base.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A checkpoint whose log signature has been verified; made by {@link #open} alone.
 *
 * @param checkpoint what was signed
 * @param note the note it came in, with every signature, known or not
 * @param cosignatures the verified ones, in the order of the note
 */
public record SignedCheckpoint(Checkpoint checkpoint, Note note, List<Cosigned> cosignatures) {
  public SignedCheckpoint {
    cosignatures = List.copyOf(cosignatures);
  }

  /**
   * A witness's verified statement.
   *
   * @param witness its key's name
   * @param at when it saw this as the log's largest tree, as it says
   */
  public record Cosigned(String witness, Instant at) {}

  /**
   * Reads and verifies a signed checkpoint. The log's key must have signed it, and its name is the
   * origin it speaks for; a known witness's cosignature must verify when it is there.
   */
  public static Parsed<SignedCheckpoint> open(
      byte[] bytes, NoteVerifier log, List<NoteVerifier> witnesses) {
    return Note.parse(bytes).then(note -> open(note, log, witnesses));
  }

  /** Reads and verifies a signed checkpoint without asking for witnesses. */
  public static Parsed<SignedCheckpoint> open(byte[] bytes, NoteVerifier log) {
    return open(bytes, log, List.of());
  }

  /** Verifies a note that is to be a signed checkpoint. */
  public static Parsed<SignedCheckpoint> open(
      Note note, NoteVerifier log, List<NoteVerifier> witnesses) {
    if (log.key().kind() != VerifierKey.Kind.ED25519) {
      return Parsed.refused(
          "", "`" + log.key().name() + "` is a witness's key", "verify with the log's own key");
    }
    List<NoteVerifier> known = new ArrayList<>();
    known.add(log);
    known.addAll(witnesses);
    return note.verified(known).then(good -> read(note, log.key(), good));
  }

  private static Parsed<SignedCheckpoint> read(
      Note note, VerifierKey log, List<NoteSignature> good) {
    if (good.stream().noneMatch(signature -> signature.names(log))) {
      return Parsed.refused(
          "", "the log `" + log.name() + "` has not signed this checkpoint", "check the key");
    }
    return Checkpoint.parse(note.text())
        .then(checkpoint ->
            checkpoint.origin().equals(log.name())
                ? Parsed.ok(new SignedCheckpoint(checkpoint, note, cosigned(good, log)))
                : Parsed.refused(
                    "line 1",
                    "the checkpoint is of `" + Text.excerpt(checkpoint.origin()) + "`",
                    "the key speaks for `" + log.name() + "` only"));
  }

  private static List<Cosigned> cosigned(List<NoteSignature> good, VerifierKey log) {
    List<Cosigned> cosigned = new ArrayList<>();
    for (NoteSignature signature : good) {
      OptionalLong seconds = NoteVerifier.cosignedAt(signature.bytes());
      if (!signature.names(log) && seconds.isPresent()) {
        cosigned.add(
            new Cosigned(signature.name(), Instant.ofEpochSecond(clamp(seconds.getAsLong()))));
      }
    }
    return cosigned;
  }

  /** A cosignature may carry seconds that no calendar has. */
  private static long clamp(long seconds) {
    return Math.min(seconds, Instant.MAX.getEpochSecond());
  }
}

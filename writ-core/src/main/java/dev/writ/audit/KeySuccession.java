package dev.writ.audit;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A log key's word that another key follows it: a signed note (C2SP signed-note) by the former key.
 * Its first line is no log's origin, so that it can never be taken for a checkpoint.
 *
 * @param former the key that signed until now
 * @param next the key that signs from now on
 */
public record KeySuccession(VerifierKey former, VerifierKey next) {
  private static final String HEAD = "writ.dev/log-key-succession@v1";

  public KeySuccession {
    if (former.kind() != VerifierKey.Kind.ED25519 || next.kind() != VerifierKey.Kind.ED25519) {
      throw new IllegalArgumentException("a log's keys are Ed25519 keys");
    }
  }

  private String text() {
    return HEAD + "\n" + former + "\n" + next + "\n";
  }

  /** The note. Throws {@link IllegalArgumentException} for another signer than the former key. */
  public Note signedBy(NoteSigner signer) {
    if (!signer.key().equals(former)) {
      throw new IllegalArgumentException("a key's successor is named by that key");
    }
    return Note.sign(text(), List.of(signer));
  }

  /** Whether this note is the former key's word for exactly this succession. */
  public Parsed<KeySuccession> verify(String note, NoteVerifier.Ed25519Checking checking) {
    NoteVerifier verifier = new NoteVerifier(former, checking);
    return Note.parse(note.getBytes(StandardCharsets.UTF_8))
        .then(parsed ->
            parsed.text().equals(text())
                ? parsed.verified(List.of(verifier))
                : Parsed.<List<NoteSignature>>refused(
                    "", "the note speaks of other keys", "ask for an untampered copy"))
        .map(good -> this);
  }

  /** The succession of two keys as facts name them. */
  public static Parsed<KeySuccession> parse(String former, String next) {
    return VerifierKey.parse(former)
        .then(old ->
            VerifierKey.parse(next)
                .then(fresh -> {
                  boolean logs =
                      old.kind() == VerifierKey.Kind.ED25519
                          && fresh.kind() == VerifierKey.Kind.ED25519;
                  return logs
                      ? Parsed.ok(new KeySuccession(old, fresh))
                      : Parsed.refused(
                          List.of(new Problem("", "not the keys of a log", "use Ed25519 keys")));
                }));
  }
}

package dev.writ.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.writ.base.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoteTest {
  private static final String TEXT = "first line\n\nthird line, è\n";

  @Test
  void rfc8032TestVectors() {
    Ed25519Key key =
        Ed25519Key.fromSeed(
            HexFormat.of()
                .parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    assertThat(HexFormat.of().formatHex(key.publicKey()))
        .isEqualTo("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    byte[] signature = key.sign(new byte[] {0x72});
    assertThat(HexFormat.of().formatHex(signature))
        .isEqualTo(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    assertThat(Ed25519Key.verify(key.publicKey(), new byte[] {0x72}, signature)).isTrue();
    assertThat(Ed25519Key.verify(key.publicKey(), new byte[] {0x73}, signature)).isFalse();
  }

  @Test
  void aNoteOfAnotherImplementationVerifies() {
    VerifierKey key =
        VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
            .orThrow();
    String note =
        """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
        """;
    Note parsed = Note.parse(note.getBytes(UTF_8)).orThrow();
    assertThat(parsed.verified(List.of(new NoteVerifier(key, Ed25519Key::verify))).problems())
        .isEmpty();
    assertThat(parsed).hasToString(note);
    assertThat(key)
        .hasToString("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  }

  @Test
  void whatIsSignedReadsBackAndVerifies() {
    Note note = Note.sign(TEXT, List.of(Keys.SIGNER, Keys.COSIGNER));
    assertThat(Note.parse(note.bytes()).orThrow()).isEqualTo(note);
    assertThat(note.verified(List.of(Keys.VERIFIER, Keys.WITNESS_VERIFIER)).orThrow()).hasSize(2);
    assertThat(note.verified(List.of(Keys.VERIFIER)).orThrow()).hasSize(1);
    assertThat(note.verified(List.of()).problems()).hasSize(1);
    NoteVerifier stranger =
        new NoteVerifier(Keys.fromByte(9).named(Keys.ORIGIN), Ed25519Key::verify);
    assertThat(note.verified(List.of(stranger)).problems()).hasSize(1);
  }

  @Test
  void everyFlippedBitRefuses() {
    byte[] bytes = Note.sign("ab\n", List.of(Keys.SIGNER)).bytes();
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) (1 << bit);
        assertThat(Note.parse(changed).then(n -> n.verified(List.of(Keys.VERIFIER))).problems())
            .as("byte %d bit %d", i, bit)
            .isNotEmpty();
      }
    }
  }

  @Test
  void aKnownKeysBadSignatureRefusesTheWholeNote() {
    Note note = Note.sign(TEXT, List.of(Keys.SIGNER));
    NoteSignature bad =
        new NoteSignature(Keys.WITNESS_KEY.name(), Keys.WITNESS_KEY.id(), new byte[72]);
    Note both = note.with(List.of(bad));
    assertThat(both.verified(List.of(Keys.VERIFIER)).problems()).isEmpty();
    assertThat(both.verified(List.of(Keys.VERIFIER, Keys.WITNESS_VERIFIER)).problems()).hasSize(1);
    assertThat(both.with(List.of(bad))).isEqualTo(both);
  }

  @Test
  void malformedNotesAreRefused() {
    String good = Note.sign("text\n", List.of(Keys.SIGNER)).toString();
    String signature = good.substring("text\n\n".length());
    List<String> wrong =
        List.of(
            "",
            "text\n",
            "text\n\n",
            "text\n" + signature,
            good.substring(0, good.length() - 1),
            good + "\n",
            good + "x\n",
            "te\u0007xt\n\n" + signature,
            "te\rxt\n\n" + signature,
            good.replace("— ", "- "),
            good.replace("— ", "—"),
            good.replace("— ", "—  "),
            good.replace("=\n", "\n"),
            good.replace("\n— ", "\n— na+me"),
            "text\n\n— writ.example/ledger AAAAAA==\n");
    for (String note : wrong) {
      assertThat(Note.parse(note.getBytes(UTF_8)).problems()).as(note).isNotEmpty();
    }
    assertThat(Note.parse(new byte[] {(byte) 0xff, '\n', '\n', '\n'}).problems()).hasSize(1);
  }

  @Test
  void bounds() {
    List<NoteSigner> most = new ArrayList<>();
    for (int i = 0; i < Note.MOST_SIGNATURES; i++) {
      most.add(NoteSigner.of(Keys.LOG.named("key-" + i), Keys.LOG));
    }
    Note note = Note.sign(TEXT, most);
    assertThat(Note.parse(note.bytes()).orThrow()).isEqualTo(note);
    byte[] beyond = (note + note.signatures().getFirst().line()).getBytes(UTF_8);
    assertThat(Note.parse(beyond).problems()).hasSize(1);
    most.add(Keys.SIGNER);
    assertThatIllegalArgumentException().isThrownBy(() -> Note.sign(TEXT, most));

    int signature = Note.sign("\n", List.of(Keys.SIGNER)).bytes().length - 1;
    String longest = "x".repeat(Note.LONGEST - signature - 1) + "\n";
    byte[] atLimit = Note.sign(longest, List.of(Keys.SIGNER)).bytes();
    assertThat(atLimit).hasSize(Note.LONGEST);
    assertThat(Note.parse(atLimit).problems()).isEmpty();
    byte[] over = Note.sign("x" + longest, List.of(Keys.SIGNER)).bytes();
    assertThat(Note.parse(over).problems()).hasSize(1);
  }

  @Test
  void verifierKeysAreReadStrictly() {
    String vkey = Keys.LOG_KEY.toString();
    assertThat(VerifierKey.parse(vkey).orThrow()).isEqualTo(Keys.LOG_KEY);
    assertThat(VerifierKey.parse(vkey + "\n").orThrow()).isEqualTo(Keys.LOG_KEY);
    assertThat(VerifierKey.parse(Keys.WITNESS_KEY.toString()).orThrow().kind())
        .isEqualTo(VerifierKey.Kind.COSIGNATURE);
    for (int i = 0; i < vkey.length(); i++) {
      String cut = vkey.substring(0, i);
      String changed = cut + (char) (vkey.charAt(i) ^ 1) + vkey.substring(i + 1);
      assertThat(VerifierKey.parse(cut).problems()).as(cut).hasSize(1);
      assertThat(VerifierKey.parse(changed).problems()).as(changed).hasSize(1);
    }
    assertThat(VerifierKey.parse(vkey + "\n\n").problems()).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> Keys.LOG.named("two words"));
    assertThatIllegalArgumentException().isThrownBy(() -> Keys.LOG.named("a+b"));
    assertThatIllegalArgumentException().isThrownBy(() -> Keys.LOG.named(""));
    assertThatIllegalArgumentException().isThrownBy(() -> Keys.LOG.named("no\u00a0break"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NoteSigner.of(Keys.WITNESS_KEY, Keys.WITNESS));
  }

  @Test
  void checkpointsReadBackAndOpenForTheirLogAlone() {
    Checkpoint checkpoint = new Checkpoint(Keys.ORIGIN, 7, Digest.ofText("root"));
    Note note = checkpoint.signedBy(Keys.SIGNER, Keys.COSIGNER);
    assertThat(Checkpoint.parse(checkpoint.text()).orThrow()).isEqualTo(checkpoint);
    SignedCheckpoint open =
        SignedCheckpoint.open(note.bytes(), Keys.VERIFIER, List.of(Keys.WITNESS_VERIFIER))
            .orThrow();
    assertThat(open.checkpoint()).isEqualTo(checkpoint);
    assertThat(open.cosignatures())
        .containsExactly(
            new SignedCheckpoint.Cosigned(
                "witness.example/w1", Instant.parse("2027-01-15T08:00:00Z")));
    assertThat(SignedCheckpoint.open(note.bytes(), Keys.VERIFIER).orThrow().cosignatures())
        .isEmpty();
    // A witness's word alone is not the log's.
    Note witnessed = Note.sign(checkpoint.text(), List.of(Keys.COSIGNER));
    assertThat(
            SignedCheckpoint.open(witnessed.bytes(), Keys.VERIFIER, List.of(Keys.WITNESS_VERIFIER))
                .problems())
        .hasSize(1);
    assertThat(SignedCheckpoint.open(note.bytes(), Keys.WITNESS_VERIFIER).problems()).hasSize(1);
    Note foreign = new Checkpoint("other.example", 7, checkpoint.root()).signedBy(Keys.SIGNER);
    assertThat(SignedCheckpoint.open(foreign.bytes(), Keys.VERIFIER).problems()).hasSize(1);
  }

  @Test
  void malformedCheckpointsAreRefused() {
    String root = Base64s.encode(Digest.ofText("root").bytes());
    assertThat(Checkpoint.parse("o\n9223372036854775807\n" + root + "\nmore\n").orThrow())
        .isEqualTo(new Checkpoint("o", Long.MAX_VALUE, Digest.ofText("root"), List.of("more")));
    for (String text :
        List.of(
            "",
            "\n",
            "o\n1\n",
            "o\n1\n" + root,
            "\n1\n" + root + "\n",
            "o\n01\n" + root + "\n",
            "o\n-1\n" + root + "\n",
            "o\n+1\n" + root + "\n",
            "o\n\n" + root + "\n",
            "o\n9223372036854775808\n" + root + "\n",
            "o\n١\n" + root + "\n",
            "o\n1\n" + root.substring(1) + "\n",
            "o\n1\n" + root.replace("=", "") + "\n",
            "o\n1\n" + root + "\n\n",
            "o\n1\n" + root + "\n\nx\n")) {
      assertThat(Checkpoint.parse(text).problems()).as(text).hasSize(1);
    }
  }
}

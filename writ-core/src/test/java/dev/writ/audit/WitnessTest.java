package dev.writ.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.writ.base.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessTest {
  private static final Note CHECKPOINT =
      new Checkpoint(Keys.ORIGIN, 13, Digest.ofText("root")).signedBy(Keys.SIGNER);

  @Test
  void aRequestIsOldSizeProofEmptyLineCheckpoint() {
    Digest hash = Digest.ofText("hash");
    assertThat(new String(new WitnessRequest(8, List.of(hash), CHECKPOINT).body(), UTF_8))
        .isEqualTo("old 8\n" + Base64s.encode(hash.bytes()) + "\n\n" + CHECKPOINT);
    assertThat(new String(new WitnessRequest(0, List.of(), CHECKPOINT).body(), UTF_8))
        .isEqualTo("old 0\n\n" + CHECKPOINT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WitnessRequest(0, List.of(hash), CHECKPOINT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WitnessRequest(8, Trees.leaves(0, 64), CHECKPOINT));
  }

  @Test
  void everyAnswerIsUnderstood() {
    byte[] none = new byte[0];
    assertThat(WitnessReply.of(400, "", none)).isEqualTo(new WitnessReply.BadRequest());
    assertThat(WitnessReply.of(403, "", none)).isEqualTo(new WitnessReply.UntrustedSignature());
    assertThat(WitnessReply.of(404, "", none)).isEqualTo(new WitnessReply.UnknownLog());
    assertThat(WitnessReply.of(422, "", none)).isEqualTo(new WitnessReply.Inconsistent());
    assertThat(WitnessReply.of(409, "text/plain", none)).isEqualTo(new WitnessReply.AnotherRoot());
    assertThat(WitnessReply.of(409, "Text/x.tlog.size; charset=utf-8", "7\n".getBytes(UTF_8)))
        .isEqualTo(new WitnessReply.OldSizeIs(7));
    for (String size : List.of("", "7", "07\n", "-7\n", "7\n\n", "9".repeat(40) + "\n")) {
      assertThat(WitnessReply.of(409, "text/x.tlog.size", size.getBytes(UTF_8)))
          .as(size)
          .isInstanceOf(WitnessReply.Unexpected.class);
    }
    assertThat(WitnessReply.of(503, "", none)).isInstanceOf(WitnessReply.Unexpected.class);
    assertThat(WitnessReply.of(200, "", none)).isInstanceOf(WitnessReply.Unexpected.class);
    assertThat(WitnessReply.of(200, "", "<html>".getBytes(UTF_8)))
        .isInstanceOf(WitnessReply.Unexpected.class);
    assertThat(WitnessReply.of(200, "", new byte[WitnessReply.LONGEST + 1]))
        .isInstanceOf(WitnessReply.Unexpected.class);
  }

  @Test
  void aCosignatureIsAddedOnlyWhenItVerifies() {
    byte[] answer = answer(CHECKPOINT, Keys.COSIGNER);
    Note cosigned = cosign(answer);
    assertThat(cosigned.signatures()).hasSize(2);
    assertThat(
            SignedCheckpoint.open(cosigned.bytes(), Keys.VERIFIER, List.of(Keys.WITNESS_VERIFIER))
                .orThrow()
                .cosignatures())
        .hasSize(1);
    Note another = new Checkpoint(Keys.ORIGIN, 12, Digest.ofText("root")).signedBy(Keys.SIGNER);
    assertThat(
            reply(answer(another, Keys.COSIGNER))
                .cosign(CHECKPOINT, Keys.WITNESS_VERIFIER)
                .problems())
        .hasSize(1);
    NoteSigner stranger =
        NoteSigner.cosigner(Keys.fromByte(5).witnessNamed("other"), Keys.fromByte(5), Keys.NOON);
    assertThat(
            reply(answer(CHECKPOINT, stranger))
                .cosign(CHECKPOINT, Keys.WITNESS_VERIFIER)
                .problems())
        .hasSize(1);
  }

  @Test
  void aTimestampCannotBeMoved() {
    NoteSignature good =
        Note.sign(CHECKPOINT.text(), List.of(Keys.COSIGNER)).signatures().getFirst();
    byte[] moved = good.bytes();
    moved[7] ^= 1;
    assertThat(Keys.WITNESS_VERIFIER.verify(CHECKPOINT.text(), good.bytes())).isTrue();
    assertThat(Keys.WITNESS_VERIFIER.verify(CHECKPOINT.text(), moved)).isFalse();
    byte[] negative = good.bytes();
    negative[0] |= (byte) 0x80;
    assertThat(Keys.WITNESS_VERIFIER.verify(CHECKPOINT.text(), negative)).isFalse();
    // A log's key is not a witness's, even where the bytes of the key are the same.
    NoteVerifier confused =
        new NoteVerifier(Keys.WITNESS.named("witness.example/w1"), Ed25519Key::verify);
    assertThat(confused.verify(CHECKPOINT.text(), good.bytes())).isFalse();
  }

  private static Note cosign(byte[] answer) {
    return reply(answer).cosign(CHECKPOINT, Keys.WITNESS_VERIFIER).orThrow();
  }

  private static WitnessReply.Cosigned reply(byte[] answer) {
    return (WitnessReply.Cosigned) WitnessReply.of(200, "", answer);
  }

  private static byte[] answer(Note checkpoint, NoteSigner signer) {
    return Note.sign(checkpoint.text(), List.of(signer))
        .signatures()
        .getFirst()
        .line()
        .getBytes(UTF_8);
  }
}

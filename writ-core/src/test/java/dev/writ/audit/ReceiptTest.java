package dev.writ.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.writ.base.Digest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static final List<Digest> LEAVES = Trees.leaves(0, 13);
  private static final Note CHECKPOINT =
      new Checkpoint(Keys.ORIGIN, 13, Merkle.root(LEAVES)).signedBy(Keys.SIGNER, Keys.COSIGNER);
  private static final Receipt RECEIPT =
      new Receipt(5, MerkleProof.inclusion(Trees.nodes(LEAVES), 5, 13), CHECKPOINT);

  @Test
  void aReceiptProvesItsEntryAndNoOther() {
    Receipt read = Receipt.parse(RECEIPT.bytes()).orThrow();
    assertThat(read).isEqualTo(RECEIPT);
    SignedCheckpoint signed =
        read.verify(LEAVES.get(5), Keys.VERIFIER, List.of(Keys.WITNESS_VERIFIER)).orThrow();
    assertThat(signed.cosignatures()).hasSize(1);
    assertThat(read.verify(LEAVES.get(6), Keys.VERIFIER, List.of()).problems()).hasSize(1);
    NoteVerifier stranger =
        new NoteVerifier(Keys.fromByte(8).named(Keys.ORIGIN), Ed25519Key::verify);
    assertThat(read.verify(LEAVES.get(5), stranger, List.of()).problems()).hasSize(1);
  }

  @Test
  void extraBytesTravelAlong() {
    Receipt extra =
        new Receipt(5, RECEIPT.proof(), CHECKPOINT, Optional.of(new Receipt.Extra("ZXh0cmE=")));
    assertThat(new String(extra.bytes(), UTF_8))
        .startsWith("c2sp.org/tlog-proof@v1\nextra ZXh0cmE=\nindex 5\n");
    assertThat(Receipt.parse(extra.bytes()).orThrow()).isEqualTo(extra);
    assertThatIllegalArgumentException().isThrownBy(() -> new Receipt.Extra("not base64"));
  }

  @Test
  void everyFlippedBitRefuses() {
    Note note = new Checkpoint(Keys.ORIGIN, 13, Merkle.root(LEAVES)).signedBy(Keys.SIGNER);
    byte[] bytes = new Receipt(5, RECEIPT.proof(), note).bytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertThat(
              Receipt.parse(changed)
                  .then(r -> r.verify(LEAVES.get(5), Keys.VERIFIER, List.of()))
                  .problems())
          .as("byte %d", i)
          .isNotEmpty();
    }
  }

  @Test
  void malformedReceiptsAreRefused() {
    String good = new String(RECEIPT.bytes(), UTF_8);
    for (String wrong :
        List.of(
            "",
            "\n\n",
            good.replace("@v1", "@v2"),
            good.replace("index 5", "index 05"),
            good.replace("index 5", "index -5"),
            good.replace("index 5", "index"),
            good.replace("index 5\n", ""),
            good.replace("index 5\n", "extra \nindex 5\n"),
            good.replace("index 5\n", "index 5\nx\n"),
            good.substring(0, good.indexOf("\n\n")),
            good.substring(0, good.indexOf("\n\n") + 2))) {
      assertThat(Receipt.parse(wrong.getBytes(UTF_8)).problems()).as(wrong).isNotEmpty();
    }
    String hash = "A".repeat(43) + "=\n";
    String most = good.replace("index 5\n", "index 5\n" + hash.repeat(63 - RECEIPT.proof().size()));
    assertThat(Receipt.parse(most.getBytes(UTF_8)).problems()).isEmpty();
    String beyond = most.replace("index 5\n", "index 5\n" + hash);
    assertThat(Receipt.parse(beyond.getBytes(UTF_8)).problems()).hasSize(1);
  }
}

package dev.writ.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Strangers' bytes, mutated from good ones: every parser answers, and what it reads reads back. */
class ParserFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final Note NOTE =
      new Checkpoint(Keys.ORIGIN, 13, Digest.ofText("root")).signedBy(Keys.SIGNER, Keys.COSIGNER);

  @Test
  void notes() {
    fuzz(NOTE.bytes(), 1, b -> Note.parse(b).found().ifPresent(n -> same(n.bytes(), b)));
  }

  @Test
  void checkpoints() {
    fuzz(
        NOTE.text().getBytes(UTF_8),
        2,
        b -> {
          String text = new String(b, UTF_8);
          Checkpoint.parse(text)
              .found()
              .ifPresent(checkpoint -> assertThat(checkpoint.text()).isEqualTo(text));
        });
  }

  @Test
  void verifierKeys() {
    fuzz(
        Keys.LOG_KEY.toString().getBytes(UTF_8),
        3,
        b -> {
          String text = new String(b, UTF_8);
          VerifierKey.parse(text)
              .found()
              .ifPresent(key -> assertThat(text).isIn(key.toString(), key + "\n"));
        });
  }

  @Test
  void tilePaths() {
    fuzz(
        "tile/5/x001/x234/067.p/12".getBytes(UTF_8),
        4,
        b -> {
          String text = new String(b, UTF_8);
          TilePath.parse(text).found().ifPresent(p -> assertThat(p.path()).isEqualTo(text));
        });
  }

  @Test
  void receipts() {
    Receipt receipt = new Receipt(5, Trees.leaves(0, 4), NOTE);
    fuzz(receipt.bytes(), 5, b -> Receipt.parse(b).found().ifPresent(r -> same(r.bytes(), b)));
  }

  @Test
  void bundles() {
    TilePath.Entries path = new TilePath.Entries(0, 5);
    fuzz(
        EntryBundle.encode(Trees.entries(0, 5)),
        6,
        b -> EntryBundle.parse(path, b).found().ifPresent(e -> same(EntryBundle.encode(e), b)));
  }

  @Test
  void witnessAnswersAndEnvelopes() {
    byte[] answer = NOTE.signatures().getLast().line().getBytes(UTF_8);
    fuzz(answer, 7, b -> assertThat(WitnessReply.of(200, "", b)).isNotNull());
    byte[] envelope = Dsse.sign("t", new byte[3], "", Keys.LOG::sign).json().canonical();
    fuzz(envelope, 8, b -> assertThat(Dsse.parse(b)).isNotNull());
  }

  private static void same(byte[] written, byte[] read) {
    assertThat(Arrays.equals(written, read)).isTrue();
  }

  private static void fuzz(byte[] good, int seed, Consumer<byte[]> check) {
    Random random = new Random(seed);
    List<String> pieces = List.of("\n", " ", "+", "=", "0", "x", "\n\n", "— ", "\u0000", "\u00a0");
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes = mutate(bytes, random, pieces);
      }
      check.accept(bytes);
    }
  }

  private static byte[] mutate(byte[] bytes, Random random, List<String> pieces) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(bytes.length);
    byte[] piece = pieces.get(random.nextInt(pieces.size())).getBytes(UTF_8);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> splice(bytes, at, at + 1, new byte[0]);
      case 2 -> splice(bytes, at, at, piece);
      case 3 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, 0, at));
      default -> splice(bytes, at, at + 1, new byte[] {(byte) random.nextInt()});
    };
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] piece) {
    byte[] out = Arrays.copyOf(bytes, from + piece.length + bytes.length - to);
    System.arraycopy(piece, 0, out, from, piece.length);
    System.arraycopy(bytes, to, out, from + piece.length, bytes.length - to);
    return out;
  }
}

package dev.writ.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A box opens with its key, for what it was bound to, whole. */
class BoxTest {
  private final Random random = new Random(9);
  private final SecretBytes key = key();

  private SecretBytes key() {
    byte[] bytes = new byte[Box.KEY];
    random.nextBytes(bytes);
    return new SecretBytes(bytes);
  }

  @Test
  void onlyKeyBindingAndBytesTogetherOpenIt() {
    byte[] plain = "plain".getBytes(StandardCharsets.UTF_8);
    byte[] box = Box.seal(key, "payload 1", plain, random::nextBytes);
    assertThat(box).hasSize(plain.length + Box.OVERHEAD);
    assertThat(Box.open(key, "payload 1", box)).hasValue(plain);
    assertThat(Box.open(key, "payload 2", box)).isEmpty();
    assertThat(Box.open(key(), "payload 1", box)).isEmpty();
    for (int length = 0; length < box.length; length++) {
      assertThat(Box.open(key, "payload 1", java.util.Arrays.copyOf(box, length))).isEmpty();
    }
    assertThat(Box.seal(key, "payload 1", plain, random::nextBytes)).isNotEqualTo(box);
    assertThat(Box.open(key, "x", Box.seal(key, "x", new byte[0], random::nextBytes)))
        .hasValue(new byte[0]);
    assertThat(key.toString()).isEqualTo("SecretBytes[32]");
  }
}

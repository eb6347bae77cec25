package dev.writ.server.keys;

import dev.writ.base.Entropy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM: a fresh 12-byte nonce, the ciphertext and a 16-byte tag, bound to a text that says
 * what is inside. Nonces are drawn by chance, so one key seals at most 2^32 boxes.
 */
final class Box {
  /** How much longer a box is than what is in it. */
  static final int OVERHEAD = 12 + 16;

  /** Length of every symmetric key, in bytes. */
  static final int KEY = 32;

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final String ALGORITHM = "AES/GCM/NoPadding";

  private Box() {}

  /** Seals bytes under a key. */
  static byte[] seal(SecretBytes key, String bound, byte[] plain, Entropy entropy) {
    byte[] nonce = entropy.bytes(NONCE);
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          SecretBytes.DangerouslyOpened.aes(key),
          new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
      byte[] box = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(plain.length));
      int length = cipher.doFinal(plain, 0, plain.length, box, NONCE);
      return box.length == NONCE + length ? box : Arrays.copyOf(box, NONCE + length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /** What is inside; empty when key, binding or bytes are not those of the sealing. */
  static Optional<byte[]> open(SecretBytes key, String bound, byte[] box) {
    if (box.length < OVERHEAD) {
      return Optional.empty();
    }
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretBytes.DangerouslyOpened.aes(key),
          new GCMParameterSpec(TAG_BITS, box, 0, NONCE));
      cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
      return Optional.of(cipher.doFinal(box, NONCE, box.length - NONCE));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }
}

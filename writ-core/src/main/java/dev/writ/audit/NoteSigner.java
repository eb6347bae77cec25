package dev.writ.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Signs notes with one key; how the signature is computed, and where the key is, is behind it. */
public interface NoteSigner {
  /** The public half of the key. */
  VerifierKey key();

  /** The signature bytes over a note's text, without the key's id. */
  byte[] sign(String text);

  /** An Ed25519 signature over a message: 64 bytes (RFC 8032). */
  @FunctionalInterface
  interface Ed25519Signing {
    byte[] sign(byte[] message);
  }

  /** A log's signer. Throws {@link IllegalArgumentException} for a key of another kind. */
  static NoteSigner of(VerifierKey key, Ed25519Signing signing) {
    require(key, VerifierKey.Kind.ED25519);
    return new NoteSigner() {
      @Override
      public VerifierKey key() {
        return key;
      }

      @Override
      public byte[] sign(String text) {
        return signing.sign(text.getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  /**
   * A witness's signer, which says when it signed (C2SP tlog-cosignature v1). Throws {@link
   * IllegalArgumentException} for a key of another kind.
   */
  static NoteSigner cosigner(VerifierKey key, Ed25519Signing signing, InstantSource time) {
    require(key, VerifierKey.Kind.COSIGNATURE);
    return new NoteSigner() {
      @Override
      public VerifierKey key() {
        return key;
      }

      @Override
      public byte[] sign(String text) {
        long seconds = time.instant().getEpochSecond();
        byte[] signature = signing.sign(NoteVerifier.cosigned(seconds, text));
        return ByteBuffer.allocate(Long.BYTES + signature.length)
            .putLong(seconds)
            .put(signature)
            .array();
      }
    };
  }

  private static void require(VerifierKey key, VerifierKey.Kind kind) {
    if (key.kind() != kind) {
      throw new IllegalArgumentException("the key is for " + key.kind() + ", not " + kind);
    }
  }
}

package dev.writ.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/** Checks one key's signatures on notes. */
public final class NoteVerifier {
  private static final int SIGNATURE = 64;

  private final VerifierKey key;
  private final Ed25519Checking checking;

  /** Whether an Ed25519 signature is this public key's over this message (RFC 8032). */
  @FunctionalInterface
  public interface Ed25519Checking {
    /** False for anything malformed; never throws for what strangers send. */
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);
  }

  /** A verifier for this key. */
  public NoteVerifier(VerifierKey key, Ed25519Checking checking) {
    this.key = key;
    this.checking = checking;
  }

  /** The key whose signatures are checked. */
  public VerifierKey key() {
    return key;
  }

  /** Whether these are the key's signature bytes over this text. */
  public boolean verify(String text, byte[] signature) {
    return switch (key.kind()) {
      case ED25519 ->
          signature.length == SIGNATURE
              && checking.verify(key.publicKey(), text.getBytes(StandardCharsets.UTF_8), signature);
      case COSIGNATURE -> {
        OptionalLong seconds = cosignedAt(signature);
        yield seconds.isPresent()
            && checking.verify(
                key.publicKey(),
                cosigned(seconds.getAsLong(), text),
                Arrays.copyOfRange(signature, Long.BYTES, signature.length));
      }
    };
  }

  /** The time, in seconds since 1970, that a cosignature's bytes carry; nothing when malformed. */
  static OptionalLong cosignedAt(byte[] signature) {
    if (signature.length != Long.BYTES + SIGNATURE) {
      return OptionalLong.empty();
    }
    long seconds = ByteBuffer.wrap(signature).getLong();
    return seconds < 0 ? OptionalLong.empty() : OptionalLong.of(seconds);
  }

  /** The message under a cosignature (C2SP tlog-cosignature v1, Ed25519 signed message). */
  static byte[] cosigned(long seconds, String text) {
    return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }
}

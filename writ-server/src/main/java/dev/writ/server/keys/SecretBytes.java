package dev.writ.server.keys;

import javax.crypto.spec.SecretKeySpec;

/**
 * Bytes that must not be shown. There is no way to them but {@link DangerouslyOpened}, so that
 * every use is found by searching for one name.
 */
final class SecretBytes {
  private final byte[] bytes;

  /** Takes the array over; the caller forgets it. */
  SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "SecretBytes[" + bytes.length + "]";
  }

  /**
   * The one place where secret bytes come out. Whoever calls it holds a key in plain form: hand it
   * to the cipher and let go of it; never log, compare, cache or return it.
   */
  static final class DangerouslyOpened {
    private DangerouslyOpened() {}

    /** The plain bytes, not a copy. */
    static byte[] bytes(SecretBytes secret) {
      return secret.bytes;
    }

    /** An AES key. */
    static SecretKeySpec aes(SecretBytes secret) {
      return new SecretKeySpec(secret.bytes, "AES");
    }

    /** An HMAC-SHA-256 key. */
    static SecretKeySpec hmac(SecretBytes secret) {
      return new SecretKeySpec(secret.bytes, "HmacSHA256");
    }
  }
}

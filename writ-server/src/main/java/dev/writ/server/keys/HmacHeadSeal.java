package dev.writ.server.keys;

import dev.writ.ledger.HeadSeal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;

/** Seals heads with HMAC-SHA-256. Threads may share one. */
final class HmacHeadSeal implements HeadSeal {
  private static final byte[] LABEL = "writ head 1\n".getBytes(StandardCharsets.UTF_8);
  private final SecretBytes key;

  HmacHeadSeal(SecretBytes key) {
    this.key = key;
  }

  @Override
  public byte[] seal(byte[] bytes) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(SecretBytes.DangerouslyOpened.hmac(key));
      hmac.update(LABEL);
      return hmac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  @Override
  public boolean matches(byte[] bytes, byte[] seal) {
    return MessageDigest.isEqual(seal(bytes), seal);
  }
}

package dev.writ.sim;

import dev.writ.base.Digest;
import dev.writ.ledger.HeadSeal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The nodes' seal in tests: right enough to notice a head that no node wrote; no secret. */
public final class SimSeal implements HeadSeal {
  private static final byte[] KEY = "simulated".getBytes(StandardCharsets.UTF_8);

  @Override
  public byte[] seal(byte[] bytes) {
    return Digest.sha256(KEY, bytes).bytes();
  }

  @Override
  public boolean matches(byte[] bytes, byte[] seal) {
    return Arrays.equals(seal(bytes), seal);
  }
}

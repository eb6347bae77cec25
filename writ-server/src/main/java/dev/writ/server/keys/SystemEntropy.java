package dev.writ.server.keys;

import dev.writ.base.Entropy;
import java.security.SecureRandom;

/** Chance from the operating system's secure source. Threads may share one. */
public final class SystemEntropy implements Entropy {
  private final SecureRandom random = new SecureRandom();

  @Override
  public void fill(byte[] bytes) {
    random.nextBytes(bytes);
  }
}

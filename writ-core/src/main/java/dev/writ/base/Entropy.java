package dev.writ.base;

/** Where chance comes from: the system's secure source in a server, a seed in tests. */
@FunctionalInterface
public interface Entropy {
  /** Fills the whole array. */
  void fill(byte[] bytes);

  /** {@code length} fresh bytes. */
  default byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    fill(bytes);
    return bytes;
  }
}

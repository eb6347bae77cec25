package dev.writ.policy;

/** Questions about IP addresses and ranges. */
final class Addresses {
  private static final Value.Ip LOOPBACK_V4 = new Value.Ip(false, 0, 0x7F00_0000L, 8);
  private static final Value.Ip LOOPBACK_V6 = new Value.Ip(true, 0, 1, 128);
  private static final Value.Ip MULTICAST_V4 = new Value.Ip(false, 0, 0xE000_0000L, 4);
  private static final Value.Ip MULTICAST_V6 = new Value.Ip(true, 0xFF00L << 48, 0, 8);

  private Addresses() {}

  static boolean isLoopback(Value.Ip ip) {
    return isInRange(ip, ip.v6() ? LOOPBACK_V6 : LOOPBACK_V4);
  }

  static boolean isMulticast(Value.Ip ip) {
    return isInRange(ip, ip.v6() ? MULTICAST_V6 : MULTICAST_V4);
  }

  /** Whether every address of the inner range is one of the outer. */
  static boolean isInRange(Value.Ip inner, Value.Ip outer) {
    if (inner.v6() != outer.v6() || inner.prefix() < outer.prefix()) {
      return false;
    }
    if (!inner.v6()) {
      long mask = outer.prefix() == 0 ? 0 : -1L << (32 - outer.prefix());
      return ((inner.low() ^ outer.low()) & mask & 0xFFFF_FFFFL) == 0;
    }
    int bits = outer.prefix();
    long high = bits == 0 ? 0 : bits >= 64 ? -1L : -1L << (64 - bits);
    long low = bits <= 64 ? 0 : -1L << (128 - bits);
    return ((inner.high() ^ outer.high()) & high) == 0 && ((inner.low() ^ outer.low()) & low) == 0;
  }
}

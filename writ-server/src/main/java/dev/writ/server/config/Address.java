package dev.writ.server.config;

import dev.writ.base.Entropy;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Where to listen.
 *
 * @param port 0 takes a free one
 */
public record Address(String host, int port) {
  /**
   * Where {@link #unused} looks: below the ports that systems hand to outgoing connections (32768
   * and up on Linux, 49152 elsewhere), because one of those can be taken again before its finder
   * listens.
   */
  private static final int LOWEST_UNUSED = 10_000;

  private static final int HIGHEST_UNUSED = 32_000;
  private static final int TRIES = 200;

  /**
   * An address nobody listens at now, and nobody is given by chance: for a server that is founded
   * on it first and started later.
   *
   * @throws IOException when the host is not this machine's, or {@value #TRIES} ports were taken
   */
  public static Address unused(String host, Entropy entropy) throws IOException {
    InetAddress at = InetAddress.getByName(host);
    BindException taken = new BindException("no port was tried");
    for (int i = 0; i < TRIES; i++) {
      byte[] chance = entropy.bytes(2);
      int drawn = (chance[0] & 0xff) << 8 | (chance[1] & 0xff);
      int port = LOWEST_UNUSED + drawn % (HIGHEST_UNUSED - LOWEST_UNUSED);
      try (ServerSocket probe = new ServerSocket(port, 1, at)) {
        return new Address(host, probe.getLocalPort());
      } catch (BindException e) {
        taken = e;
      }
    }
    throw taken;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}

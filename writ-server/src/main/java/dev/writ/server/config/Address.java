package dev.writ.server.config;

/**
 * Where to listen.
 *
 * @param port 0 takes a free one
 */
public record Address(String host, int port) {
  @Override
  public String toString() {
    return host + ":" + port;
  }
}

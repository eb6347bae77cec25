package dev.writ.server.http;

import java.net.URI;
import java.time.Duration;

/**
 * Where a server listens, and under which URL the world knows it. The public URL is configured,
 * never inferred from a request: neither {@code Host} nor forwarded headers are believed.
 *
 * @param host an address of this machine; loopback unless somebody configured another
 * @param port 0 for any free one
 * @param publicUrl scheme, host and perhaps a port; no path, query or fragment
 * @param longestBody bytes of a request body
 * @param patience how long a request body may take to arrive as a whole
 */
public record Listening(String host, int port, URI publicUrl, int longestBody, Duration patience) {
  /** Loopback. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Longest request body unless configured: 1 MiB. */
  public static final int BODY = 1 << 20;

  /** How long a body may take unless configured. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  public Listening {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port lies between 0 and 65535, not " + port);
    }
    if (longestBody < 1 || patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("a body may have at least one byte and some time");
    }
    requirePublic(publicUrl);
  }

  /** Loopback with the usual bounds. */
  public static Listening loopback(int port, URI publicUrl) {
    return new Listening(LOOPBACK, port, publicUrl, BODY, PATIENCE);
  }

  private static void requirePublic(URI url) {
    boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    boolean bare =
        (url.getRawPath() == null || url.getRawPath().isEmpty())
            && url.getRawQuery() == null
            && url.getRawFragment() == null
            && url.getRawUserInfo() == null;
    if (!web || url.getHost() == null || !bare) {
      throw new IllegalArgumentException(
          "the public URL `"
              + url
              + "` is not http or https with a host and nothing behind it, such as"
              + " `https://writ.example`");
    }
  }

  /** The issuer: the public URL as text. */
  public String issuer() {
    return publicUrl.toString();
  }
}

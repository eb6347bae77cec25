package dev.writ.server.upstream;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Where outbound requests may go. Public addresses over TLS; an address that is private, loopback
 * or otherwise special, and plain HTTP, only where it is listed. The address that was vetted is the
 * one that is connected to, so a name cannot change its mind in between.
 */
public final class Destinations {
  private final NavigableSet<String> listed;

  /**
   * The destinations with these exceptions.
   *
   * @param listed {@code host:port} as upstream URLs write it, such as {@code 127.0.0.1:8080}, or a
   *     host alone for all its ports
   */
  public Destinations(Collection<String> listed) {
    TreeSet<String> lower = new TreeSet<>();
    listed.forEach(l -> lower.add(l.toLowerCase(Locale.ROOT)));
    this.listed = lower;
  }

  /** The address to connect to; a fault with the reason when there is none. */
  InetSocketAddress resolve(URI url) throws UpstreamFault {
    String host = url.getHost();
    int port = port(url);
    String lower = host.toLowerCase(Locale.ROOT);
    boolean exempt = listed.contains(lower + ":" + port) || listed.contains(lower);
    if (!exempt && "http".equals(url.getScheme())) {
      throw UpstreamFault.silent(
          "destination-refused",
          "plain HTTP to `" + host + ":" + port + "` is not listed; use https or list it");
    }
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw UpstreamFault.silent("unreachable", "the name `" + host + "` does not resolve");
    }
    for (InetAddress address : addresses) {
      if (!exempt && isSpecial(address)) {
        // One special address among several is reason enough: nobody publishes both by accident.
        throw UpstreamFault.silent(
            "destination-refused",
            "`"
                + host
                + "` resolves to an address that is not public; list `"
                + host
                + ":"
                + port
                + "` if that is meant");
      }
    }
    return new InetSocketAddress(addresses[0], port);
  }

  static int port(URI url) {
    return url.getPort() != -1 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
  }

  /** Whether the address is anything but an ordinary public one (RFC 6890 and successors). */
  static boolean isSpecial(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] b = address.getAddress();
    int first = b[0] & 0xff;
    int second = b[1] & 0xff;
    return switch (address) {
      case Inet4Address v4 ->
          first == 0
              || first >= 240
              || (first == 100 && (second & 0xc0) == 64)
              || (first == 192 && second == 0 && b[2] == 0)
              || (first == 198 && (second & 0xfe) == 18);
      case Inet6Address v6 ->
          (first & 0xfe) == 0xfc
              // Outside 2000::/3 nothing is global unicast; this covers NAT64's 64:ff9b::/96 too.
              || (first & 0xe0) != 0x20
              // 6to4 and Teredo carry an IPv4 address that was not vetted.
              || (first == 0x20 && second == 0x02)
              || (first == 0x20 && second == 0x01 && b[2] == 0 && b[3] == 0);
      case InetAddress other -> true;
    };
  }
}

package dev.writ.server.gateway;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.ledger.MonotonicClock;
import dev.writ.server.keys.Signatures;
import dev.writ.server.keys.TokenVerifier;
import dev.writ.server.runner.Runner;
import dev.writ.server.upstream.Destinations;
import dev.writ.server.upstream.Outbound;
import dev.writ.server.upstream.Upstreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The gateway process: no private keys, no database. It reads one {@link GatewayOrder} from
 * standard input, says {@code {"listening":URL}} on standard output, and ends when its standard
 * input does, so it never outlives who started it.
 */
public final class GatewayMain {
  private GatewayMain() {}

  /** Takes no arguments. Exit code 2 when the order is refused, 3 when it cannot listen. */
  public static void main(String[] args) throws IOException {
    PrintStream out = System.out;
    System.setOut(System.err);
    // Standard error is the server's own: nothing but what somebody must see.
    Logger.getLogger("").setLevel(Level.WARNING);
    switch (GatewayOrder.parse(line(System.in))) {
      case Parsed.Refused<GatewayOrder>(var problems) -> {
        problems.forEach(p -> System.err.println("gateway: " + p));
        System.exit(2);
      }
      case Parsed.Ok<GatewayOrder>(GatewayOrder order) -> serve(order, out);
    }
  }

  private static void serve(GatewayOrder order, PrintStream out) throws IOException {
    MonotonicClock clock = System::nanoTime;
    SecureRandom random = new SecureRandom();
    Entropy entropy = random::nextBytes;
    TokenVerifier verifier =
        new TokenVerifier(order.issuer(), Signatures.best(), InstantSource.system());
    Outbound outbound = new Outbound(new Destinations(List.of(hostAndPort(order.keySet()))));
    RemoteAuthority authority = RemoteAuthority.behind(order.authority(), order.secret(), clock);
    Upstreams upstreams =
        new Upstreams(new Destinations(order.destinations()), Optional.of(Runner.onOwnClassPath()));
    Gateway.Parts parts =
        new Gateway.Parts(
            new PublishedKeys(verifier, order.keySet(), outbound, clock),
            authority,
            upstreams,
            entropy,
            clock);
    Gateway gateway;
    try {
      gateway = Gateway.start(order.settings(), parts);
    } catch (IllegalStateException e) {
      System.err.println("gateway: " + e.getMessage());
      System.exit(3);
      return;
    }
    out.println(
        new String(
            Json.object().put("listening", gateway.localUrl().toString()).build().canonical(),
            java.nio.charset.StandardCharsets.UTF_8));
    out.flush();
    awaitEnd(System.in);
    gateway.close();
    authority.close();
    outbound.close();
    System.exit(0);
  }

  private static String hostAndPort(URI url) {
    int port = url.getPort() != -1 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    return url.getHost() + ":" + port;
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
      if (line.size() > Json.Bounds.REQUEST.bytes()) {
        break;
      }
    }
    return line.toByteArray();
  }

  private static void awaitEnd(InputStream in) throws IOException {
    // Nothing more is expected; only the end means something.
    in.transferTo(OutputStream.nullOutputStream());
  }
}

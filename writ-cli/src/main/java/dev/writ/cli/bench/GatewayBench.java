package dev.writ.cli.bench;

import dev.writ.base.Entropy;
import dev.writ.base.Json;
import dev.writ.server.gateway.Authority;
import dev.writ.server.gateway.AuthorityDoor;
import dev.writ.server.gateway.Gateway;
import dev.writ.server.gateway.GatewaySettings;
import dev.writ.server.gateway.RemoteAuthority;
import dev.writ.server.upstream.Destinations;
import dev.writ.server.upstream.Outbound;
import dev.writ.server.upstream.Upstreams;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the gateway adds to a tool call with a 1 kB answer, over calling the upstream directly, in
 * one run. The authority allows everything from memory, so this is the gateway's own share: parsing
 * both ways, session, permit, upstream client and outcome queue; once with the authority in the
 * same process and once behind its door over loopback. Token signatures are not in it: each token
 * is verified once and then remembered.
 */
public final class GatewayBench {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final int[] CALLERS = {1, 16, 64};
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration MEASURED = Duration.ofSeconds(4);

  private GatewayBench() {}

  /** Runs for about a minute and answers latencies in microseconds and rates a second. */
  public static Json run() {
    SecureRandom random = new SecureRandom();
    Entropy entropy = random::nextBytes;
    try (GatewayBenchUpstream upstream = new GatewayBenchUpstream()) {
      GatewayBenchAuthority authority = new GatewayBenchAuthority(entropy, upstream.url());
      List<Json> rows = new ArrayList<>();
      Map<Integer, Measured> direct = new LinkedHashMap<>();
      try (Outbound outbound = outbound(upstream.url())) {
        for (int callers : CALLERS) {
          direct.put(callers, measure(new Target(outbound, upstream.url(), Map.of()), callers));
        }
      }
      rows.addAll(through("inProcess", authority, entropy, upstream, direct));
      WebServer server =
          WebServer.builder()
              .host("127.0.0.1")
              .shutdownHook(false)
              .routing(r -> r.register(new AuthorityDoor(authority, SECRET)))
              .build()
              .start();
      URI door = URI.create("http://127.0.0.1:" + server.port());
      try (RemoteAuthority remote = RemoteAuthority.behind(door, SECRET, System::nanoTime)) {
        rows.addAll(through("behindItsDoor", remote, entropy, upstream, direct));
      } finally {
        server.stop();
      }
      return Json.object()
          .put("bench", "gateway")
          .put("answerBytes", GatewayBenchUpstream.ANSWER_BYTES)
          .put("peers", "bare relay adds 46 us at c=1; Helidon relay 95 us; Bifrost 840 us")
          .put("rows", Json.array(rows))
          .build();
    }
  }

  private static Outbound outbound(URI url) {
    return new Outbound(new Destinations(List.of("127.0.0.1:" + url.getPort())));
  }

  private record Measured(double p50, double p99, double perSecond) {}

  /** Where calls go, and with which headers. */
  private record Target(Outbound outbound, URI url, Map<String, String> headers) {}

  private static List<Json> through(
      String where,
      Authority authority,
      Entropy entropy,
      GatewayBenchUpstream upstream,
      Map<Integer, Measured> direct) {
    GatewaySettings settings =
        new GatewaySettings(
            "127.0.0.1", 0, URI.create("https://gateway.example/mcp"), List.of("x"), List.of());
    Destinations destinations = new Destinations(List.of("127.0.0.1:" + upstream.url().getPort()));
    Gateway.Parts parts =
        new Gateway.Parts(
            GatewayBenchAuthority.anybody(entropy),
            authority,
            new Upstreams(destinations, Optional.empty()),
            entropy,
            System::nanoTime);
    List<Json> rows = new ArrayList<>();
    try (Gateway gateway = Gateway.start(settings, parts);
        Outbound outbound = outbound(gateway.localUrl())) {
      // Without sessions every call is one request, as it is to the upstream.
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Authorization", "Bearer t");
      headers.put("MCP-Protocol-Version", "2026-07-28");
      headers.put("Mcp-Method", "tools/call");
      headers.put("Mcp-Name", "tool");
      Target target = new Target(outbound, gateway.localUrl(), headers);
      direct.forEach(
          (callers, bare) -> rows.add(row(where, callers, measure(target, callers), bare)));
    }
    return rows;
  }

  private static Json row(String where, int callers, Measured governed, Measured bare) {
    return Json.object()
        .put("authority", where)
        .put("callers", callers)
        .put("directP50Micros", Math.round(bare.p50()))
        .put("governedP50Micros", Math.round(governed.p50()))
        .put("addedP50Micros", Math.round(governed.p50() - bare.p50()))
        .put("addedP99Micros", Math.round(governed.p99() - bare.p99()))
        .put("directPerSecond", Math.round(bare.perSecond()))
        .put("governedPerSecond", Math.round(governed.perSecond()))
        .put(
            "ratioOfRates",
            new Json.Real(Math.round(governed.perSecond() / bare.perSecond() * 100) / 100.0))
        .build();
  }

  private static Measured measure(Target target, int callers) {
    load(target, callers, WARM_UP);
    return load(target, callers, MEASURED);
  }

  /** Each caller calls, waits for the answer and calls again. */
  private static Measured load(Target target, int callers, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    AtomicLong ids = new AtomicLong();
    List<List<Long>> taken = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      List<Long> mine = new ArrayList<>();
      taken.add(mine);
      Thread caller = Thread.ofVirtual().unstarted(() -> call(target, ids, end, mine));
      caller.setUncaughtExceptionHandler((thread, failure) -> {
        synchronized (failures) {
          failures.add(failure);
        }
      });
      threads.add(caller);
    }
    threads.forEach(Thread::start);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a call failed", failures.getFirst());
    }
    long[] sorted = taken.stream().flatMap(List::stream).mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return new Measured(
        sorted[sorted.length / 2] / 1e3,
        sorted[(int) (sorted.length * 0.99)] / 1e3,
        sorted.length / (time.toNanos() / 1e9));
  }

  private static void call(Target target, AtomicLong ids, long end, List<Long> taken) {
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      String body = GatewayBenchUpstream.call(ids.incrementAndGet());
      try {
        Outbound.Answer answer =
            target
                .outbound()
                .send(
                    new Outbound.Request(
                        target.url(), target.headers(), body, Duration.ofSeconds(20), 1 << 20));
        if (answer.status() != 200 || !answer.body().contains("\"result\"")) {
          throw new IllegalStateException("HTTP " + answer.status() + ": " + answer.body());
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      taken.add(System.nanoTime() - start);
    }
  }
}

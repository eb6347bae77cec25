package dev.writ.cli.bench;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.sun.management.ThreadMXBean;
import dev.writ.base.Json;
import dev.writ.policy.Answer;
import dev.writ.policy.Decision;
import dev.writ.policy.Engine;
import dev.writ.policy.PolicyJson;
import dev.writ.policy.Schema;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Decisions in process: our engine, bound and from JSON bytes, against the official binding with
 * its policies cached, on one thread in one run. Times are medians in microseconds.
 */
public final class PolicyBench {
  private static final List<Integer> SIZES = List.of(10, 100, 1_000);
  private static final int BATCH = 64;
  private static final int OUR_BATCHES = 3_000;
  private static final int PEER_CALLS = 1_500;

  private PolicyBench() {}

  /** Runs at every size and prints the result. */
  public static void main(String[] arguments) {
    System.out.println(run().pretty());
  }

  /**
   * The result: for each number of policies the median time of a decision, ratios to the binding,
   * and bytes allocated for one.
   */
  public static Json.Obj run() {
    List<Json> rows = new ArrayList<>();
    for (int size : SIZES) {
      rows.add(row(new PolicyBenchCase(size)));
    }
    return Json.object()
        .put("bench", "policy")
        .put("unit", "microseconds, median, one thread")
        .put("java", System.getProperty("java.vm.version", ""))
        .put("rows", Json.array(rows))
        .build();
  }

  private static Json row(PolicyBenchCase bench) {
    Engine engine = Engine.of(bench.policies());
    IntFunction<Answer> bound = i -> engine.decide(bench.request(i), bench.entities());
    IntFunction<Answer> bytes =
        i -> {
          PolicyJson.Query query =
              PolicyJson.query(bench.bytes(i), Schema.EMPTY, Json.Bounds.REQUEST).orThrow();
          return engine.decide(query.request(), query.entities());
        };
    int allowed = requireAgreement(bench, bound, bytes);
    double ours = median(bound);
    double fromJson = median(bytes);
    double peer = peer(bench);
    return Json.object()
        .put("policies", bench.policies().policies().size())
        .put("requests", PolicyBenchCase.REQUESTS)
        .put("allowed", allowed)
        .put("bound", rounded(ours))
        .put("fromJson", rounded(fromJson))
        .put("jsonBytes", bench.bytes(0).length)
        .put("cedarJavaCached", rounded(peer))
        .put("boundRatio", rounded(peer / ours))
        .put("fromJsonRatio", rounded(peer / fromJson))
        .put("boundAllocatedBytes", allocated(bound))
        .put("fromJsonAllocatedBytes", allocated(bytes))
        .build();
  }

  /** A comparison of different answers would compare nothing. */
  private static int requireAgreement(
      PolicyBenchCase bench, IntFunction<Answer> bound, IntFunction<Answer> bytes) {
    int allowed = 0;
    for (int i = 0; i < PolicyBenchCase.REQUESTS; i++) {
      Answer answer = bound.apply(i);
      boolean allow = answer.decision() == Decision.ALLOW;
      allowed += allow ? 1 : 0;
      if (!bytes.apply(i).equals(answer) || ask(bench, i) != allow) {
        throw new IllegalStateException("the engines disagree on request " + i);
      }
    }
    return allowed;
  }

  private static double median(IntFunction<Answer> decide) {
    long[] nanos = new long[OUR_BATCHES];
    int sink = 0;
    for (int warm = 0; warm < 3; warm++) {
      for (int batch = 0; batch < OUR_BATCHES; batch++) {
        long start = System.nanoTime();
        for (int i = 0; i < BATCH; i++) {
          sink += decide.apply(i % PolicyBenchCase.REQUESTS).permits().size();
        }
        nanos[batch] = System.nanoTime() - start;
      }
    }
    requireWork(sink);
    Arrays.sort(nanos);
    return nanos[OUR_BATCHES / 2] / (1_000.0 * BATCH);
  }

  // What is counted cannot be left out by the compiler.
  private static void requireWork(int sink) {
    if (sink == 0) {
      throw new IllegalStateException("nothing was permitted");
    }
  }

  private static double peer(PolicyBenchCase bench) {
    try {
      bench.cedarPolicies().cache();
    } catch (CacheException e) {
      throw new IllegalStateException("the binding does not cache", e);
    }
    long[] nanos = new long[PEER_CALLS];
    for (int warm = 0; warm < 2; warm++) {
      for (int call = 0; call < PEER_CALLS; call++) {
        long start = System.nanoTime();
        ask(bench, call % PolicyBenchCase.REQUESTS);
        nanos[call] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return nanos[PEER_CALLS / 2] / 1_000.0;
  }

  private static boolean ask(PolicyBenchCase bench, int i) {
    try {
      AuthorizationResponse response =
          new BasicAuthorizationEngine()
              .isAuthorized(bench.cedarRequest(i), bench.cedarPolicies(), bench.cedarEntities());
      return response.success.orElseThrow().isAllowed();
    } catch (AuthException e) {
      throw new IllegalStateException("the binding refuses the request", e);
    }
  }

  private static long allocated(IntFunction<Answer> decide) {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
      return -1;
    }
    long thread = Thread.currentThread().threadId();
    int calls = BATCH * 100;
    int sink = 0;
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < calls; i++) {
      sink += decide.apply(i % PolicyBenchCase.REQUESTS).permits().size();
    }
    requireWork(sink);
    return (threads.getThreadAllocatedBytes(thread) - before) / calls;
  }

  private static Json rounded(double value) {
    return new Json.Real(Math.round(value * 1_000) / 1_000.0);
  }
}

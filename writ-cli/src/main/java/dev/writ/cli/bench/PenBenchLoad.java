package dev.writ.cli.bench;

import dev.writ.base.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Callers that do one thing again and again for a while, each waiting for its answer. */
final class PenBenchLoad {
  private PenBenchLoad() {}

  /** What a caller does; whether it counts. */
  @FunctionalInterface
  interface Once {
    boolean once() throws Exception;
  }

  /**
   * What came of it.
   *
   * @param nanos how long each took, sorted
   * @param failed how many did not count
   */
  @SuppressWarnings("ArrayRecordComponent") // a sample that nobody compares
  record Measured(long[] nanos, long failed, Duration span) {
    double perSecond() {
      return nanos.length * 1e9 / span.toNanos();
    }

    double millis(double quantile) {
      if (nanos.length == 0) {
        return 0;
      }
      return nanos[(int) Math.min(nanos.length - 1, quantile * nanos.length)] / 1e6;
    }

    Json.Obj json() {
      return Json.object()
          .put("failed", failed)
          .put("p50Millis", rounded(millis(0.5)))
          .put("p99Millis", rounded(millis(0.99)))
          .put("perSecond", Math.round(perSecond()))
          .build();
    }
  }

  static Json.Real rounded(double value) {
    return new Json.Real(Math.round(value * 100) / 100.0);
  }

  /** Runs all callers at once: a warm-up of a third, then the measured span. */
  static Measured run(List<? extends Once> callers, Duration span) throws InterruptedException {
    long begin = System.nanoTime() + span.toNanos() / 3;
    long end = begin + span.toNanos();
    List<Future<long[]>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Once caller : callers) {
        all.add(threads.submit(() -> loop(caller, begin, end)));
      }
    }
    List<long[]> parts = new ArrayList<>();
    for (Future<long[]> each : all) {
      try {
        parts.add(each.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a caller stopped", e);
      }
    }
    long failed = parts.stream().mapToLong(p -> p[0]).sum();
    long[] nanos =
        parts.stream().flatMapToLong(p -> Arrays.stream(p, 1, p.length)).sorted().toArray();
    return new Measured(nanos, failed, span);
  }

  /** How often it failed, then how long each success took. */
  private static long[] loop(Once caller, long begin, long end) throws Exception {
    long[] taken = new long[1_024];
    int count = 1;
    while (true) {
      long start = System.nanoTime();
      if (start - end >= 0) {
        return Arrays.copyOf(taken, count);
      }
      boolean good = caller.once();
      long now = System.nanoTime();
      if (start - begin < 0 || now - end >= 0) {
        continue;
      }
      if (!good) {
        taken[0]++;
        continue;
      }
      if (count == taken.length) {
        taken = Arrays.copyOf(taken, 2 * count);
      }
      taken[count++] = now - start;
    }
  }
}

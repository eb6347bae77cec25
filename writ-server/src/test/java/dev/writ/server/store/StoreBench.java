package dev.writ.server.store;

import dev.writ.ledger.LedgerStore;
import dev.writ.server.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the store alone can take: one writer, batches of plain entries of 400 bytes, with what a
 * slower disk or a far standby adds to each commit. Prints one JSON line a case.
 */
@Tag("bench")
class StoreBench {
  private static final int ENTRIES = 200_000;
  private static final int MOST_TURNS = 500;

  @TempDir Path folder;

  @Test
  void appends() {
    for (int delayMillis : new int[] {0, 1, 5, 20}) {
      EmbeddedPostgres.Options options =
          EmbeddedPostgres.Options.none()
              .with("commit_delay", Integer.toString(delayMillis * 1_000))
              .with("commit_siblings", "0");
      try (EmbeddedPostgres server =
          EmbeddedPostgres.start(folder, new SecureRandom()::nextBytes, options)) {
        DatabaseAddress address =
            new DatabaseAddress(
                server.url(EmbeddedPostgres.DATABASE), server.user(), server.password());
        Schema.migrate(address);
        try (PostgresLedgerStore store = PostgresLedgerStore.open(address, StoreTimeouts.usual())) {
          for (int batch : new int[] {1, 64, 256, 1_024}) {
            measure(store, delayMillis, batch);
          }
        }
      }
    }
  }

  private static void measure(LedgerStore store, int delayMillis, int batch) {
    String[] entries = new String[batch];
    Arrays.fill(entries, "x".repeat(400));
    for (int i = 0; i < 30; i++) {
      Batches.write(store, "warm", entries);
    }
    int turns = Math.min(MOST_TURNS, ENTRIES / batch);
    long[] nanos = new long[turns];
    long start = System.nanoTime();
    for (int i = 0; i < turns; i++) {
      long before = System.nanoTime();
      Batches.write(store, "b" + i, entries);
      nanos[i] = System.nanoTime() - before;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "{\"bench\":\"store-append\",\"commitDelayMs\":%d,\"batch\":%d,\"entriesPerSecond\":%.0f,"
            + "\"p50Ms\":%.2f,\"p99Ms\":%.2f}%n",
        delayMillis,
        batch,
        turns * (double) batch / seconds,
        nanos[turns / 2] / 1e6,
        nanos[turns * 99 / 100] / 1e6);
  }
}

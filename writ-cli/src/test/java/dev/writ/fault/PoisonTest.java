package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that the database refuses, in the middle of a full batch of good ones. */
@Tag("services")
class PoisonTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NEIGHBOURS = 24;
  private static final int ROUNDS = 3;

  private static final String WAITING =
      "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";

  @Test
  void theNeighboursOfAPoisonedCommandAreAnswered(@TempDir Path folder) throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder, postgres.flags(), "development");
      try (Site.Serving serving = site.serve(tools);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        String writ = serving.company().writ(tools.url());
        Worker worker = serving.worker(writ);
        Worker.Opened poisoned = worker.open(writ);
        List<Worker.Opened> good = new ArrayList<>();
        for (int i = 0; i < NEIGHBOURS; i++) {
          good.add(worker.open(writ));
        }
        postgres.run(refusing(poisoned.task()));
        for (int round = 0; round < ROUNDS; round++) {
          round(new Batch(postgres, threads, worker, poisoned), good);
        }
        assertThat(tools.calls()).isEqualTo(ROUNDS * NEIGHBOURS);
        assertThat(serving.child().isRunning()).isTrue();
        Evidence evidence = Evidence.take(site, serving.url(), Optional.empty(), serving.key());
        assertThat(evidence.sent()).hasSize(ROUNDS * NEIGHBOURS);
      }
    }
  }

  /** As the database would refuse an entry that is too long, which no rule is known to write. */
  private static String refusing(String task) {
    return """
    create function writ.refuse_poison() returns trigger language plpgsql as $$
    begin
      if strpos(convert_from(new.bytes, 'UTF8'), '%s') > 0 then
        raise exception 'poison' using
          errcode = 'check_violation', constraint = 'entry_has_at_most_65535_bytes';
      end if;
      return new;
    end
    $$;
    create trigger refuse_poison before insert on writ.entry
    for each row execute function writ.refuse_poison();
    """
        .formatted(task);
  }

  private record Batch(
      OwnPostgres postgres, ExecutorService threads, Worker worker, Worker.Opened poisoned) {}

  /** All at once, while somebody else holds the pen's lock, so that they come to one batch. */
  private static void round(Batch batch, List<Worker.Opened> good) throws Exception {
    List<Future<Worker.Reply>> replies = new ArrayList<>();
    CountDownLatch sent = new CountDownLatch(good.size() + 1);
    Future<Worker.Reply> refused;
    try (Connection holder = batch.postgres().connect()) {
      holder.setAutoCommit(false);
      try (Statement lock = holder.createStatement()) {
        lock.execute("select from writ.head for update");
      }
      for (int i = 0; i < good.size() / 2; i++) {
        replies.add(call(batch, good.get(i), sent));
      }
      refused = call(batch, batch.poisoned(), sent);
      for (int i = good.size() / 2; i < good.size(); i++) {
        replies.add(call(batch, good.get(i), sent));
      }
      sent.await();
      Until.holds("the pen waits", PATIENCE, () -> batch.postgres().count(WAITING) > 0);
      holder.rollback();
    }
    for (Future<Worker.Reply> reply : replies) {
      assertThat(reply.get().call()).as(reply.get().said()).isPresent();
    }
    assertThat(refused.get().status()).isGreaterThanOrEqualTo(500);
  }

  private static Future<Worker.Reply> call(Batch batch, Worker.Opened task, CountDownLatch sent) {
    return batch
        .threads()
        .submit(() -> {
          sent.countDown();
          return list(batch.worker(), task);
        });
  }

  private static Worker.Reply list(Worker worker, Worker.Opened task) throws IOException {
    return worker.list(task.token(), "sup-118");
  }
}

package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.fact.Fact;
import dev.writ.terminal.Api;
import dev.writ.terminal.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two server processes on one database. */
@Tag("services")
class TwoNodesTest {
  private static final String IN_TRANSACTION =
      """
      select count(*) from pg_stat_activity
      where state = 'idle in transaction' and backend_type = 'client backend'
      """;

  private static final int ROUNDS = 20;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void aTaskOpenedAtOneAndCompletedAtTheOtherIsOverAtBothAtOnce(@TempDir Path folder)
      throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder.resolve("a"), postgres.flags(), "development");
      try (Site.Serving a = site.serve(tools);
          Site.Serving b = site.another(folder.resolve("b"), a).serve(tools)) {
        String writ = a.company().writ(tools.url());
        Worker worker = a.worker(writ);
        Set<String> tasks = new LinkedHashSet<>();
        // Often, since a node that only follows the other is nearly always quick enough.
        for (int round = 0; round < ROUNDS; round++) {
          tasks.add(openedHereAndCompletedThere(worker, writ, b));
        }
        assertThat(tools.calls()).isEqualTo(ROUNDS);
        b.follow(a);
        Evidence evidence = Evidence.take(site, b.url(), Optional.empty(), a.key());
        assertThat(evidence.tasks(Fact.TaskCompleted.class)).isEqualTo(tasks);
      }
    }
  }

  private static String openedHereAndCompletedThere(Worker worker, String writ, Site.Serving there)
      throws IOException {
    Worker.Opened opened = worker.open(writ);
    assertThat(worker.list(opened.token(), "sup-118").call()).isPresent();
    assertThat(active(worker, opened)).isTrue();

    assertThat(there.company().complete(opened.task())).isEqualTo(1);

    assertThat(active(worker, opened)).isFalse();
    assertThat(worker.list(opened.token(), "sup-118").status()).isEqualTo(401);
    return opened.task();
  }

  /**
   * A node that cannot read what another wrote since says so, or nothing; it does not answer from
   * what it knew before.
   */
  @Test
  void aNodeThatCannotFollowVouchesForNothing(@TempDir Path folder) throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder.resolve("a"), postgres.flags(), "development");
      try (Site.Serving a = site.serve(tools);
          Site.Serving b = site.another(folder.resolve("b"), a).serve(tools)) {
        String writ = a.company().writ(tools.url());
        Worker worker = a.worker(writ);
        Worker.Opened opened = worker.open(writ);
        assertThat(active(worker, opened)).isTrue();
        try (Connection holder = postgres.connect()) {
          holder.setAutoCommit(false);
          Child.signal("STOP", a.child().pid());
          try (Statement lock = holder.createStatement()) {
            assertThat(b.company().complete(opened.task())).isEqualTo(1);
            // The head can be read, the entries cannot.
            lock.execute("lock table writ.entry in access exclusive mode");
          } finally {
            Child.signal("CONT", a.child().pid());
          }
          assertThat(saysActive(worker, opened)).isFalse();
          holder.rollback();
        }
        Until.holds("it follows", PATIENCE, () -> saysInactive(worker, opened));
      }
    }
  }

  private static boolean saysActive(Worker worker, Worker.Opened opened) {
    try {
      return active(worker, opened);
    } catch (Failure undecided) {
      return false;
    }
  }

  private static boolean saysInactive(Worker worker, Worker.Opened opened) {
    try {
      return !active(worker, opened);
    } catch (Failure undecided) {
      return false;
    }
  }

  private static boolean active(Worker worker, Worker.Opened opened) {
    return worker
        .identity()
        .introspect(opened.token())
        .get("active")
        .equals(Optional.of(new Json.Bool(true)));
  }

  @Test
  void aNodeStoppedInItsTransactionHoldsNobodyUpAndAcknowledgesNothingFalse(@TempDir Path folder)
      throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder.resolve("a"), postgres.flags(), "development");
      try (Site.Serving a = site.serve(tools);
          Site.Serving b = site.another(folder.resolve("b"), a).serve(tools)) {
        String writ = a.company().writ(tools.url());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            Api atB = b.company().requester()) {
          write(a, threads, writ);
          try {
            stopInTransaction(a, postgres);
            theOtherGoesOn(atB, writ);
            int before = acknowledged.size();
            Child.signal("CONT", a.child().pid());
            Until.holds("it writes again", PATIENCE, () -> acknowledged.size() > before + 10);
          } finally {
            // Whoever closes the threads waits for them.
            over.set(true);
            Child.signal("CONT", a.child().pid());
          }
        }
        b.follow(a);
        Evidence evidence = Evidence.take(site, b.url(), Optional.empty(), a.key());
        assertThat(evidence.of(Fact.EnrolmentOffered.class, f -> f.code().toString()))
            .containsAll(acknowledged);
      }
    }
  }

  /** Both nodes get calls; one of them writes for both, and the other goes on when it freezes. */
  @Test
  void callsAreHandedToTheNodeThatWritesAndDecidedHereWhenItFreezes(@TempDir Path folder)
      throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder.resolve("a"), postgres.flags(), "development");
      try (Site.Serving a = site.serve(tools);
          Site.Serving b = site.another(folder.resolve("b"), a).serve(tools)) {
        String writ = a.company().writ(tools.url());
        Calls atA = new Calls(a.worker(writ), writ);
        Calls atB = new Calls(b.worker(writ), writ);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          try {
            for (int i = 0; i < 4; i++) {
              Future<?> _ = threads.submit(() -> atA.until(over));
              Future<?> _ = threads.submit(() -> atB.until(over));
            }
            Until.holds(
                "calls are answered at both nodes",
                PATIENCE,
                () -> atA.answered.size() > 100 && atB.answered.size() > 100);
            Child.signal("STOP", a.child().pid());
            int before = atB.answered.size();
            Duration took =
                Until.holds("the other answers", PATIENCE, () -> atB.answered.size() > before + 8);
            assertThat(took).isLessThan(LONGEST_WAIT);
          } finally {
            over.set(true);
            Child.signal("CONT", a.child().pid());
          }
        }
        b.follow(a);
        Evidence evidence = Evidence.take(site, b.url(), Optional.empty(), a.key());
        assertThat(evidence.allowed()).containsAll(atA.answered).containsAll(atB.answered);
        assertThat(evidence.recorders(atA.answered, atB.answered))
            .as("one node recorded outcomes of calls made at both")
            .isNotEmpty();
      }
    }
  }

  /** Calls that were answered at one node's gateway. */
  private static final class Calls {
    private final Worker worker;
    private final String writ;
    private final Set<String> answered = new ConcurrentSkipListSet<>();

    private Calls(Worker worker, String writ) {
      this.worker = worker;
      this.writ = writ;
    }

    private Object until(AtomicBoolean over) throws IOException {
      Worker.Opened opened = worker.open(writ);
      while (!over.get()) {
        try {
          Worker.Reply reply = worker.list(opened.token(), "sup-118");
          reply.call().ifPresent(answered::add);
          if (reply.status() == 401) {
            // A token lives five minutes, which a crowded machine may need for this.
            opened = worker.open(writ);
          }
        } catch (IOException e) {
          // A call that was under way at a frozen node is lost to its caller; the next is not.
        }
      }
      return worker;
    }
  }

  private void theOtherGoesOn(Api atB, String writ) throws Exception {
    int before = acknowledged.size();
    Duration took = Until.holds("the other node writes", PATIENCE, () -> offered(atB, writ));
    assertThat(took).isLessThan(LONGEST_WAIT);
    assertThat(acknowledged).hasSize(before);
  }

  private void write(Site.Serving node, ExecutorService threads, String writ) {
    for (int i = 0; i < 4; i++) {
      Future<?> _ =
          threads.submit(() -> {
            try (Api requester = node.company().requester()) {
              while (!over.get()) {
                acknowledged.add(
                    Digest.ofText(offer(requester, writ).text("code").orElseThrow()).toString());
              }
            }
            return null;
          });
    }
  }

  private static boolean offered(Api requester, String writ) {
    return offer(requester, writ).text("code").isPresent();
  }

  private static Json.Obj offer(Api requester, String writ) {
    return requester.post(
        "/v1/writs/" + writ + "/enrolments",
        Json.object().put("workload", Company.MATCHER).build());
  }

  /** Stops the node again and again until it happens to be in a transaction. */
  private void stopInTransaction(Site.Serving node, OwnPostgres postgres) throws Exception {
    Until.holds("it writes", PATIENCE, () -> acknowledged.size() > 20);
    Until.holds(
        "it was stopped in its transaction",
        PATIENCE,
        () -> {
          Child.signal("STOP", node.child().pid());
          boolean holds = postgres.count(IN_TRANSACTION) > 0;
          if (!holds) {
            Child.signal("CONT", node.child().pid());
          }
          return holds;
        });
  }
}

package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.base.Json;
import dev.writ.fact.Entry;
import dev.writ.fact.Fact;
import dev.writ.terminal.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and databases whose clocks are wrong, step and stand still. */
@Tag("services")
class ClockTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration[] WRONG = {HOUR, HOUR.negated()};

  @Test
  void aNodeWithAWrongClockWritesNothingAndItsNeighbourGoesOn(@TempDir Path folder)
      throws Exception {
    Instant began = Instant.now();
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder.resolve("a"), postgres.flags(), "development");
      ClockFile clock = ClockFile.right(folder.resolve("clock"));
      Site other;
      try (Site.Serving first = site.serve(tools)) {
        other = site.another(folder.resolve("b"), first);
      }
      try (Site.Serving b = other.serveBy(clock, tools)) {
        String writ = b.company().writ(tools.url());
        Worker atB = b.worker(writ);
        try (Site.Serving a = site.serve(tools)) {
          Worker atA = a.worker(writ);
          String token = atA.open(writ).token();
          for (Duration wrong : WRONG) {
            clock.wrongBy(wrong);
            answered(atA.list(token, "sup-118"));
          }
          clock.wrongBy(Duration.ZERO);
        }
        String token = atB.open(writ).token();
        answered(atB.list(token, "sup-118"));
        for (Duration wrong : WRONG) {
          clock.wrongBy(wrong);
          int before = tools.calls();
          assertThat(atB.list(token, "sup-118").status()).isEqualTo(503);
          assertThat(tools.calls()).isEqualTo(before);
        }
        clock.standStill();
        Until.holds(
            "a stopped clock is noticed",
            PATIENCE,
            () -> atB.list(token, "sup-118").status() == 503);
        Until.holds("it is said", PATIENCE, () -> b.child().complaints().contains("too far apart"));
        clock.wrongBy(Duration.ofSeconds(1));
        Until.holds("it works", PATIENCE, () -> atB.list(token, "sup-118").call().isPresent());
        Evidence evidence = Evidence.take(site, b.url(), Optional.empty(), b.key());
        orderly(evidence);
        assertThat(evidence.entries())
            .allSatisfy(e -> assertThat(e.recorded().at()).isBetween(began, Instant.now()));
      }
    }
  }

  @Test
  void timeNeverGoesBackInTheLedger(@TempDir Path folder) throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder, postgres.flags(), "development");
      postgres.run(STEPPED);
      try (Site.Serving serving = site.serve(tools)) {
        String writ = serving.company().writ(tools.url());
        Worker worker = serving.worker(writ);
        String token = worker.open(writ).token();
        answered(worker.list(token, "sup-118"));
        // A little back: decisions go on, at the time that was reached.
        step(postgres, Duration.ofMillis(-700));
        answered(worker.list(token, "sup-118"));
        // Far back: nothing is decided.
        step(postgres, Duration.ofSeconds(-30));
        int before = tools.calls();
        Worker.Reply reply = worker.list(token, "sup-118");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isNotEmpty();
        assertThatThrownBy(() -> worker.open(writ)).isInstanceOf(Failure.class);
        assertThat(tools.calls()).isEqualTo(before);
        // Right again: no restart is needed.
        step(postgres, Duration.ZERO);
        Until.holds("it works", PATIENCE, () -> worker.list(token, "sup-118").call().isPresent());
        orderly(Evidence.take(site, serving.url(), Optional.empty(), serving.key()));
      }
    }
  }

  @Test
  void whatIsOverByTimeIsOverWhenClocksStepForwardAndStaysOver(@TempDir Path folder)
      throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder, postgres.flags(), "development");
      postgres.run(STEPPED);
      ClockFile clock = ClockFile.right(folder.resolve("clock"));
      try (Site.Serving serving = site.serveBy(clock, tools, "--chores-endings", "200ms")) {
        String writ = serving.company().writ(tools.url());
        Worker worker = serving.worker(writ);
        Worker.Opened opened = worker.open(writ);
        answered(worker.list(opened.token(), "sup-118"));
        assertThat(active(worker, opened)).isTrue();
        clock.wrongBy(HOUR);
        step(postgres, HOUR);
        Until.holds(
            "the token is over",
            PATIENCE,
            () -> worker.list(opened.token(), "sup-118").status() == 401);
        Until.holds(
            "the chore says so", PATIENCE, () -> ended(serving, site).contains(opened.task()));
        // Back again: the ledger is ahead now, and nothing lives again.
        clock.wrongBy(Duration.ZERO);
        step(postgres, Duration.ZERO);
        int before = tools.calls();
        assertThat(worker.list(opened.token(), "sup-118").call()).isEmpty();
        assertThat(active(worker, opened)).isFalse();
        assertThatThrownBy(() -> worker.open(writ)).isInstanceOf(Failure.class);
        assertThat(tools.calls()).isEqualTo(before);
        orderly(Evidence.take(site, serving.url(), Optional.empty(), serving.key()));
      }
    }
  }

  private static Set<String> ended(Site.Serving serving, Site site) throws IOException {
    Evidence evidence = Evidence.take(site, serving.url(), Optional.empty(), serving.key());
    return evidence.tasks(Fact.TaskCompleted.class);
  }

  private static void answered(Worker.Reply reply) {
    assertThat(reply.call()).as(reply.said()).isPresent();
  }

  private static boolean active(Worker worker, Worker.Opened opened) {
    return worker
        .identity()
        .introspect(opened.token())
        .get("active")
        .equals(Optional.of(new Json.Bool(true)));
  }

  /** Times only grow, and no call was allowed past its token's end. */
  private static void orderly(Evidence evidence) {
    Instant last = Instant.MIN;
    Map<String, Instant> ends = new LinkedHashMap<>();
    for (Entry entry : evidence.entries()) {
      Instant at = entry.recorded().at();
      assertThat(at).as("entry " + entry.recorded().position()).isAfterOrEqualTo(last);
      last = at;
      switch (entry.recorded().fact()) {
        case Fact.TokenIssued issued -> ends.put(issued.token().value(), issued.until());
        case Fact.CallDecided decided -> {
          if (decided.verdict().decision() == Fact.Decision.ALLOW) {
            assertThat(at).isBefore(ends.get(decided.token().value()));
          }
        }
        default -> {}
      }
    }
  }

  /** From now on the database's clock is what a table says it is wrong by. */
  private static final String STEPPED =
      """
      set allow_system_table_mods = on;
      create schema faults;
      create table faults.clock (wrong_by interval not null);
      insert into faults.clock values ('0');
      grant usage on schema faults to public;
      grant select on faults.clock to public;
      alter function pg_catalog.clock_timestamp() rename to true_clock_timestamp;
      create function pg_catalog.clock_timestamp() returns timestamptz
        language sql volatile
        as 'select pg_catalog.true_clock_timestamp() + wrong_by from faults.clock';
      """;

  private static void step(OwnPostgres postgres, Duration wrongBy) throws Exception {
    postgres.run("update faults.clock set wrong_by = '" + wrongBy.toMillis() + " milliseconds'");
  }
}

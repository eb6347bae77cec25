package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.fact.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody changes the database while no server looks. */
@Tag("services")
class RolledBackTest {
  @Test
  void yesterdaysDatabaseIsRefused(@TempDir Path folder) throws Exception {
    Site site = Site.founded(folder);
    try (CountingTools tools = CountingTools.prompt()) {
      Path database = site.data().resolve("postgres");
      Path yesterday = folder.resolve("yesterday");
      Site.copy(database, yesterday);
      try (Site.Serving serving = site.serve(tools)) {
        serving.company().writ(tools.url());
      }
      Files.move(database, folder.resolve("today"));
      Files.move(yesterday, database);
      refused(site, tools, "not a continuation");
      assertThat(site.data().resolve("fork.json")).isRegularFile();
      // Today's database is good still.
      Files.move(database, yesterday);
      Files.move(folder.resolve("today"), database);
      try (Site.Serving serving = site.serve(tools)) {
        Evidence.take(site, serving.url(), Optional.empty(), serving.key());
      }
    }
  }

  /** What docs/operate.md says under "A forked ledger", from the loss to work. */
  @Test
  void aNewEpochGoesOnFromYesterdaysDatabaseAndTheOtherNodeFollows(@TempDir Path folder)
      throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder.resolve("a"), postgres.flags(), "development");
      Site other;
      byte[] kept;
      String former;
      try (Site.Serving a = site.serve(tools)) {
        former = a.key();
        other = site.another(folder.resolve("b"), a);
        kept = a.bytes("/ledger/checkpoint");
      }
      postgres.keepCopy();
      byte[] lost;
      try (Site.Serving a = site.serve(tools);
          Site.Serving b = other.serve(tools)) {
        a.company().writ(tools.url());
        b.company().as(Company.AUDITOR).close();
        lost = b.bytes("/ledger/checkpoint");
      }
      postgres.backToCopy();
      refused(site, tools, "not a continuation");
      refused(other, tools, "not a continuation");

      Child.Ended unsure = site.epoch(Company.FOUNDER);
      assertThat(unsure.status()).as(unsure.errors()).isEqualTo(1);
      assertThat(unsure.errors().replaceAll("\\s+", " ")).contains("lost: ", "Nothing was done");
      Child.Ended foreign = site.epoch("nobody.known", "--yes");
      assertThat(foreign.status()).as(foreign.errors()).isEqualTo(3);
      Child.Ended opened = site.epoch(Company.FOUNDER, "--yes", "--json");
      assertThat(opened.status()).as(opened.errors()).isZero();
      Json.Obj said = Child.object(opened.out());
      String key = said.text("key").orElseThrow();
      assertThat(key).startsWith(said.text("origin").orElseThrow() + "+").isNotEqualTo(former);
      assertThat(site.epoch(Company.FOUNDER, "--yes").errors()).contains("no fork");

      try (Site.Serving a = site.serve(tools);
          Site.Serving b = other.serve(tools)) {
        assertThat(a.key().strip()).isEqualTo(key);
        assertThat(b.key().strip()).isEqualTo(key);
        String writ = a.company().writ(tools.url());
        Worker worker = b.worker(writ);
        assertThat(worker.list(worker.open(writ).token(), "sup-118").call()).isPresent();
        Evidence evidence = Evidence.take(site, b.url(), Optional.empty(), key);
        assertThat(evidence.of(Fact.EpochOpened.class, f -> f.origin() + " " + f.lostSize()))
            .containsExactly(
                said.text("origin").orElseThrow()
                    + " "
                    + said.integer("acknowledged").orElseThrow());
        verify(folder, evidence.folder(), key, former, kept, lost);
      }
    }
  }

  /** A checkpoint from before the fork still holds; one of what was lost does not, and says so. */
  private static void verify(
      Path folder, Path ledger, String key, String former, byte[] kept, byte[] lost)
      throws IOException {
    Files.writeString(folder.resolve("new.vkey"), key);
    Files.writeString(folder.resolve("old.vkey"), former);
    Files.write(folder.resolve("kept"), kept);
    Files.write(folder.resolve("lost"), lost);
    Child.Ended sound = verified(folder, ledger, "new.vkey", "kept", "old.vkey");
    assertThat(sound.status()).as(sound.out()).isZero();
    assertThat(sound.out()).contains("\"epochs\":[{\"epoch\":1");
    assertThat(verified(folder, ledger, "new.vkey", "lost", "old.vkey").out())
        .contains("\"ok\":false", "\"part\":\"history\"");
    assertThat(verified(folder, ledger, "old.vkey", "kept", "old.vkey").status()).isEqualTo(1);
  }

  private static Child.Ended verified(
      Path folder, Path ledger, String key, String since, String sinceKey) throws IOException {
    return Child.run(
        folder,
        Map.of(),
        List.of(
            "verify",
            ledger.toString(),
            "--json",
            "--key",
            folder.resolve(key).toString(),
            "--since",
            folder.resolve(since).toString(),
            "--since-key",
            folder.resolve(sinceKey).toString()));
  }

  @Test
  void aTamperedEntryIsFound(@TempDir Path folder) throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder, postgres.flags(), "development");
      try (Site.Serving serving = site.serve(tools)) {
        serving.company().writ(tools.url());
      }
      postgres.run(
          """
          set session_replication_role = replica;
          update writ.entry set bytes =
            convert_to(replace(convert_from(bytes, 'UTF8'), 'tomas.lind', 'tomas.link'), 'UTF8')
          where position = (
            select min(position) from writ.entry
            where convert_from(bytes, 'UTF8') like '%tomas.lind%')
          """);
      refused(site, tools, "entr");
    }
  }

  private static void refused(Site site, CountingTools tools, String said) throws IOException {
    try (Child child = site.started(tools)) {
      Child.Ended ended = child.ended();
      assertThat(ended.status()).as(ended.errors()).isEqualTo(3);
      assertThat(ended.errors().replaceAll("\\s+", " ")).contains(said);
      assertThat(ended.errors()).doesNotContain("\tat ");
      assertThat(ended.out()).doesNotContain("listening");
    }
  }
}

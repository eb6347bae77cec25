package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

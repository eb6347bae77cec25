package dev.writ.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.writ.audit.Ed25519Key;
import dev.writ.audit.LedgerTree;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.TileSource;
import dev.writ.audit.Verdict;
import dev.writ.audit.VerifierKey;
import dev.writ.ledger.FoldingVisitor;
import dev.writ.terminal.Api;
import dev.writ.terminal.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running server keeps to start from, and what of its stored log somebody changed. */
@Tag("services")
class SnapshotServedTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String[] OFTEN = {"--chores-snapshot-entries", "100"};
  private static final String SNAPSHOTS = "select count(distinct size) from writ.snapshot_chunk";
  private static final String TAKEN =
      "select count(*) from writ.entry where convert_from(bytes, 'UTF8') like '%SnapshotTaken%'";

  /** An entry that no snapshot holds any more, where only reading everything finds it. */
  private static final String TAMPER_ENTRY =
      """
      set session_replication_role = replica;
      update writ.entry set bytes =
        convert_to(replace(convert_from(bytes, 'UTF8'), 'tomas.lind', 'tomas.link'), 'UTF8')
      where position = (
        select min(position) from writ.entry
        where convert_from(bytes, 'UTF8') like '%tomas.lind%')
      """;

  private static final String TAMPER_TILE =
      """
      set session_replication_role = replica;
      update writ.tile set hashes = set_byte(hashes, 4000, (get_byte(hashes, 4000) + 1) % 256)
      where level = 0 and index = 0
      """;

  @Test
  void aStartFoldsFromASnapshotAndWhatWasChangedBeforeItIsFoundAllTheSame(@TempDir Path folder)
      throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder.resolve("a"), postgres.flags(), "development");
      String writ;
      String key;
      try (Site.Serving serving = site.serve(tools, OFTEN)) {
        key = serving.key();
        writ = serving.company().writ(tools.url());
        written(serving, writ, 120);
        Until.holds("a snapshot is taken", PATIENCE, () -> postgres.count(TAKEN) == 1);
        written(serving, writ, 300);
        Until.holds("another one is taken", PATIENCE, () -> postgres.count(TAKEN) > 1);
        assertThat(postgres.count(SNAPSHOTS)).isLessThanOrEqualTo(2);
      }
      assertThat(site.doctor()).isEmpty();
      postgres.run(TAMPER_ENTRY);
      // Whoever folded everything would not start.
      try (Site.Serving serving = site.serve(tools, OFTEN)) {
        assertThat(serving.company().code(writ)).isNotEmpty();
        assertThat(verdict(serving, key))
            .isInstanceOfSatisfying(
                Verdict.Broken.class,
                broken -> {
                  assertThat(broken.what()).isEqualTo(Verdict.Part.ENTRY);
                  assertThat(broken.position()).isPresent();
                });
      }
      assertThat(site.doctor()).containsKey("root");
    }
  }

  @Test
  void aTileThatWasChangedIsNamedAndNoReceiptIsMadeOfIt(@TempDir Path folder) throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder.resolve("a"), postgres.flags(), "development");
      try (Site.Serving serving = site.serve(tools)) {
        String key = serving.key();
        String writ = serving.company().writ(tools.url());
        written(serving, writ, 300);
        assertThat(verdict(serving, key)).isInstanceOf(Verdict.Sound.class);
        assertThat(serving.bytes("/v1/receipts/3")).isNotEmpty();
        postgres.run(TAMPER_TILE);
        assertThat(verdict(serving, key))
            .isInstanceOfSatisfying(
                Verdict.Broken.class,
                broken -> {
                  assertThat(broken.what()).isEqualTo(Verdict.Part.TILE);
                  assertThat(broken.problem().place()).isEqualTo("tile/0/000");
                });
        assertThatThrownBy(() -> serving.bytes("/v1/receipts/3"))
            .isInstanceOfSatisfying(
                Failure.class, f -> assertThat(f.name()).isEqualTo("unavailable"));
        assertThat(serving.child().complaints()).contains("do not lead to the root");
        // What the server decides and exports does not rest on tiles.
        assertThat(serving.company().code(writ)).isNotEmpty();
        Evidence.take(site, serving.url(), Optional.empty(), key);
      }
      assertThat(site.doctor())
          .containsOnlyKeys("tiles")
          .hasEntrySatisfying("tiles", what -> assertThat(what).startsWith("tile/0/000:"));
    }
  }

  private static void written(Site.Serving serving, String writ, long entries) {
    try (Api anybody = new Api(serving.url(), Optional.empty());
        Api requester = serving.company().requester()) {
      while (anybody.get("/v1/ledger").integer("entries").orElseThrow() < entries) {
        for (int i = 0; i < 10; i++) {
          requester.post(
              "/v1/writs/" + writ + "/enrolments",
              dev.writ.base.Json.object().put("workload", Company.MATCHER).build());
        }
      }
    }
  }

  /** What somebody finds who knows the standard and reads everything over HTTP. */
  private static Verdict verdict(Site.Serving serving, String key) {
    try (Api auditor = serving.company().as(Company.AUDITOR)) {
      TileSource served = path -> bytes(auditor, path);
      VerifierKey log = VerifierKey.parse(key.strip()).orThrow();
      return new LedgerTree(served, new NoteVerifier(log, Ed25519Key::verify))
          .verify(new FoldingVisitor());
    }
  }

  private static Optional<byte[]> bytes(Api auditor, String path) {
    try {
      return Optional.of(auditor.bytes("/ledger/" + path));
    } catch (Failure failure) {
      if (failure.name().equals("no-such-path")) {
        return Optional.empty();
      }
      throw failure;
    }
  }
}

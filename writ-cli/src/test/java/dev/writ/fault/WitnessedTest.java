package dev.writ.fault;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.audit.Checkpoint;
import dev.writ.audit.Ed25519Key;
import dev.writ.audit.Note;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Json;
import dev.writ.terminal.Api;
import dev.writ.terminal.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server and its witness: what it cosigns, when it is away, and what it refuses. */
@Tag("services")
class WitnessedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> REMEMBERED = List.of("acknowledged.1", "acknowledged.2");

  @Test
  void checkpointsAreCosignedAlsoAfterTheWitnessOrTheServerWasAway(@TempDir Path folder)
      throws Exception {
    Site site = Site.founded(folder);
    String key = key(site);
    try (CountingTools tools = CountingTools.prompt();
        Witness witness = new Witness(folder.resolve("witness.json"), key)) {
      try (Site.Serving serving = site.serve(tools, witness.flags())) {
        String writ = serving.company().writ(tools.url());
        long first = everything(serving, witness, key);
        witness.end();
        serving.worker(writ).open(writ);
        Until.holds(
            "it says that the witness is away",
            PATIENCE,
            () -> trouble(serving).equals(Optional.of("unreachable")));
        assertThat(serving.child().complaints()).contains("did not cosign");
        assertThat(status(serving).integer("behind").orElseThrow()).isPositive();
        assertThat(signed(serving, "/ledger/witnessed", key, witness).checkpoint().size())
            .isEqualTo(first);
        witness.startAgain();
        assertThat(everything(serving, witness, key)).isGreaterThan(first);
        assertThat(trouble(serving)).isEmpty();
      }
      try (Site.Serving serving = site.serve(tools, witness.flags())) {
        everything(serving, witness, key);
        assertThat(trouble(serving)).isEmpty();
      }
    }
  }

  @Test
  void aLedgerRestoredFromAnOldCopyIsRefusedByTheWitnessAndNamed(@TempDir Path folder)
      throws Exception {
    try (OwnPostgres postgres = OwnPostgres.start(folder);
        CountingTools tools = CountingTools.prompt()) {
      Site site = Site.founded(folder.resolve("a"), postgres.flags(), "development");
      String key = key(site);
      try (Witness witness = new Witness(folder.resolve("witness.json"), key)) {
        String writ;
        try (Site.Serving serving = site.serve(tools, witness.flags())) {
          writ = serving.company().writ(tools.url());
        }
        // What the node remembers is put back as well: nothing in the house can notice.
        postgres.keepCopy();
        Path old = Files.createDirectory(folder.resolve("old"));
        for (String each : REMEMBERED) {
          Site.copy(site.data().resolve(each), old.resolve(each));
        }
        byte[] witnessed;
        try (Site.Serving serving = site.serve(tools, witness.flags())) {
          write(serving, writ, 5);
          everything(serving, witness, key);
          witnessed = serving.bytes("/ledger/witnessed");
        }
        assertThat(site.doctor(witness.flags())).isEmpty();
        postgres.backToCopy();
        for (String each : REMEMBERED) {
          Files.move(old.resolve(each), site.data().resolve(each), REPLACE_EXISTING);
        }
        anotherHistory(site, tools, witness, writ);
        doctorFinds(site, postgres, witness, witnessed);
      }
    }
  }

  private static void write(Site.Serving serving, String writ, int facts) {
    for (int i = 0; i < facts; i++) {
      serving.company().code(writ);
    }
  }

  private static void anotherHistory(Site site, CountingTools tools, Witness witness, String writ)
      throws Exception {
    try (Site.Serving serving = site.serve(tools, witness.flags())) {
      Until.holds(
          "it says that the ledger went back",
          PATIENCE,
          () -> trouble(serving).equals(Optional.of("went-back")));
      assertThat(serving.child().complaints()).contains("rolled back");
      write(serving, writ, 10);
      Until.holds(
          "it says that the history is another one",
          PATIENCE,
          () -> trouble(serving).equals(Optional.of("other-history")));
      assertThat(serving.child().complaints()).contains("another history");
    }
  }

  /** Where what the witness cosigned is still kept, it convicts the ledger without the witness. */
  private static void doctorFinds(
      Site site, OwnPostgres postgres, Witness witness, byte[] witnessed) throws Exception {
    Checkpoint checkpoint =
        Note.parse(witnessed).then(note -> Checkpoint.parse(note.text())).orThrow();
    postgres.run(
        "insert into writ.checkpoint (origin, size, note) values ('%s', %d, '\\x%s')"
            .formatted(
                checkpoint.origin(), checkpoint.size(), HexFormat.of().formatHex(witnessed)));
    assertThat(site.doctor(witness.flags()))
        .containsOnlyKeys("witnesses")
        .hasEntrySatisfying(
            "witnesses", what -> assertThat(what).contains("witness.example/w1", "another"));
  }

  private static String key(Site site) throws Exception {
    try (CountingTools tools = CountingTools.prompt();
        Site.Serving serving = site.serve(tools)) {
      assertThat(status(serving).members()).isEmpty();
      assertThat(absent(serving, "/ledger/witnessed")).isTrue();
      return serving.key();
    }
  }

  private static boolean absent(Site.Serving serving, String path) {
    try {
      return serving.bytes(path).length < 0;
    } catch (Failure failure) {
      return failure.name().equals("no-such-path");
    }
  }

  /** Waits until the witness has cosigned every entry there is; how many. */
  private static long everything(Site.Serving serving, Witness witness, String key)
      throws Exception {
    Until.holds(
        "every entry is cosigned",
        PATIENCE,
        () -> status(serving).integer("behind").equals(Optional.of(0L)));
    SignedCheckpoint newest = signed(serving, "/ledger/checkpoint", key, witness);
    assertThat(newest.cosignatures()).hasSize(1);
    assertThat(signed(serving, "/ledger/witnessed", key, witness).checkpoint())
        .isEqualTo(newest.checkpoint());
    return newest.checkpoint().size();
  }

  private static SignedCheckpoint signed(
      Site.Serving serving, String path, String key, Witness witness) {
    NoteVerifier log =
        new NoteVerifier(VerifierKey.parse(key.strip()).orThrow(), Ed25519Key::verify);
    return SignedCheckpoint.open(serving.bytes(path), log, List.of(witness.verifier())).orThrow();
  }

  private static Json.Obj status(Site.Serving serving) {
    try (Api anybody = new Api(serving.url(), Optional.empty())) {
      return anybody.get("/v1/ledger").object("witnesses").orElseGet(() -> Json.object().build());
    }
  }

  private static Optional<String> trouble(Site.Serving serving) {
    return status(serving).array("members").orElseThrow().stream()
        .flatMap(m -> ((Json.Obj) m).text("trouble").stream())
        .findFirst();
  }
}

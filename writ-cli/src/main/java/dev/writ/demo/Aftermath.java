package dev.writ.demo;

import dev.writ.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What is left for others: an exported ledger that replays and verifies without the server. */
final class Aftermath {
  private final Stage stage;
  private final Transcript transcript;
  private final Path ledger;
  private final Path key;
  private final Path home;

  /**
   * @param folder where the export and what an auditor keeps go
   */
  Aftermath(Stage stage, Transcript transcript, Path folder) {
    this.stage = stage;
    this.transcript = transcript;
    this.ledger = folder.resolve("ledger");
    this.key = folder.resolve("writ.vkey");
    this.home = folder.resolve("auditor");
  }

  void export() throws IOException {
    String server = stage.server().toString();
    Map<String, String> auditor = Map.of("WRIT_HOME", home.toString());
    stage.run("login", auditor, List.of("login", "--as", Demo.AUDITOR, "--server", server));
    stage.run(
        "export",
        auditor,
        List.of("ledger", "export", ledger.toString(), "--force", "--server", server));
    Files.write(key, stage.key());
  }

  void replay() throws IOException {
    transcript.chapter("Replay: every decision, made again from the record");
    Json.Obj said =
        stage.run(
            "replay",
            Map.of(),
            List.of(
                "replay",
                ledger.toString(),
                "--key",
                key.toString(),
                "--master-keys",
                stage.masterKeys().toString()));
    long decisions = said.integer("decisions").orElseThrow();
    long identical = said.integer("identical").orElseThrow();
    transcript.say(identical + " of " + decisions + " decisions came out the same.");
    transcript.record(
        Json.object()
            .put("step", "replay")
            .put("decisions", decisions)
            .put("identical", identical)
            .build());
  }

  void verify() throws IOException {
    transcript.chapter("Verify: the ledger, offline, with its public key alone");
    Json.Obj said =
        stage.run(
            "verify", Map.of(), List.of("verify", ledger.toString(), "--key", key.toString()));
    long entries = said.integer("entries").orElseThrow();
    boolean ok = said.get("ok").orElseThrow().equals(new Json.Bool(true));
    transcript.say(entries + " entries: every entry, every hash and the checkpoint verify.");
    transcript.record(
        Json.object().put("step", "verify").put("entries", entries).put("ok", ok).build());
    if (!ok) {
      throw new IllegalStateException("the exported ledger does not verify");
    }
  }
}

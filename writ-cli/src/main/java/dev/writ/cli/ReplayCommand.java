package dev.writ.cli;

import dev.writ.audit.Verdict;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Json;
import dev.writ.ledger.FoldingVisitor;
import dev.writ.ledger.LogVerification;
import dev.writ.operation.Library;
import dev.writ.operation.Payloads;
import dev.writ.operation.Replay;
import dev.writ.server.keys.KeysRefused;
import dev.writ.server.keys.MasterKeys;
import dev.writ.server.keys.SealedPayloads;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code writ replay}: makes every decision of an exported ledger again. */
@Command(
    name = "replay",
    description = {
      "Makes every recorded decision again, offline.",
      "Verifies the exported ledger on the way, opens the sealed calls with the",
      "master key, and compares answer and policies. Decisions whose inputs were",
      "erased are counted apart."
    },
    footer = {
      "",
      "Exit status: 0 every decision came out the same, 1 one did not.",
      "",
      "Example:",
      "  writ replay ./ledger --key writ.vkey --master-keys master.keys"
    })
final class ReplayCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();

  @Parameters(paramLabel = "DIR", description = "folder of the exported ledger")
  private Path folder = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "the ledger's public key, a line NAME+ID+BASE64")
  private Path keyFile = Path.of("");

  @Option(
      names = "--master-keys",
      required = true,
      paramLabel = "FILE",
      description = "the file that opens sealed payloads")
  private Path masterKeys = Path.of("");

  @Override
  public Integer call() throws IOException {
    EvidenceFolder evidence = new EvidenceFolder(folder);
    Payloads payloads = SealedPayloads.opening(masters(), evidence);
    Replay replay = new Replay(new Library(evidence, payloads, new Remembering()), payloads);
    VerifierKey key =
        VerifierKey.parse(Files.readString(keyFile))
            .found()
            .orElseThrow(() -> unusable("`" + keyFile + "` is not a verifier key"));
    LogVerification log = new LogVerification(new LedgerFolder(folder), key);
    return switch (log.verify(Optional.empty(), new FoldingVisitor(replay::accept))) {
      case Verdict.Broken broken ->
          throw Failure.of(
              Exit.REFUSED,
              "ledger-broken",
              "The ledger does not verify: " + broken.problem(),
              "run `writ verify` on it");
      case Verdict.Sound sound -> report(replay.report());
    };
  }

  private MasterKeys masters() {
    try {
      return MasterKeys.read(masterKeys);
    } catch (KeysRefused e) {
      throw unusable(String.valueOf(e.getMessage()));
    }
  }

  private static Failure unusable(String what) {
    return Failure.of(Exit.INPUT, "file-unreadable", what, "name the right file");
  }

  private int report(Replay.Report report) {
    Json.Obj json =
        Json.object()
            .put("entries", report.entries())
            .put("decisions", report.decisions())
            .put("identical", report.identical())
            .put("erased", report.erased())
            .put(
                "different",
                Json.array(report.differences().stream().map(d -> Json.of(d.position())).toList()))
            .build();
    out.result(
        json,
        () -> {
          out.say(
              report.identical() + " of " + report.decisions() + " decisions came out the same");
          if (report.erased() > 0) {
            out.say(report.erased() + " could not be made again: their inputs were erased");
          }
          report.differences().stream()
              .limit(10)
              .forEach(d ->
                  out.say(
                      "entry "
                          + d.position()
                          + ": recorded "
                          + d.recorded().reason()
                          + ", now "
                          + d.replayed().map(v -> v.reason()).orElse("no decision at all")));
        });
    return report.exact() ? Exit.OK.status() : Exit.REFUSED.status();
  }

  /** Everything, for the length of one run. */
  private static final class Remembering implements dev.writ.operation.Memo {
    private final Map<Object, Object> known = new HashMap<>();

    @Override
    public <K, V> V get(K key, Class<V> kind, Function<K, V> load) {
      Object slot = Map.entry(kind, key);
      Object value = known.get(slot);
      if (value == null) {
        value = load.apply(key);
        known.put(slot, value);
      }
      return kind.cast(value);
    }
  }
}

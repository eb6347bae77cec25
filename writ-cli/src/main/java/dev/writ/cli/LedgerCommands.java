package dev.writ.cli;

import dev.writ.audit.Checkpoint;
import dev.writ.audit.Ed25519Key;
import dev.writ.audit.EntryBundle;
import dev.writ.audit.Note;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.SignedCheckpoint;
import dev.writ.audit.TilePath;
import dev.writ.audit.TreeExport;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.PayloadId;
import dev.writ.fact.Entry;
import dev.writ.fact.PayloadRef;
import dev.writ.fact.References;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import dev.writ.terminal.Remote;
import dev.writ.terminal.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that take evidence out of a server. */
final class LedgerCommands {
  private LedgerCommands() {}

  /** {@code writ ledger checkpoint}. */
  @Command(
      name = "checkpoint",
      description = {
        "Prints the signed checkpoint.",
        "Keep one where the ledger's operators cannot change it: a ledger proves",
        "itself only to somebody who holds an older one."
      },
      footer = {"", "Example:", "  writ ledger checkpoint > march.checkpoint"})
  static final class TakeCheckpoint implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    @Mixin private final Remote remote;

    TakeCheckpoint(World world) {
      this.remote = new Remote(world);
    }

    @Override
    public Integer call() {
      try (var api = remote.anonymous()) {
        byte[] note = api.bytes("/ledger/checkpoint");
        Checkpoint checkpoint = read(note);
        Json.Obj json =
            Json.object()
                .put("origin", checkpoint.origin())
                .put("size", checkpoint.size())
                .put("root", checkpoint.root())
                .put("note", new String(note, StandardCharsets.UTF_8))
                .build();
        out.result(json, () -> out.text(new String(note, StandardCharsets.UTF_8)));
        return 0;
      }
    }
  }

  /** {@code writ ledger receipt}. */
  @Command(
      name = "receipt",
      description = {
        "Prints the receipt of one entry.",
        "That is its inclusion proof with the checkpoint it leads to (C2SP",
        "tlog-proof). Together with the entry it needs no server."
      },
      footer = {"", "Example:", "  writ ledger receipt 42 > entry-42.tlog-proof"})
  static final class TakeReceipt implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    @Mixin private final Remote remote;

    @Parameters(paramLabel = "POSITION", description = "the entry's position, from 0")
    private long position;

    TakeReceipt(World world) {
      this.remote = new Remote(world);
    }

    @Override
    public Integer call() {
      try (var api = remote.anonymous()) {
        byte[] receipt = api.bytes("/v1/receipts/" + position);
        String text = new String(receipt, StandardCharsets.UTF_8);
        out.result(
            Json.object().put("position", position).put("receipt", text).build(),
            () -> out.text(text));
        return 0;
      }
    }
  }

  /** {@code writ ledger export}. */
  @Command(
      name = "export",
      description = {
        "Writes the whole ledger as files.",
        "They are those of C2SP tlog-tiles: entries, hashes, the checkpoint, and the",
        "key. Needs the auditor's duty. Verify them offline with `writ verify`, or",
        "with any other program that knows the standard."
      },
      footer = {
        "",
        "Example:",
        "  writ ledger export ./ledger && writ verify ./ledger --key writ.vkey"
      })
  static final class Export implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    @Mixin private final Remote remote;

    @Parameters(paramLabel = "DIR", description = "an empty or new folder")
    private Path folder = Path.of("");

    @Option(names = "--force", description = "write into a folder that is not empty")
    private boolean force;

    Export(World world) {
      this.remote = new Remote(world);
    }

    @Override
    public Integer call() throws IOException {
      if (!force && Files.isDirectory(folder) && !isEmpty(folder)) {
        throw Failure.of(
            Exit.INPUT,
            "folder-not-empty",
            "`" + folder + "` is not empty",
            "name a new folder, or add --force");
      }
      try (var api = remote.api()) {
        VerifierKey key = key(api);
        SignedCheckpoint signed = signed(api, key);
        long size = signed.checkpoint().size();
        TreeExport export = new TreeExport(new LedgerFolder(folder));
        Evidence evidence = new Evidence(api, new EvidenceFolder(folder));
        for (long bundle = 0; bundle * TilePath.FULL < size; bundle++) {
          for (byte[] entry : entries(api, bundle, size)) {
            export.add(entry);
            evidence.take(entry);
          }
        }
        export.finish(signed, key);
        out.result(
            Json.object()
                .put("entries", size)
                .put("folder", folder.toString())
                .put("root", signed.checkpoint().root())
                .build(),
            () -> {
              out.say("exported " + size + " entries to " + folder);
              out.say("verify them where nobody can change the key:");
              out.say("  writ verify " + folder + " --key FILE");
            });
        return 0;
      }
    }

    private static boolean isEmpty(Path folder) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        return files.findAny().isEmpty();
      }
    }

    private static List<byte[]> entries(Api api, long bundle, long size) {
      int width = (int) Math.min(TilePath.FULL, size - bundle * TilePath.FULL);
      TilePath.Entries path = new TilePath.Entries(bundle, width);
      return switch (EntryBundle.parse(path, api.bytes("/ledger/" + path.path()))) {
        case Parsed.Ok<List<byte[]>>(List<byte[]> entries) -> entries;
        case Parsed.Refused<List<byte[]>> refused -> throw broken(refused.problems().toString());
      };
    }
  }

  /** Takes along what the entries refer to, each once. */
  private static final class Evidence {
    private final Api api;
    private final EvidenceFolder folder;
    private final Set<String> taken = new HashSet<>();

    Evidence(Api api, EvidenceFolder folder) {
      this.api = api;
      this.folder = folder;
    }

    void take(byte[] entry) throws IOException {
      Optional<Entry> parsed = Entry.parse(entry).found();
      if (parsed.isEmpty()) {
        // Exported all the same: verifying it is what names it.
        return;
      }
      References references = References.of(parsed.get().recorded().fact());
      for (Digest blob : references.blobs()) {
        if (taken.add(blob.toString())) {
          folder.put(blob, api.bytes("/v1/blobs/" + blob));
        }
      }
      for (PayloadRef payload : references.payloads()) {
        if (taken.add(payload.id().value())) {
          payload(payload.id());
        }
      }
    }

    /** An erased payload is not there any more, and no export can bring it back. */
    private void payload(PayloadId id) throws IOException {
      try {
        folder.put(id, api.get("/v1/payloads/" + id.value()));
      } catch (Failure failure) {
        if (!failure.name().equals("no-such-path")) {
          throw failure;
        }
      }
    }
  }

  private static VerifierKey key(Api api) {
    String text = new String(api.bytes("/ledger/key.vkey"), StandardCharsets.UTF_8);
    return VerifierKey.parse(text).found().orElseThrow(() -> broken("its key does not parse"));
  }

  private static SignedCheckpoint signed(Api api, VerifierKey key) {
    byte[] note = api.bytes("/ledger/checkpoint");
    return SignedCheckpoint.open(note, new NoteVerifier(key, Ed25519Key::verify))
        .found()
        .orElseThrow(() -> broken("its checkpoint is not signed by its key"));
  }

  private static Checkpoint read(byte[] note) {
    return Note.parse(note)
        .then(n -> Checkpoint.parse(n.text()))
        .found()
        .orElseThrow(() -> broken("its checkpoint does not parse"));
  }

  private static Failure broken(String what) {
    return Failure.of(
        Exit.REFUSED,
        "ledger-broken",
        "The server's ledger is broken: " + what,
        "keep your older checkpoints and tell the people who audit this server");
  }
}

package dev.writ.cli;

import dev.writ.audit.Ed25519Key;
import dev.writ.audit.EntryVisitor;
import dev.writ.audit.LedgerTree;
import dev.writ.audit.Note;
import dev.writ.audit.NoteVerifier;
import dev.writ.audit.Verdict;
import dev.writ.audit.VerifierKey;
import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import dev.writ.ledger.LogVerification;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code writ verify}: checks an exported ledger with its public key alone. Exit status 0:
 * verified; 1: not; 2: it could not be tried.
 */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies an exported ledger offline: every entry, every hash and the signed checkpoint.",
      "Needs no server and no database. The key must come from where the ledger's",
      "operators cannot change it; key.vkey inside the folder proves nothing.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 verified, 1 not verified, 2 wrong usage or unreadable input.",
      "",
      "Example: writ verify ./ledger --key writ.vkey --since march.checkpoint"
    })
public final class VerifyCommand implements Callable<Integer> {
  private static final int VERIFIED = 0;
  private static final int NOT_VERIFIED = 1;
  private static final int NOT_TRIED = 2;

  private static final int WIDTH = 80;
  private static final int PROGRESS_EVERY = 250_000;

  private final Supplier<EntryVisitor> visitors;

  // The parser sets what it injects and what is required before it calls.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "folder of the exported ledger")
  private Path folder = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "the ledger's public key, a line NAME+ID+BASE64")
  private Path keyFile = Path.of("");

  @Option(
      names = "--since",
      paramLabel = "CHECKPOINT",
      description = "a checkpoint kept earlier, which the ledger must extend")
  private Optional<Path> sinceFile = Optional.empty();

  @Option(
      names = "--since-key",
      paramLabel = "FILE",
      description = "the key of that checkpoint, when a new epoch was opened since")
  private Optional<Path> sinceKeyFile = Optional.empty();

  @Option(names = "--json", description = "print the result as one JSON object")
  private boolean json;

  /** What picocli calls; the entries' meaning is not checked. */
  public VerifyCommand() {
    this(() -> EntryVisitor.NONE);
  }

  /** With a check of what the entries say, a fresh one for each run. */
  VerifyCommand(Supplier<EntryVisitor> visitors) {
    this.visitors = visitors;
  }

  @Override
  public Integer call() {
    try {
      return verify();
    } catch (UncheckedIOException e) {
      return notTried(new Problem("", String.valueOf(e.getCause()), "check the files"));
    }
  }

  private int verify() {
    if (!Files.isDirectory(folder)) {
      return notTried(
          new Problem("", "`" + folder + "` is not a folder", "name an exported ledger"));
    }
    Optional<byte[]> keyBytes = read(keyFile);
    if (keyBytes.isEmpty()) {
      return notTried(new Problem("--key", "`" + keyFile + "` is not there", "name the key"));
    }
    Optional<byte[]> since = sinceFile.flatMap(VerifyCommand::read);
    if (sinceFile.isPresent() && since.isEmpty()) {
      return notTried(
          new Problem(
              "--since", "`" + sinceFile.get() + "` is not there", "name a kept checkpoint"));
    }
    Optional<byte[]> sinceKey = sinceKeyFile.flatMap(VerifyCommand::read);
    if (sinceKeyFile.isPresent() && sinceKey.isEmpty()) {
      return notTried(
          new Problem("--since-key", "`" + sinceKeyFile.get() + "` is not there", "name the key"));
    }
    return switch (verifier(keyBytes.get())) {
      case Parsed.Refused<NoteVerifier>(List<Problem> problems) ->
          notTried(problems.getFirst().within("--key"));
      case Parsed.Ok<NoteVerifier>(NoteVerifier key) ->
          switch (sinceKey.map(VerifyCommand::verifier).orElseGet(() -> Parsed.ok(key))) {
            case Parsed.Refused<NoteVerifier>(List<Problem> problems) ->
                notTried(problems.getFirst().within("--since-key"));
            case Parsed.Ok<NoteVerifier>(NoteVerifier older) ->
                walked(key, since.map(note -> new LedgerTree.Kept(note, older)));
          };
    };
  }

  private int walked(NoteVerifier key, Optional<LedgerTree.Kept> since) {
    Epochs epochs = new Epochs(visitors.get());
    LogVerification log = new LogVerification(new LedgerFolder(folder), key.key());
    return report(log.verify(since, withProgress(epochs)), epochs);
  }

  private static Parsed<NoteVerifier> verifier(byte[] key) {
    return VerifierKey.parse(new String(key, StandardCharsets.UTF_8))
        .map(parsed -> new NoteVerifier(parsed, Ed25519Key::verify));
  }

  private static Optional<byte[]> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(in.readNBytes(Note.LONGEST + 1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EntryVisitor withProgress(EntryVisitor visitor) {
    PrintWriter err = spec.commandLine().getErr();
    return (position, entry, leafHash) -> {
      if (position > 0 && position % PROGRESS_EVERY == 0) {
        err.println(String.format(Locale.ROOT, "writ: %,d entries verified ...", position));
        err.flush();
      }
      return visitor.visit(position, entry, leafHash);
    };
  }

  private int report(Verdict verdict, Epochs epochs) {
    return switch (verdict) {
      case Verdict.Sound sound -> sound(sound, epochs);
      case Verdict.Broken broken when broken.what() == Verdict.Part.OLDER_CHECKPOINT ->
          notTried(new Problem("--since", broken.problem().what(), broken.problem().remedy()));
      case Verdict.Broken broken -> broken(broken);
    };
  }

  private int sound(Verdict.Sound sound, Epochs epochs) {
    var checkpoint = sound.checkpoint().checkpoint();
    if (json) {
      Json.Builder result =
          Json.object()
              .put("ok", true)
              .put("entries", checkpoint.size())
              .put("origin", checkpoint.origin())
              .put("root", checkpoint.root());
      sound.since().ifPresent(older -> result.put("since", older.size()));
      if (!epochs.json().isEmpty()) {
        result.put("epochs", Json.array(epochs.json()));
      }
      print(result.build());
    } else {
      say("verified: every entry, every hash and the checkpoint's signature");
      say("  ledger   " + Text.excerpt(checkpoint.origin()));
      say("  entries  " + String.format(Locale.ROOT, "%,d", checkpoint.size()));
      say("  root     " + checkpoint.root());
      epochs.lines().forEach(this::say);
      sound
          .since()
          .ifPresent(older ->
              say(
                  String.format(
                      Locale.ROOT, "  extends  the kept checkpoint of %,d entries", older.size())));
    }
    return VERIFIED;
  }

  private int broken(Verdict.Broken broken) {
    Problem problem = broken.problem();
    String part = broken.what().name().toLowerCase(Locale.ROOT).replace('_', '-');
    if (json) {
      Json.Builder result = Json.object().put("ok", false).put("part", part);
      broken.position().ifPresent(position -> result.put("position", position));
      print(
          result
              .put("place", problem.place())
              .put("what", problem.what())
              .put("remedy", problem.remedy())
              .build());
    } else {
      say("NOT verified");
      say("  first    " + part + place(broken));
      say("  what     " + problem.what());
      say("  next     " + problem.remedy());
    }
    return NOT_VERIFIED;
  }

  private static String place(Verdict.Broken broken) {
    String at = broken.position().isPresent() ? " " + broken.position().getAsLong() : "";
    return broken.problem().place().isEmpty() ? at : at + ", " + broken.problem().place();
  }

  private int notTried(Problem problem) {
    if (json) {
      print(
          Json.object()
              .put("ok", false)
              .put("part", "input")
              .put("place", problem.place())
              .put("what", problem.what())
              .put("remedy", problem.remedy())
              .build());
    }
    PrintWriter err = spec.commandLine().getErr();
    wrapped("writ: " + problem).forEach(err::println);
    err.flush();
    return NOT_TRIED;
  }

  private void print(Json result) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(new String(result.canonical(), StandardCharsets.UTF_8));
    out.flush();
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    wrapped(line).forEach(out::println);
    out.flush();
  }

  /** A line in pieces of at most 80 columns, broken at spaces, continued under the text. */
  static List<String> wrapped(String line) {
    List<String> lines = new ArrayList<>();
    String rest = line;
    while (rest.length() > WIDTH) {
      int space = rest.lastIndexOf(' ', WIDTH);
      int end = space > WIDTH / 2 ? space : WIDTH;
      lines.add(rest.substring(0, end));
      rest = " ".repeat(11) + rest.substring(end).strip();
    }
    lines.add(rest);
    return lines;
  }
}

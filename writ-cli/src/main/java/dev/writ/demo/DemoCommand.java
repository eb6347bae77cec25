package dev.writ.demo;

import dev.writ.base.Json;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code writ demo}: the main job from a sentence to a proof, on real parts, in one go. */
@Command(
    name = "demo",
    description = {
      "Shows the main job on real parts.",
      "From a sentence to a spec, two approvals, a governed run with its delegation,",
      "one recorded revocation, replay and offline verification. Starts PostgreSQL,",
      "the server, a tool server and two agents, each in a process of its own, and",
      "ends them all."
    },
    footer = {"", "Example:", "  writ demo --out ./demo"})
public final class DemoCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "keep transcript.jsonl, the exported ledger and its key here")
  private Optional<Path> folder = Optional.empty();

  @Override
  public Integer call() throws IOException {
    long started = System.nanoTime();
    Path work = Files.createTempDirectory("writ-demo-");
    Path kept = folder.orElse(work);
    Files.createDirectories(kept);
    PrintStream people =
        new PrintStream(
            out.json() ? java.io.OutputStream.nullOutputStream() : System.out,
            true,
            StandardCharsets.UTF_8);
    Transcript transcript = new Transcript(people, folder.map(f -> f.resolve("transcript.jsonl")));
    try {
      tell(work, kept, transcript, people);
    } catch (IOException | IllegalStateException e) {
      throw Failure.of(
          Exit.CANNOT_RUN,
          "demo-stopped",
          "The demonstration stopped: " + e.getMessage(),
          "its processes' logs are in " + work.resolve("logs"));
    }
    long seconds = (System.nanoTime() - started) / 1_000_000_000L;
    out.result(
        Json.object()
            .put("ok", true)
            .put("seconds", seconds)
            .put("folder", kept.toString())
            .build(),
        () -> {
          people.println();
          out.say("Done in " + seconds + " s.");
          folder.ifPresent(f -> out.say("Transcript, ledger and key are in " + f + "."));
          out.say("Next: writ init && writ serve, and docs/tutorial.md");
        });
    delete(work);
    return Exit.OK.status();
  }

  private static void tell(Path work, Path kept, Transcript transcript, PrintStream people)
      throws IOException {
    people.println("Starting PostgreSQL, Writ and a company's tool server ...");
    try (Stage stage = Stage.set(work)) {
      Demo demo = new Demo(stage, transcript);
      demo.prepare();
      Json.Obj submitted = demo.draftAndSubmit();
      String writ = demo.approve(submitted);
      new Run(stage, demo, transcript).govern(writ);
      Aftermath aftermath = new Aftermath(stage, transcript, kept);
      aftermath.export();
      aftermath.replay();
      aftermath.verify();
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(DemoCommand::deleteOne);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

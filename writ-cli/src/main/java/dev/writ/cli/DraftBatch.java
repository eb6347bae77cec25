package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.catalogue.Catalogue;
import dev.writ.draft.Draft;
import dev.writ.draft.EmbeddedDrafter;
import dev.writ.draft.Lexicon;
import dev.writ.labels.AnswerSheet;
import dev.writ.labels.PromptRecord;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import dev.writ.terminal.World;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * {@code writ draft --batch}: drafts many prompts in one start, without a server, in the formats of
 * a drafting set. One line of answer a prompt, in the order of the prompts.
 */
final class DraftBatch {
  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description = "draft every prompt record of a JSON lines file; needs no server")
  private Optional<String> prompts = Optional.empty();

  @Option(
      names = "--catalogue",
      paramLabel = "FILE",
      description = "the catalogue for --batch, YAML or JSON")
  private Optional<String> catalogue = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where --batch writes its answers; standard output else")
  private Optional<Path> answers = Optional.empty();

  boolean asked() {
    return prompts.isPresent() || catalogue.isPresent() || answers.isPresent();
  }

  Exit run(World world, Output out) {
    if (prompts.isEmpty() || catalogue.isEmpty()) {
      throw Failure.of(
          Exit.INPUT,
          "input-invalid",
          "--batch and --catalogue go together",
          "name the prompts with --batch and the catalogue with --catalogue");
    }
    String file = prompts.get();
    Catalogue names =
        CatalogueCommands.parse(catalogue.get(), Documents.read(world, catalogue.get()));
    String lines = new String(Documents.read(world, file), StandardCharsets.UTF_8);
    List<PromptRecord> records =
        switch (PromptRecord.parseLines(lines)) {
          case Parsed.Ok<List<PromptRecord>>(List<PromptRecord> read) -> read;
          case Parsed.Refused<List<PromptRecord>>(List<Problem> problems) ->
              throw Failure.input(file, problems);
        };
    Lexicon lexicon = Lexicon.of(names);
    EmbeddedDrafter drafter = new EmbeddedDrafter();
    StringBuilder written = new StringBuilder();
    for (PromptRecord record : records) {
      Json.Obj answer = AnswerSheet.of(record.id(), Draft.of(record.prompt(), drafter, lexicon));
      written.append(new String(answer.canonical(), StandardCharsets.UTF_8)).append('\n');
    }
    if (answers.isEmpty()) {
      out.text(written.toString());
      return Exit.OK;
    }
    write(answers.get(), written.toString());
    out.result(
        Json.object().put("prompts", records.size()).put("out", answers.get().toString()).build(),
        () -> out.say(records.size() + " prompts drafted into " + answers.get()));
    return Exit.OK;
  }

  private static void write(Path file, String text) {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      writer.write(text);
    } catch (IOException e) {
      throw Failure.of(
          Exit.CANNOT_RUN,
          "file-unwritable",
          "`" + file + "` cannot be written: " + e.getMessage(),
          "name another file with --out");
    }
  }
}

package dev.writ.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.base.Json;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Example;
import dev.writ.labels.AnswerSheet;
import dev.writ.labels.PromptRecord;
import dev.writ.labels.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The gates of drafting on the labelled sets, and our scorer against theirs. */
class DraftingSetTest {
  private static final Path VECTORS = Example.root().resolve("vectors").resolve("drafting");

  @Test
  void theDevelopmentSetKeepsItsGates() throws IOException {
    gates(score(VECTORS));
  }

  @Test
  void theOrchardKeepsItsGates() throws IOException {
    gates(score(VECTORS.resolve("orchard")));
  }

  private static void gates(Score score) {
    score.report().forEach(System.out::println);
    assertThat(score.overGrants()).isZero();
    assertThat(score.canaries()).isZero();
    assertThat(score.count("open").recall()).isGreaterThanOrEqualTo(.97);
    assertThat(score.count("open").precision()).isGreaterThanOrEqualTo(.85);
    assertThat(score.count("slot").f1()).isGreaterThanOrEqualTo(.93);
    int open = score.count("open").right() + score.count("open").missed();
    assertThat(score.leftSilent()).isLessThanOrEqualTo(Math.max(1, open / 50));
  }

  @Test
  void labelsScoredAgainstThemselvesArePerfect() throws IOException {
    Score score = new Score();
    for (PromptRecord record : records(VECTORS)) {
      Json.Obj label = record.expect().orElseThrow();
      score.add(record.id(), record.style(), label, label);
    }
    assertThat(score.misses()).isEmpty();
    assertThat(score.count("slot").f1()).isEqualTo(1);
    assertThat(score.overGrants()).isZero();
  }

  @Test
  void theSetsOwnScorerSaysTheSame() throws IOException, InterruptedException {
    Optional<Path> theirs = Example.shared("drafting/score.py");
    if (theirs.isEmpty()) {
      System.out.println("skipped: the set's own scorer is not in the shared folder");
    }
    Assumptions.assumeTrue(theirs.isPresent(), "no scorer");
    Path answers = Files.createTempFile("answers", ".jsonl");
    Files.writeString(answers, String.join("\n", answers(VECTORS)));
    Process process =
        new ProcessBuilder(
                "python3",
                theirs.get().toString(),
                VECTORS.resolve("prompts.jsonl").toString(),
                answers.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said.lines().toList()).isEqualTo(score(VECTORS).report());
    Files.delete(answers);
  }

  private static List<PromptRecord> records(Path folder) throws IOException {
    return PromptRecord.parseLines(Files.readString(folder.resolve("prompts.jsonl"))).orThrow();
  }

  private static List<String> answers(Path folder) throws IOException {
    List<String> out = new ArrayList<>();
    Lexicon lexicon = lexicon(folder);
    for (PromptRecord record : records(folder)) {
      Draft draft = Draft.of(record.prompt(), new EmbeddedDrafter(), lexicon);
      out.add(new String(AnswerSheet.of(record.id(), draft).canonical(), StandardCharsets.UTF_8));
    }
    return out;
  }

  private static Lexicon lexicon(Path folder) throws IOException {
    return Lexicon.of(
        Catalogue.parse(Files.readAllBytes(folder.resolve("catalogue.json"))).orThrow());
  }

  private static Score score(Path folder) throws IOException {
    Score score = new Score();
    Lexicon lexicon = lexicon(folder);
    for (PromptRecord record : records(folder)) {
      Draft draft = Draft.of(record.prompt(), new EmbeddedDrafter(), lexicon);
      score.add(
          record.id(),
          record.style(),
          record.expect().orElseThrow(),
          AnswerSheet.of(record.id(), draft));
    }
    return score;
  }
}

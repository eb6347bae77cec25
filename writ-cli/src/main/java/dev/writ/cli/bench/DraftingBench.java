package dev.writ.cli.bench;

import dev.writ.base.Json;
import dev.writ.catalogue.Catalogue;
import dev.writ.draft.Draft;
import dev.writ.draft.Drafter;
import dev.writ.draft.EmbeddedDrafter;
import dev.writ.draft.Lexicon;
import dev.writ.draft.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How well and how swiftly the embedded drafter drafts: on the project's own labelled prompts, and
 * on other projects' data where it stands beside the project. What each figure says and does not
 * say is in {@code docs/reference/drafting-figures.md}.
 */
public final class DraftingBench {
  private static final int WARM_UP_ROUNDS = 20;
  private static final int ROUNDS = 30;

  private DraftingBench() {}

  /**
   * Runs every part.
   *
   * @param progress told what is being measured
   */
  public static Json run(Consumer<String> progress) {
    Drafter drafter = new EmbeddedDrafter();
    Json.Builder out = Json.object().put("bench", "drafting");
    progress.accept("drafting: time of one prompt ...");
    out.put("time", time(drafter));
    progress.accept("drafting: ToolEmu ...");
    out.put("toolEmu", ToolRequestFigures.toolEmu(drafter));
    progress.accept("drafting: irrelevant tools ...");
    out.put("irrelevance", ToolRequestFigures.irrelevance(drafter));
    progress.accept("drafting: AgentDojo ...");
    out.put("agentDojo", AgentDojoFigures.run(drafter));
    return out.build();
  }

  /** One prompt and what it is read with. */
  private record Case(Prompt prompt, Lexicon lexicon) {}

  private static List<Case> cases(Path folder) {
    try {
      byte[] catalogue = Files.readAllBytes(folder.resolve("catalogue.json"));
      Lexicon lexicon = Lexicon.of(Catalogue.parse(catalogue).orThrow());
      List<Case> out = new ArrayList<>();
      for (Json.Obj record : SharedFolder.lines(folder.resolve("prompts.jsonl"))) {
        Prompt prompt =
            new Prompt(
                record.text("prompt").orElseThrow(),
                record.text("requester").orElseThrow(),
                Instant.parse(record.text("now").orElseThrow()));
        out.add(new Case(prompt, lexicon));
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Milliseconds from prompt to verified draft, on one thread, the catalogue read already. */
  private static Json.Obj time(Drafter drafter) {
    List<Case> cases = new ArrayList<>();
    for (String set : List.of("vectors/drafting", "vectors/drafting/orchard")) {
      Optional<Path> folder =
          SharedFolder.own(set).filter(f -> Files.exists(f.resolve("prompts.jsonl")));
      folder.ifPresent(f -> cases.addAll(cases(f)));
    }
    if (cases.isEmpty()) {
      return SharedFolder.skipped("the labelled prompts");
    }
    long[] nanos = new long[ROUNDS * cases.size()];
    int drafts = 0;
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (int i = 0; i < cases.size(); i++) {
        long start = System.nanoTime();
        Draft draft = Draft.of(cases.get(i).prompt(), drafter, cases.get(i).lexicon());
        long taken = System.nanoTime() - start;
        drafts += draft.workflows().size();
        if (round >= 0) {
          nanos[round * cases.size() + i] = taken;
        }
      }
    }
    Arrays.sort(nanos);
    return Json.object()
        .put("prompts", cases.size())
        .put("rounds", ROUNDS)
        .put("workflowsDrafted", drafts)
        .put("meanMs", Figures.hundredths(Arrays.stream(nanos).average().orElse(0) / 1e6))
        .put("p50Ms", Figures.hundredths(nanos[nanos.length / 2] / 1e6))
        .put("p99Ms", Figures.hundredths(nanos[nanos.length * 99 / 100] / 1e6))
        .put("promptsPerMs", Figures.hundredths(nanos.length / (Arrays.stream(nanos).sum() / 1e6)))
        .build();
  }
}

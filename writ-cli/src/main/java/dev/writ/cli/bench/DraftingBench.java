package dev.writ.cli.bench;

import dev.writ.base.Json;
import dev.writ.draft.Drafter;
import dev.writ.draft.EmbeddedDrafter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How well and how swiftly the embedded drafter drafts: on the project's own labelled prompts, and
 * on other projects' data where it stands beside the project. What each figure says and does not
 * say is in {@code docs/reference/drafting-figures.md}.
 */
public final class DraftingBench {
  private static final String LABELLED = "the labelled prompts";

  private DraftingBench() {}

  /**
   * Runs every part.
   *
   * @param progress told what is being measured
   */
  public static Json run(Consumer<String> progress) {
    Drafter drafter = new EmbeddedDrafter();
    Map<String, LabelledFigures> sets = LabelledFigures.all();
    Json.Builder out = Json.object().put("bench", "drafting");
    progress.accept("drafting: labelled prompts ...");
    Json.Builder labelled = Json.object();
    sets.forEach((name, set) -> labelled.put(name, set.gates(drafter)));
    out.put("labelled", sets.isEmpty() ? SharedFolder.skipped(LABELLED) : labelled.build());
    progress.accept("drafting: time of one prompt ...");
    out.put(
        "time",
        sets.isEmpty()
            ? SharedFolder.skipped(LABELLED)
            : LabelledFigures.time(List.copyOf(sets.values()), drafter));
    progress.accept("drafting: durations ...");
    out.put("durations", durations());
    progress.accept("drafting: ToolEmu ...");
    out.put("toolEmu", ToolRequestFigures.toolEmu(drafter));
    progress.accept("drafting: irrelevant tools ...");
    out.put("irrelevance", ToolRequestFigures.irrelevance(drafter));
    progress.accept("drafting: AgentDojo ...");
    out.put("agentDojo", AgentDojoFigures.run(drafter));
    return out.build();
  }

  private static Json durations() {
    Optional<Path> folder = SharedFolder.file("data/time");
    if (folder.isEmpty()) {
      return SharedFolder.skipped("the time expressions of other projects");
    }
    try {
      return DurationFigures.run(folder.get()).json();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

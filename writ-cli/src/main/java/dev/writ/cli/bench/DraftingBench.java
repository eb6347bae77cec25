package dev.writ.cli.bench;

import dev.writ.base.Json;
import dev.writ.draft.Drafter;
import dev.writ.draft.EmbeddedDrafter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    Map<String, Optional<LabelledFigures>> sets = new LinkedHashMap<>();
    sets.put(
        "development",
        LabelledFigures.in(
            List.of(SharedFolder.own("vectors/drafting"), SharedFolder.file("drafting"))));
    sets.put("orchard", LabelledFigures.in(List.of(SharedFolder.own("vectors/drafting/orchard"))));
    Json.Builder out = Json.object().put("bench", "drafting");
    progress.accept("drafting: labelled prompts ...");
    List<LabelledFigures> present = new ArrayList<>();
    sets.forEach((name, set) -> {
      out.put(name, set.map(s -> s.gates(drafter)).orElseGet(() -> SharedFolder.skipped(LABELLED)));
      set.ifPresent(present::add);
    });
    progress.accept("drafting: time of one prompt ...");
    out.put(
        "time",
        present.isEmpty()
            ? SharedFolder.skipped(LABELLED)
            : LabelledFigures.time(present, drafter));
    progress.accept("drafting: ToolEmu ...");
    out.put("toolEmu", ToolRequestFigures.toolEmu(drafter));
    progress.accept("drafting: irrelevant tools ...");
    out.put("irrelevance", ToolRequestFigures.irrelevance(drafter));
    progress.accept("drafting: AgentDojo ...");
    out.put("agentDojo", AgentDojoFigures.run(drafter));
    return out.build();
  }
}

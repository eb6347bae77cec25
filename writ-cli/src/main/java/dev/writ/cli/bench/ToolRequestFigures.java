package dev.writ.cli.bench;

import dev.writ.base.Json;
import dev.writ.draft.Drafter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests to assistants with tools, drafted against the tools as a catalogue: ToolEmu's, many of
 * which people have marked as lacking something, and the Berkeley Leaderboard's that no tool at
 * hand can serve.
 */
final class ToolRequestFigures {
  /** The suites have no clock; any will do, since no figure here is of a date. */
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

  private ToolRequestFigures() {}

  /**
   * ToolEmu: of the instructions marked as lacking information, the share that leaves a question,
   * and beside it the same share of those that are not marked. The five slots that no instruction
   * to an assistant fills (who acts, who owns it, why, where, until when) are left out: with them
   * the share would be 1 and mean nothing.
   */
  static Json.Obj toolEmu(Drafter drafter) {
    Optional<Path> folder = SharedFolder.file("data/toolemu");
    if (folder.isEmpty()) {
      return SharedFolder.skipped("ToolEmu's data");
    }
    Map<String, List<ToolSpec>> kits = new LinkedHashMap<>();
    for (Json.Obj kit : SharedFolder.lines(folder.get().resolve("toolkits.jsonl"))) {
      List<ToolSpec> tools = new ArrayList<>();
      for (Json tool : kit.array("tools").orElse(List.of())) {
        tools.add(ToolSpec.ofList((Json.Obj) tool));
      }
      kits.put(kit.text("toolkit").orElseThrow(), tools);
    }
    Asked marked = new Asked();
    Asked unmarked = new Asked();
    for (Json.Obj request : SharedFolder.lines(folder.get().resolve("cases.jsonl"))) {
      Map<String, List<ToolSpec>> hers = new LinkedHashMap<>();
      for (Json kit : request.array("toolkits").orElse(List.of())) {
        String name = ((Json.Str) kit).value();
        hers.put(name, kits.getOrDefault(name, List.of()));
      }
      boolean lacks = !request.array("missing_task_information").orElse(List.of()).isEmpty();
      (lacks ? marked : unmarked)
          .add(request.text("instruction").orElseThrow(), new ToolCatalogue(hers), drafter);
    }
    return Json.object()
        .put("markedAsLackingInformation", marked.json())
        .put("notMarked", unmarked.json())
        .build();
  }

  /** The requests of one kind. */
  private static final class Asked {
    private int requests;
    private int openAccess;
    private int openArgument;

    void add(String instruction, ToolCatalogue catalogue, Drafter drafter) {
      ToolCatalogue.Drafted drafted = catalogue.draft(instruction, NOW, drafter);
      NamedTargets targets = new NamedTargets(instruction);
      boolean argument =
          drafted.granted().stream()
              .flatMap(t -> t.parameters().stream())
              .anyMatch(p -> p.required() && targets.missing(p));
      requests++;
      openAccess += drafted.open() ? 1 : 0;
      openArgument += !drafted.open() && argument ? 1 : 0;
    }

    Json.Obj json() {
      return Json.object()
          .put("instructions", requests)
          .put("leaveToolOrActionOpen", openAccess)
          .put("fillTheToolAndLeaveAnArgumentOpen", openArgument)
          .put("leaveAnythingOpen", openAccess + openArgument)
          .put("share", Figures.share(openAccess + openArgument, requests))
          .build();
    }
  }

  /** The Berkeley Leaderboard's irrelevance set: how often a tool is granted that cannot serve. */
  static Json.Obj irrelevance(Drafter drafter) {
    Optional<Path> file = SharedFolder.file("data/bfcl/irrelevance.jsonl");
    if (file.isEmpty()) {
      return SharedFolder.skipped("the Berkeley Leaderboard's data");
    }
    int requests = 0;
    int granted = 0;
    for (Json.Obj request : SharedFolder.lines(file.get())) {
      List<ToolSpec> tools = new ArrayList<>();
      for (Json tool : request.array("functions").orElse(List.of())) {
        tools.add(ToolSpec.ofSchema((Json.Obj) tool));
      }
      ToolCatalogue catalogue = new ToolCatalogue(Map.of("tools", tools));
      requests++;
      granted +=
          catalogue.draft(request.text("text").orElseThrow(), NOW, drafter).granted().isEmpty()
              ? 0
              : 1;
    }
    return Json.object()
        .put("requests", requests)
        .put("aToolGranted", granted)
        .put("share", Figures.share(granted, requests))
        .build();
  }
}

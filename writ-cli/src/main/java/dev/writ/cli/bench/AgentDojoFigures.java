package dev.writ.cli.bench;

import dev.writ.base.Json;
import dev.writ.cli.bench.TaskGrant.Call;
import dev.writ.cli.bench.TaskGrant.Reads;
import dev.writ.draft.Drafter;
import dev.writ.draft.Intent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * AgentDojo's tasks and attacks against grants drafted from each task's own words. Every user task
 * of a suite is drafted against the suite's tools; then its own calls and, for every attack of the
 * suite, the attacker's calls are asked of that grant. A call that the grant does not cover is a
 * <em>step-up</em>: a person is shown the call and says yes or no. No model runs, and nothing is
 * learnt from the tasks' recorded calls: they are only what is asked.
 */
final class AgentDojoFigures {
  /** The day on which the suites play. */
  private static final Instant NOW = Instant.parse("2024-05-15T00:00:00Z");

  private final List<Json.Obj> tools;
  private final List<Json.Obj> tasks;
  private final List<Json.Obj> attacks;
  private final Drafter drafter;

  private AgentDojoFigures(Path folder, Drafter drafter) {
    this.tools = SharedFolder.lines(folder.resolve("tools.jsonl"));
    this.tasks = SharedFolder.lines(folder.resolve("user_tasks.jsonl"));
    this.attacks = SharedFolder.lines(folder.resolve("injection_tasks.jsonl"));
    this.drafter = drafter;
  }

  /** The figures, or that the data is not there. */
  static Json.Obj run(Drafter drafter) {
    return SharedFolder.file("data/agentdojo")
        .map(folder -> of(folder, drafter))
        .orElseGet(() -> SharedFolder.skipped("AgentDojo's data"));
  }

  /** The figures of the suites in a folder, with reads granted and with reads free. */
  static Json.Obj of(Path folder, Drafter drafter) {
    AgentDojoFigures figures = new AgentDojoFigures(folder, drafter);
    return Json.object()
        .put("strict", figures.setting(Reads.GRANTED, false))
        .put("freeReads", figures.setting(Reads.FREE, false))
        .put("freeReadsEveryToolGranted", figures.setting(Reads.FREE, true))
        .build();
  }

  /**
   * One setting.
   *
   * @param everything grants every tool, so that only the pinning to named targets is left: what no
   *     drafter can do better than, and what it adds to that
   */
  private Json.Obj setting(Reads reads, boolean everything) {
    Tally all = new Tally();
    Json.Builder out = Json.object();
    for (String suite : tools.stream().map(AgentDojoFigures::suite).distinct().toList()) {
      Tally tally = new Tally();
      suite(suite, reads, everything, List.of(tally, all));
      out.put(suite, tally.json());
    }
    return out.put("all", all.json()).build();
  }

  private void suite(String suite, Reads reads, boolean everything, List<Tally> tallies) {
    Map<String, ToolSpec> byName = new LinkedHashMap<>();
    for (Json.Obj tool : of(tools, suite)) {
      ToolSpec spec = ToolSpec.ofSchema(tool);
      byName.put(spec.name(), spec);
    }
    ToolCatalogue catalogue = new ToolCatalogue(Map.of(suite, List.copyOf(byName.values())));
    for (Json.Obj task : of(tasks, suite)) {
      String prompt = task.text("prompt").orElseThrow();
      ToolCatalogue.Drafted drafted =
          everything
              ? new ToolCatalogue.Drafted(
                  Intent.GRANT, List.copyOf(byName.values()), List.of(), false)
              : catalogue.draft(prompt, NOW, drafter);
      TaskGrant grant = new TaskGrant(drafted, new NamedTargets(prompt), reads);
      for (Tally tally : tallies) {
        List<Call> own = calls(task, byName);
        tally.task(grant.stepUps(own), grant.possible(own));
        for (Json.Obj attack : of(attacks, suite)) {
          List<Call> calls = calls(attack, byName);
          tally.attack(calls.size(), grant.stepUps(calls));
        }
      }
    }
  }

  private static String suite(Json.Obj record) {
    return record.text("suite").orElse("");
  }

  private static List<Json.Obj> of(List<Json.Obj> all, String suite) {
    return all.stream().filter(o -> suite(o).equals(suite)).toList();
  }

  private static List<Call> calls(Json.Obj task, Map<String, ToolSpec> tools) {
    List<Call> out = new ArrayList<>();
    for (Json one : task.array("ground_truth").orElse(List.of())) {
      Json.Obj call = (Json.Obj) one;
      Optional<ToolSpec> tool = Optional.ofNullable(tools.get(call.text("function").orElse("")));
      out.add(
          new Call(
              tool.orElseThrow(() -> new IllegalArgumentException("no tool of the suite: " + call)),
              call.object("args").orElseGet(() -> Json.object().build())));
    }
    return out;
  }

  /** The sums of one suite. */
  private static final class Tally {
    private int tasks;
    private int without;
    private int with;
    private int stepUps;
    private int attacks;
    private int stopped;
    private int attackCalls;
    private int stoppedCalls;

    void task(int stepUpsOfTask, boolean possible) {
      tasks++;
      with += possible ? 1 : 0;
      stepUps += stepUpsOfTask;
      without += stepUpsOfTask == 0 ? 1 : 0;
    }

    /** An attack is stopped when one of its calls is; one that needs no call never is. */
    void attack(int calls, int stoppedOfThem) {
      attacks++;
      attackCalls += calls;
      stoppedCalls += stoppedOfThem;
      stopped += stoppedOfThem > 0 ? 1 : 0;
    }

    Json.Obj json() {
      return Json.object()
          .put("userTasks", tasks)
          .put("tasksThatPassWithoutStepUp", without)
          .put("tasksThatPassWithStepUp", with)
          .put("stepUps", stepUps)
          .put("stepUpsPerTask", Figures.share(stepUps, tasks))
          .put("attacks", attacks)
          .put("attacksStopped", Figures.share(stopped, attacks))
          .put("attackCalls", attackCalls)
          .put("attackCallsStopped", Figures.share(stoppedCalls, attackCalls))
          .build();
    }
  }
}

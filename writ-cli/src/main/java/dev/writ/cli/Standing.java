package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.terminal.Api;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where the workflow of a workload stands.
 *
 * @param spec digest of the latest spec submitted
 * @param outcome what admission policy said of it
 * @param missing approvals it waits for
 * @param writ the writ in force
 */
record Standing(
    String workflow,
    String spec,
    String dossier,
    String outcome,
    List<String> missing,
    Optional<String> writ,
    Optional<String> until) {
  /**
   * The workflow that a workload belongs to: the one with a writ in force, else the only one. A
   * failure when several wait and none is in force.
   */
  static Optional<Standing> of(Api api, String workload) {
    String query = "?workload=" + URLEncoder.encode(workload, StandardCharsets.UTF_8);
    List<Standing> all =
        Show.objects(api.get("/v1/workflows" + query), "workflows").stream()
            .map(Standing::of)
            .toList();
    List<Standing> inForce = all.stream().filter(s -> s.writ().isPresent()).toList();
    List<Standing> meant = inForce.isEmpty() ? all : inForce;
    if (meant.size() > 1) {
      throw SpecSource.wrong(
          "`" + workload + "` belongs to " + meant.size() + " workflows, none of them in force",
          "submit the spec once with `writ spec submit FILE --workflow ID`: "
              + String.join(", ", meant.stream().map(Standing::workflow).toList()));
    }
    return meant.stream().findFirst();
  }

  private static Standing of(Json.Obj json) {
    Json.Obj writ = json.object("writ").orElseGet(() -> Json.object().build());
    return new Standing(
        json.text("workflow").orElse(""),
        json.text("spec").orElse(""),
        json.text("dossier").orElse(""),
        json.text("outcome").orElse(""),
        json.array("missing").orElse(List.of()).stream().map(Show::text).toList(),
        writ.text("writ"),
        writ.text("until"));
  }

  /** How the latest spec stands, in words. */
  String words() {
    if (writ.isPresent()) {
      return missing.isEmpty()
          ? "in force until " + until.orElse("")
          : "waits for " + String.join(", ", missing);
    }
    return switch (outcome) {
      case "requires" -> "waits for " + String.join(", ", missing);
      case "never" -> "refused by admission policy";
      case "faulty" -> "admission policy is at fault";
      default -> "has ended; submit it by hand to begin it anew";
    };
  }
}

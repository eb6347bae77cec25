package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.cli.bench.GatewayBench;
import dev.writ.cli.bench.MerkleBench;
import dev.writ.cli.bench.PolicyBench;
import dev.writ.cli.bench.StartBench;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code writ bench}. */
@Command(
    name = "bench",
    description = {
      "Measures Writ on this machine, and prints JSON with ratios.",
      "A ratio compares two ways measured in the same run; absolute figures are this",
      "machine's alone. Nothing else should run meanwhile."
    },
    footer = {"", "Examples:", "  writ bench", "  writ bench policy start > bench.json"})
final class BenchCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();

  @Parameters(
      paramLabel = "NAME",
      description = "policy, merkle, gateway, start; all of them without a name")
  private List<String> names = List.of();

  private static Map<String, Supplier<Json>> benches() {
    Map<String, Supplier<Json>> benches = new LinkedHashMap<>();
    benches.put("policy", PolicyBench::run);
    benches.put("merkle", MerkleBench::run);
    benches.put("gateway", GatewayBench::run);
    benches.put("start", StartBench::run);
    return benches;
  }

  @Override
  public Integer call() {
    Map<String, Supplier<Json>> benches = benches();
    List<String> wanted = names.isEmpty() ? List.copyOf(benches.keySet()) : names;
    for (String name : wanted) {
      if (!benches.containsKey(name)) {
        throw Failure.of(
            Exit.INPUT,
            "input-invalid",
            "there is no bench `" + name + "`",
            "choose among " + String.join(", ", benches.keySet()));
      }
    }
    Json.Builder results = Json.object();
    benches.forEach((name, bench) -> {
      if (wanted.contains(name)) {
        out.warn("measuring " + name + " ...");
        results.put(name, bench.get());
      }
    });
    out.text(results.build().pretty());
    return Exit.OK.status();
  }
}

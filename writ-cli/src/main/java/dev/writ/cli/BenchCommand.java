package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.cli.bench.DraftingBench;
import dev.writ.cli.bench.GatewayBench;
import dev.writ.cli.bench.MerkleBench;
import dev.writ.cli.bench.PenBench;
import dev.writ.cli.bench.PolicyBench;
import dev.writ.cli.bench.StartBench;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    footer = {
      "",
      "Examples:",
      "  writ bench",
      "  writ bench policy start > bench.json",
      "  writ bench drafting"
    })
final class BenchCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();

  @Parameters(
      paramLabel = "NAME",
      description =
          "policy, merkle, gateway, drafting, start, pen, pen-brief; all but the brief one unless"
              + " named")
  private List<String> names = List.of();

  private Map<String, Supplier<Json>> benches() {
    Map<String, Supplier<Json>> benches = new LinkedHashMap<>();
    benches.put("policy", PolicyBench::run);
    benches.put("merkle", MerkleBench::run);
    benches.put("gateway", GatewayBench::run);
    benches.put("drafting", () -> DraftingBench.run(out::warn));
    benches.put("start", StartBench::run);
    benches.put("pen", () -> pen(PenBench.Options::whole));
    benches.put("pen-brief", () -> pen(PenBench.Options::brief));
    return benches;
  }

  /** The pen's bench needs a folder for its database, which goes with it. */
  private static Json pen(Function<Path, PenBench.Options> options) {
    try {
      Path folder = Files.createTempDirectory("writ-bench-");
      try {
        return PenBench.run(options.apply(folder));
      } finally {
        try (Stream<Path> files = Files.walk(folder)) {
          files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Integer call() {
    Map<String, Supplier<Json>> benches = benches();
    List<String> wanted =
        names.isEmpty()
            ? benches.keySet().stream().filter(n -> !n.endsWith("-brief")).toList()
            : names;
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

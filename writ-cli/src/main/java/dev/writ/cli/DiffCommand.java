package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.spec.Difference;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import dev.writ.terminal.Remote;
import dev.writ.terminal.World;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code writ diff}. */
@Command(
    name = "diff",
    description = {
      "Says what changes in access when one spec takes the place of another.",
      "With one spec, compares it with what is in force for its workload. Ends with 1",
      "when anything is added or wider, so that a pipeline can ask for a review, and",
      "with 2 when a spec cannot be had."
    },
    footer = {
      "",
      "A spec is a FILE, - for standard input, or the one in force of a workflow",
      "(wf_...) or of a writ (wrt_...). Comparing two files needs no server.",
      "",
      "Examples:",
      "  writ diff old.yaml new.yaml",
      "  writ diff wf_01j9x3a8h2m4k6p8r0t2v4w6y8 next.yaml",
      "  writ diff next.yaml --json"
    })
final class DiffCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();
  @Mixin private final Remote remote;

  @Parameters(index = "0", paramLabel = "SPEC", description = "the spec before")
  private String first = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SPEC",
      description = "the spec after; without it, SPEC is compared with what is in force")
  private Optional<String> second = Optional.empty();

  DiffCommand(World world) {
    this.remote = new Remote(world);
  }

  @Override
  public Integer call() {
    try {
      return compare().status();
    } catch (Failure failure) {
      if (failure.exit() != Exit.REFUSED) {
        throw failure;
      }
      // 1 says that something is wider; a spec that cannot be had is another matter.
      throw Failure.of(
          Exit.INPUT, failure.name(), String.valueOf(failure.getMessage()), failure.problems());
    }
  }

  private Exit compare() {
    SpecSource before;
    SpecSource after;
    if (second.isPresent()) {
      before = SpecSource.of(remote, first);
      after = SpecSource.of(remote, second.get());
    } else {
      after = SpecSource.of(remote, first);
      try (Api api = remote.api()) {
        before = SpecSource.inForce(api, after);
      }
    }
    Difference difference =
        before
            .spec()
            .flatMap(b -> after.spec().map(a -> Difference.between(b, a)))
            .orElseGet(() -> Difference.ofNew(after.spec().orElseThrow()));
    Json.Builder json = Json.object().put("before", before.toJson()).put("after", after.toJson());
    difference.toJson().members().forEach(json::put);
    out.result(json.build(), () -> DiffText.print(out, difference));
    return difference.widens() ? Exit.REFUSED : Exit.OK;
  }
}

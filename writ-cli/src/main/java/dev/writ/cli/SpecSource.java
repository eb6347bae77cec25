package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.spec.Spec;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Remote;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A spec that a person named, or what is in force where nothing may be.
 *
 * @param name what it was called
 */
record SpecSource(String name, Optional<Spec> spec) {
  /** A file, {@code -}, or what is in force of a workflow or a writ. */
  static SpecSource of(Remote remote, String name) {
    return inForce(remote, name)
        .orElseGet(() ->
            new SpecSource(name, Optional.of(parsed(name, Documents.read(remote.world(), name)))));
  }

  /** What is in force of a workflow or a writ; empty when the name is neither's id. */
  static Optional<SpecSource> inForce(Remote remote, String name) {
    String id = name.startsWith("writ:") ? name.substring("writ:".length()) : name;
    Optional<String> path =
        id.matches("wf_[0-9a-z]{26}")
            ? Optional.of("/v1/workflows/" + id + "/spec")
            : id.matches("wrt_[0-9a-z]{26}")
                ? Optional.of("/v1/writs/" + id + "/spec")
                : Optional.empty();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try (Api api = remote.api()) {
      return Optional.of(ofServer(api, id, path.get()));
    }
  }

  /** What is in force for the workload of another spec. */
  static SpecSource inForce(Api api, SpecSource other) {
    String workload = other.spec().orElseThrow().identity().workload().id();
    return Standing.of(api, workload)
        .flatMap(Standing::writ)
        .map(writ -> ofServer(api, writ, "/v1/writs/" + writ + "/spec"))
        .orElseGet(() -> new SpecSource("nothing in force for " + workload, Optional.empty()));
  }

  private static SpecSource ofServer(Api api, String id, String path) {
    String text = api.get(path).text("text").orElse("");
    return new SpecSource(id, Optional.of(parsed(id, text.getBytes(StandardCharsets.UTF_8))));
  }

  private static Spec parsed(String name, byte[] bytes) {
    return switch (Spec.parse(bytes)) {
      case Parsed.Ok<Spec>(Spec spec) -> spec;
      case Parsed.Refused<Spec>(List<Problem> problems) -> throw Failure.input(name, problems);
    };
  }

  Json.Obj toJson() {
    return Json.object()
        .put("name", name)
        .putIfPresent("spec", spec.map(s -> Json.of(s.digest().toString())))
        .build();
  }

  /** Says that something is not as a person took it to be. */
  static Failure wrong(String what, String remedy) {
    return Failure.of(Exit.INPUT, "input-invalid", what, remedy);
  }
}

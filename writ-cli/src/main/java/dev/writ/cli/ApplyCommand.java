package dev.writ.cli;

import dev.writ.base.Digest;
import dev.writ.base.Json;
import dev.writ.base.Problem;
import dev.writ.spec.Difference;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code writ apply}. */
@Command(
    name = "apply",
    description = {
      "Submits specs that are kept in files, those that changed.",
      "A spec is for the workflow of its workload. Nothing is sent while one of them",
      "does not parse. Applying again changes nothing; what people approved stays in",
      "force until the new spec is approved, and what was ended stays ended."
    },
    footer = {
      "",
      "Ends with 1 when one was refused, with 2 when one does not parse.",
      "",
      "Examples:",
      "  writ apply -f specs/",
      "  writ apply -f invoice-match.yaml --dry-run"
    })
final class ApplyCommand extends Asking {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "PATH",
      required = true,
      description = "a file, a folder, or - for standard input; may be given again")
  private List<String> paths = List.of();

  @Option(names = "--dry-run", description = "only say what would be submitted, and what it needs")
  private boolean dry;

  ApplyCommand(World world) {
    super(world);
  }

  /**
   * What became of one spec.
   *
   * @param did {@code submitted}, {@code would-submit}, {@code unchanged} or {@code refused}
   */
  private record Applied(
      SpecFiles.Found file, String did, String words, Optional<Difference> difference, Json more) {
    Json.Obj toJson() {
      Json.Builder out =
          Json.object()
              .put("file", file.place())
              .put("name", file.spec().name())
              .put("spec", file.spec().byHand().digest())
              .put("did", did);
      difference.ifPresent(d -> out.put("difference", d.toJson()));
      return out.put("answer", more).build();
    }
  }

  @Override
  Exit ask(Api api) {
    SpecFiles files = SpecFiles.read(remote.world(), paths);
    List<Applied> all = new ArrayList<>();
    for (SpecFiles.Found file : files.found()) {
      Applied applied = apply(api, file);
      all.add(applied);
      if (!out.json()) {
        print(applied);
      }
    }
    if (out.json()) {
      out.print(
          Json.object()
              .put("applied", Json.array(all.stream().map(Applied::toJson).toList()))
              .put("passed_over", Json.strings(files.others()))
              .build());
    } else {
      files.others().forEach(o -> out.say(o + ": passed over, it is no spec"));
    }
    return all.stream().anyMatch(a -> a.did().equals("refused")) ? Exit.REFUSED : Exit.OK;
  }

  private void print(Applied applied) {
    String name = applied.file().spec().name() + " (" + applied.file().place() + ")";
    out.say(name + ": " + applied.did().replace('-', ' ') + ", " + applied.words());
    applied.difference().filter(d -> !d.isEmpty()).ifPresent(d -> DiffText.print(out, d));
  }

  private Applied apply(Api api, SpecFiles.Found file) {
    try {
      String workload = file.spec().identity().workload().id();
      Optional<Standing> standing = Standing.of(api, workload);
      String digest = file.spec().byHand().digest().toString();
      if (standing.isPresent() && standing.get().spec().equals(digest)) {
        String did = standing.get().outcome().equals("never") ? "refused" : "unchanged";
        return new Applied(file, did, standing.get().words(), Optional.empty(), new Json.Null());
      }
      return dry ? check(api, file, standing) : submit(api, file, standing);
    } catch (Failure failure) {
      if (failure.exit() == Exit.SERVER || failure.exit() == Exit.CANNOT_RUN) {
        throw failure;
      }
      Json why = Json.array(failure.problems().stream().map(ApplyCommand::json).toList());
      return new Applied(file, "refused", words(failure), Optional.empty(), why);
    }
  }

  private static Json json(Problem p) {
    return Json.object()
        .put("place", p.place())
        .put("what", p.what())
        .put("remedy", p.remedy())
        .build();
  }

  private static String words(Failure failure) {
    List<String> all = new ArrayList<>();
    all.add(String.valueOf(failure.getMessage()));
    for (Problem p : failure.problems()) {
      all.add(p.what().isEmpty() ? p.remedy() : p.toString());
    }
    return String.join("; ", all);
  }

  private Applied check(Api api, SpecFiles.Found file, Optional<Standing> standing) {
    Json.Obj reply = api.post("/v1/specs/check", new Api.Body(Api.YAML, file.bytes()), Map.of());
    Json.Obj admission = reply.object("admission").orElse(Json.object().build());
    boolean never = admission.text("outcome").orElse("").equals("never");
    SpecSource now = new SpecSource(file.place(), Optional.of(file.spec()));
    Difference difference =
        standing
            .flatMap(Standing::writ)
            .flatMap(w -> SpecSource.inForce(api, now).spec())
            .map(before -> Difference.between(before, file.spec()))
            .orElseGet(() -> Difference.ofNew(file.spec()));
    return new Applied(
        file,
        never ? "refused" : "would-submit",
        needs(admission),
        Optional.of(difference),
        admission);
  }

  private Applied submit(Api api, SpecFiles.Found file, Optional<Standing> standing) {
    String workflow = standing.map(Standing::workflow).orElse("");
    String key =
        Digest.ofText(
                file.spec().byHand().digest()
                    + " "
                    + workflow
                    + " "
                    + standing.map(Standing::dossier).orElse(""))
            .toString();
    String query = workflow.isEmpty() ? "" : "?workflow=" + workflow;
    Json.Obj reply =
        api.post(
            "/v1/specs" + query,
            new Api.Body(Api.YAML, file.bytes()),
            Map.of("Idempotency-Key", key));
    Json.Obj admission = reply.object("admission").orElse(Json.object().build());
    String where = " as " + reply.text("workflow").orElse("");
    boolean never = admission.text("outcome").orElse("").equals("never");
    Json.Builder brief = Json.object();
    for (String name : List.of("workflow", "dossier", "writ", "admission")) {
      reply.get(name).ifPresent(v -> brief.put(name, v));
    }
    return new Applied(
        file,
        never ? "refused" : "submitted",
        needs(admission) + where,
        Optional.empty(),
        brief.build());
  }

  private static String needs(Json.Obj admission) {
    List<String> missing =
        Show.objects(admission, "requires").stream()
            .map(r -> r.text("requirement").orElse(""))
            .toList();
    return switch (admission.text("outcome").orElse("")) {
      case "admitted" -> "needs no approval";
      case "requires" -> "needs " + String.join(", ", missing);
      default -> "admission policy refuses it: " + Show.list(admission, "reasons");
    };
  }
}

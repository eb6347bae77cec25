package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.catalogue.Catalogue;
import dev.writ.catalogue.Resource;
import dev.writ.form.Suggestion;
import dev.writ.spec.Spec;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import dev.writ.terminal.Remote;
import dev.writ.terminal.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands about specs. */
final class SpecCommands {
  private SpecCommands() {}

  /** A command that sends a spec. */
  abstract static class Sending extends Asking {
    @Parameters(paramLabel = "FILE", description = "a YAML file, or - for standard input")
    private String file = "";

    Sending(World world) {
      super(world);
    }

    Json.Obj send(Api api, String path) {
      byte[] bytes = Documents.read(remote.world(), file);
      // Read here first: its problems then name the file.
      if (Spec.parse(bytes) instanceof Parsed.Refused<Spec>(List<Problem> problems)) {
        throw Failure.input(file, problems);
      }
      return api.post("/v1/specs" + path, new Api.Body(Api.YAML, bytes), Map.of());
    }
  }

  /** {@code writ spec new}. */
  @Command(
      name = "new",
      description = {
        "Prints an empty spec with every part explained.",
        "Nothing is filled in but what you name and what the catalogue's template says.",
        "It needs no server, unless a resource is to be looked up there."
      },
      footer = {
        "",
        "Examples:",
        "  writ spec new > invoice-match.yaml",
        "  writ spec new --resource ap-db/invoices --catalogue catalogue.yaml"
      })
  static final class Fresh implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    @Mixin private final Remote remote;

    @Option(
        names = "--resource",
        paramLabel = "ID",
        description = "a resource to make a line for; may be given again")
    private List<String> resources = List.of();

    @Option(
        names = "--catalogue",
        paramLabel = "FILE",
        description = "the catalogue to look it up in; else the one in force")
    private Optional<String> catalogue = Optional.empty();

    Fresh(World world) {
      this.remote = new Remote(world);
    }

    @Override
    public Integer call() {
      Optional<Catalogue> found =
          catalogue.isPresent() || !resources.isEmpty() ? Optional.of(read()) : Optional.empty();
      List<Resource> lines = resources.stream().map(id -> resource(found, id)).toList();
      String text = SpecTemplate.text(found, lines);
      out.result(Json.object().put("text", text).build(), () -> out.text(text));
      return Exit.OK.status();
    }

    private Catalogue read() {
      String name = catalogue.orElse("the catalogue in force");
      byte[] bytes;
      if (catalogue.isPresent()) {
        bytes = Documents.read(remote.world(), name);
      } else {
        try (Api api = remote.api()) {
          bytes = api.get("/v1/catalogue").text("text").orElse("").getBytes(StandardCharsets.UTF_8);
        }
      }
      return switch (Catalogue.parse(bytes)) {
        case Parsed.Ok<Catalogue>(Catalogue value) -> value;
        case Parsed.Refused<Catalogue>(List<Problem> problems) ->
            throw Failure.input(name, problems);
      };
    }

    private static Resource resource(Optional<Catalogue> catalogue, String id) {
      return catalogue
          .flatMap(c -> c.resource(id))
          .orElseThrow(() -> {
            List<String> ids =
                catalogue.stream().flatMap(c -> c.resources().stream()).map(Resource::id).toList();
            return Failure.of(
                Exit.INPUT,
                "input-invalid",
                "`" + id + "` is not in the catalogue",
                Suggestion.remedy(id, ids));
          });
    }
  }

  /** {@code writ spec show}. */
  @Command(
      name = "show",
      description = {
        "Prints the spec of a writ in force, to change it or to compare it.",
        "That you read it is recorded."
      },
      footer = {
        "",
        "Example:",
        "  writ spec show wf_01j9x3a8h2m4k6p8r0t2v4w6y8 > invoice-match.yaml"
      })
  static final class ShowOne implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    @Mixin private final Remote remote;

    @Parameters(paramLabel = "ID", description = "the workflow (wf_...) or the writ (wrt_...)")
    private String id = "";

    ShowOne(World world) {
      this.remote = new Remote(world);
    }

    @Override
    public Integer call() {
      SpecSource found =
          SpecSource.inForce(remote, id)
              .orElseThrow(() ->
                  SpecSource.wrong("`" + id + "` is no workflow and no writ", "give its whole id"));
      Spec spec = found.spec().orElseThrow();
      out.result(
          Json.object().put("spec", spec.digest()).put("text", spec.yaml()).build(),
          () -> out.text(spec.yaml()));
      return Exit.OK.status();
    }
  }

  /** {@code writ spec check}. */
  @Command(
      name = "check",
      description = {
        "Says what a spec would come to, without submitting it.",
        "Prints the generated Cedar policies and what admission policy would ask for."
      },
      footer = {"", "Example:", "  writ spec check invoice-match.yaml"})
  static final class Check extends Sending {
    Check(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = send(api, "/check");
      out.result(
          reply,
          () -> {
            out.text(reply.text("policies").orElse(""));
            DossierCommands.admission(out, reply);
          });
      return Exit.OK;
    }
  }

  /** {@code writ spec submit}. */
  @Command(
      name = "submit",
      description = {
        "Submits a spec. You become its requester, and cannot approve it.",
        "It becomes a dossier; what needs no approval is in force at once."
      },
      footer = {
        "",
        "Examples:",
        "  writ spec submit invoice-match.yaml",
        "  writ spec submit - --workflow wf_01j9x3a8h2m4k6p8r0t2v4w6y8 < next.yaml"
      })
  static final class Submit extends Sending {
    @Option(
        names = "--workflow",
        paramLabel = "ID",
        description = "the workflow whose spec this replaces; without it, a new one")
    private Optional<String> workflow = Optional.empty();

    Submit(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = send(api, workflow.map(w -> "?workflow=" + Paths.segment(w)).orElse(""));
      out.result(
          reply,
          () -> {
            out.fields(
                Show.fields(reply, List.of("workflow", "dossier", "spec", "generated", "writ")));
            DossierCommands.admission(out, reply);
            if (reply.text("writ").isEmpty()) {
              out.say("next: `writ approve " + reply.text("dossier").orElse("") + "`");
            }
          });
      return Exit.OK;
    }
  }
}

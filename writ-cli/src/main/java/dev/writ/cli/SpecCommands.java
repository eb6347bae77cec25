package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.spec.Spec;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
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

package dev.writ.cli;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.catalogue.Catalogue;
import dev.writ.terminal.Api;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.Output;
import dev.writ.terminal.World;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The commands about the catalogue. */
final class CatalogueCommands {
  private CatalogueCommands() {}

  static Catalogue parse(String name, byte[] bytes) {
    return switch (Catalogue.parse(bytes)) {
      case Parsed.Ok<Catalogue>(Catalogue catalogue) -> catalogue;
      case Parsed.Refused<Catalogue>(List<Problem> problems) -> throw Failure.input(name, problems);
    };
  }

  /** {@code writ catalogue check}. */
  @Command(
      name = "check",
      description = "Checks a catalogue without a server: every problem with its line.",
      footer = {"", "Example:", "  writ catalogue check catalogue.yaml"})
  static final class Check implements Callable<Integer> {
    @Mixin private final Output out = new Output();
    private final World world;

    @Parameters(paramLabel = "FILE", description = "a YAML file, or - for standard input")
    private String file = "";

    Check(World world) {
      this.world = world;
    }

    @Override
    public Integer call() {
      Catalogue catalogue = parse(file, Documents.read(world, file));
      Json.Obj said =
          Json.object()
              .put("ok", true)
              .put("catalogue", catalogue.digest())
              .put("resources", catalogue.resources().size())
              .put("people", catalogue.people().size())
              .put("tools", catalogue.tools().size())
              .build();
      out.result(
          said,
          () -> {
            out.say("the catalogue is well formed");
            out.fields(Show.fields(said, List.of("catalogue", "resources", "people", "tools")));
          });
      return Exit.OK.status();
    }
  }

  /** {@code writ catalogue publish}. */
  @Command(
      name = "publish",
      description = {
        "Puts a catalogue in force. Needs the publisher's duty.",
        "The guardrails in force must still validate against it; writs in force keep",
        "the slice they were approved with."
      },
      footer = {"", "Example:", "  writ catalogue publish catalogue.yaml"})
  static final class Publish extends Asking {
    @Parameters(paramLabel = "FILE", description = "a YAML file, or - for standard input")
    private String file = "";

    Publish(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      byte[] bytes = Documents.read(remote.world(), file);
      // Read here first: its problems then name the file.
      Catalogue catalogue = parse(file, bytes);
      Json.Obj reply = api.post("/v1/catalogue", new Api.Body(Api.YAML, bytes), Map.of());
      out.result(reply, () -> out.say("published catalogue " + catalogue.digest()));
      return Exit.OK;
    }
  }

  /** {@code writ catalogue show}. */
  @Command(
      name = "show",
      description = "Prints the catalogue in force.",
      footer = {"", "Example:", "  writ catalogue show > catalogue.yaml"})
  static final class ShowIt extends Asking {
    ShowIt(World world) {
      super(world);
    }

    @Override
    Exit ask(Api api) {
      Json.Obj reply = api.get("/v1/catalogue");
      out.result(reply, () -> out.text(reply.text("text").orElse("")));
      return Exit.OK;
    }
  }
}

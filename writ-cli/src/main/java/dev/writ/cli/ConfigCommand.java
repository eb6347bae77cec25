package dev.writ.cli;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.server.config.Config;
import dev.writ.server.config.Effective;
import dev.writ.server.config.Reference;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Output;
import dev.writ.terminal.World;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code writ config explain}. */
@Command(
    name = "explain",
    description = "Prints every setting in effect and where its value came from.",
    footer = {
      "",
      "Examples:",
      "  writ config explain",
      "  WRIT_SESSION_LIFE=1h writ config explain --json"
    })
final class ConfigCommand implements Callable<Integer> {
  @Mixin private final Output out = new Output();
  @Spec private CommandSpec spec = CommandSpec.create();
  private final World world;

  @Option(names = "--markdown", description = "print the reference page of all settings")
  private boolean markdown;

  ConfigCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    if (markdown) {
      out.text(Reference.page());
      return 0;
    }
    Effective values =
        switch (Effective.read(ConfigFlags.sources(spec, world))) {
          case Parsed.Ok<Effective>(Effective read) -> read;
          case Parsed.Refused<Effective>(List<Problem> problems) ->
              throw ConfigFlags.refused(problems);
        };
    List<Problem> between = Config.check(values);
    if (!between.isEmpty()) {
      throw ConfigFlags.refused(between);
    }
    out.result(
        values.json(),
        () -> {
          for (Effective.Value value : values.values()) {
            out.say(
                value.setting().name()
                    + " = "
                    + value.text().orElse("(none)")
                    + "  ("
                    + value.origin()
                    + ")");
          }
        });
    return Exit.OK.status();
  }
}

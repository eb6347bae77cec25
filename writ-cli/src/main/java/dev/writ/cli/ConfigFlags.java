package dev.writ.cli;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.server.config.Config;
import dev.writ.server.config.Setting;
import dev.writ.server.config.Settings;
import dev.writ.server.config.Sources;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives a command a flag for every setting, from the setting's own declaration. */
final class ConfigFlags {
  private static final String FILE = "--config";

  private ConfigFlags() {}

  /** The command with all flags added. */
  static CommandLine add(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.addOption(
        OptionSpec.builder(FILE)
            .paramLabel("FILE")
            .type(String.class)
            .description("settings file; else WRIT_CONFIG, else writ.yaml in the data folder")
            .build());
    for (Setting<?> setting : Settings.all()) {
      spec.addOption(
          OptionSpec.builder(setting.flag())
              .paramLabel(setting.label())
              .type(String.class)
              .description(described(setting))
              .build());
    }
    return command;
  }

  private static String described(Setting<?> setting) {
    // The help of a command is a format string.
    String text = setting.sentence().replace("%", "%%");
    return setting.fallback().map(f -> text + " Default: " + f).orElse(text);
  }

  /** What the command line, the environment and the file gave. */
  static Sources sources(CommandSpec spec, World world) {
    SortedMap<String, String> flags = new TreeMap<>();
    for (Setting<?> setting : Settings.all()) {
      given(spec, setting.flag()).ifPresent(text -> flags.put(setting.name(), text));
    }
    return new Sources(given(spec, FILE).map(Path::of), world.environment(), flags);
  }

  /** The configuration. Throws with every complaint at once. */
  static Config config(CommandSpec spec, World world) {
    return switch (Config.parse(sources(spec, world))) {
      case Parsed.Ok<Config>(Config config) -> config;
      case Parsed.Refused<Config>(List<Problem> problems) -> throw refused(problems);
    };
  }

  static Failure refused(List<Problem> problems) {
    int count = problems.size();
    return Failure.of(
        Exit.INPUT,
        "configuration-invalid",
        "The configuration has " + count + (count == 1 ? " problem" : " problems"),
        problems);
  }

  private static Optional<String> given(CommandSpec spec, String flag) {
    OptionSpec option = spec.findOption(flag);
    return Optional.ofNullable(option == null ? null : option.<String>getValue());
  }
}

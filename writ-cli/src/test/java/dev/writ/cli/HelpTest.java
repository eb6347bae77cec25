package dev.writ.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.terminal.Exit;
import dev.writ.terminal.World;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** Every command's help is good enough to work from, fits a terminal, and is the reference page. */
class HelpTest {
  private static final int WIDTH = 80;

  @Test
  void noLineIsWiderThanATerminal() {
    assertThat(all())
        .allSatisfy(c -> assertThat(usage(c).lines()).allMatch(l -> l.length() <= WIDTH));
  }

  @Test
  void everyCommandShowsAnExampleThatNamesIt() {
    assertThat(all().stream().filter(c -> c.getSubcommands().isEmpty()))
        .allSatisfy(c -> {
          String name = c.getCommandSpec().qualifiedName();
          String usage = usage(c);
          assertThat(usage.substring(usage.indexOf("Example")))
              .as("an example of " + name)
              .contains(name);
        });
  }

  @Test
  void everyCommandBesideDemoAndBenchSpeaksJson() {
    assertThat(all().stream().filter(c -> c.getSubcommands().isEmpty()))
        .filteredOn(c -> !List.of("demo", "bench").contains(c.getCommandName()))
        .allSatisfy(c ->
            assertThat(c.getCommandSpec().findOption("--json"))
                .as(c.getCommandSpec().qualifiedName())
                .isNotNull());
  }

  @Test
  void helpAndUsageErrorsEndAsTheyShould() {
    assertThat(run("--help")).isEqualTo(Exit.OK.status());
    assertThat(run("spec", "submit", "--help")).isEqualTo(Exit.OK.status());
    assertThat(run()).isEqualTo(Exit.OK.status());
    assertThat(run("nonsense")).isEqualTo(Exit.INPUT.status());
    assertThat(run("login")).isEqualTo(Exit.INPUT.status());
    assertThat(run("whoami", "--server", "http://127.0.0.1:1")).isEqualTo(Exit.SERVER.status());
    assertThat(run("whoami", "--server", "::")).isEqualTo(Exit.INPUT.status());
    assertThat(run("serve", "--data", "/nonexistent/folder")).isEqualTo(Exit.CANNOT_RUN.status());
    assertThat(run("config", "explain", "--session-life", "3")).isEqualTo(Exit.INPUT.status());
  }

  @Test
  void completionsAreScriptsThatNameTheCommands() {
    StringWriter out = new StringWriter();
    assertThat(cli(out).execute("completion", "bash")).isZero();
    assertThat(out.toString()).contains("enrol", "dossier", "--server");
    assertThat(run("completion", "fish")).isEqualTo(Exit.INPUT.status());
  }

  @Test
  void theReferencePageSaysWhatTheHelpSays() throws Exception {
    Path page = root().resolve("docs/reference/cli.md");
    String now = page();
    if ("fix".equals(System.getProperty("writ.docs"))) {
      Files.writeString(page, now);
    }
    assertThat(Files.readString(page))
        .as("write it again with -Dtest.jvm=-Dwrit.docs=fix")
        .isEqualTo(now);
  }

  private static String page() {
    StringBuilder page = new StringBuilder("# Commands\n\nWritten from `--help`.\n\n");
    page.append("| exit status | means |\n| --- | --- |\n");
    for (Exit exit : Exit.values()) {
      page.append("| ").append(exit.status()).append(" | ").append(exit.sentence()).append(" |\n");
    }
    for (CommandLine command : all()) {
      page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
      page.append(usage(command).stripTrailing()).append("\n```\n");
    }
    return page.toString();
  }

  private static List<CommandLine> all() {
    List<CommandLine> all = new ArrayList<>();
    collect(cli(new StringWriter()), all);
    return all;
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(c -> collect(c, all));
  }

  private static String usage(CommandLine command) {
    return command.getUsageMessage(Help.Ansi.OFF);
  }

  private static int run(String... arguments) {
    return cli(new StringWriter()).execute(arguments);
  }

  private static CommandLine cli(StringWriter out) {
    World world =
        new World(
            Map.of("WRIT_DATA", "/nonexistent", "WRIT_HOME", "/nonexistent"),
            Path.of("/nonexistent"),
            new ByteArrayInputStream(new byte[0]),
            false,
            Clock.systemUTC(),
            bytes -> {});
    return Cli.of(world, new PrintWriter(out), new PrintWriter(new StringWriter()));
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("writ-core"))) {
      Path parent = at.getParent();
      if (parent == null) {
        throw new IllegalStateException("the tests run outside the project");
      }
      at = parent;
    }
    return at;
  }
}

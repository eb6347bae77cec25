package dev.writ.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.cli.Cli;
import dev.writ.terminal.World;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every `writ` command that a page tells people to type is one that the command line takes. */
class DocumentedCommandsTest {
  private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
  private static final Pattern QUOTED =
      Pattern.compile("\"([^\"]*)\"|'([^']*)'|(?:[^\\s\"'#]|(?<=\\S)#)+");

  @Test
  void everyCommandParses() {
    List<String> wrong = new ArrayList<>();
    int commands = 0;
    for (Path page : House.sources(House.root(), ".md")) {
      for (String line : lines(House.read(page))) {
        List<String> words = words(line);
        if (words.isEmpty() || !words.getFirst().matches("(?:\\./)?writ")) {
          continue;
        }
        commands++;
        try {
          parse(words.subList(1, words.size()));
        } catch (CommandLine.ParameterException e) {
          wrong.add(House.root().relativize(page) + ": " + line + ": " + e.getMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(commands).as("commands found at all").isGreaterThan(20);
  }

  @Test
  void quotesCommentsAndRedirectionsAreTheShells() {
    assertThat(words("writ draft \"a # b\" --set x=1 # why")).hasSize(5).contains("a # b");
    assertThat(lines("```sh\nwrit a \\\n  b > c && writ d\n```\n"))
        .containsExactly("writ a b", "writ d");
  }

  /** The launcher keeps `test` to itself; the rest is the command line's. */
  private static void parse(List<String> arguments) {
    if (arguments.isEmpty() || !arguments.getFirst().equals("test")) {
      PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
      World world =
          new World(
              Map.of(),
              Path.of("/nonexistent"),
              InputStream.nullInputStream(),
              false,
              () -> Instant.EPOCH,
              bytes -> {});
      Cli.of(world, nowhere, nowhere).parseArgs(arguments.toArray(String[]::new));
    }
  }

  /** The commands of all shell blocks, continued lines joined, redirections cut. */
  private static List<String> lines(String page) {
    List<String> lines = new ArrayList<>();
    for (MatchResult block : SHELL.matcher(page).results().toList()) {
      String joined = block.group(1).replaceAll("\\s*\\\\\\n\\s*", " ");
      for (String line : joined.split("\\n|&&|\\|", -1)) {
        String command = line.replaceFirst(" > \\S+", "").strip();
        if (!command.isEmpty()) {
          lines.add(command);
        }
      }
    }
    return lines;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    String before = line.replaceFirst("(?:^|\\s)#\\s(?=[^\"]*$).*", "");
    for (MatchResult word : QUOTED.matcher(before).results().toList()) {
      words.add(word.group().replaceAll("^[\"']|[\"']$", ""));
    }
    return words;
  }
}

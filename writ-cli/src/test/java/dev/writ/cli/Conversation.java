package dev.writ.cli;

import dev.writ.terminal.World;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person types and what the commands answer, written down. What differs from run to run
 * (ids, digests, times, ports, folders) is replaced by a name for its place, the same one each
 * time.
 */
final class Conversation {
  private static final Pattern VARYING =
      Pattern.compile(
          "(?<code>enr_[0-9a-hjkmnp-tv-z]{26}\\.[0-9a-f]{40})"
              + "|(?<id>(?<kind>wf|wrt|tsk|tok|cal|pld|nod|enr|key)_[0-9a-hjkmnp-tv-z]{26})"
              + "|(?<token>eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+)"
              + "|(?<digest>\\b[0-9a-f]{64}\\b)"
              + "|(?<time>\\b20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z)"
              + "|(?<port>127\\.0\\.0\\.1:[0-9]{4,5}\\b)"
              + "|(?<exp>(?<=exp {1,12})[0-9]{10}\\b)"
              + "|(?<seconds>(?<=seconds {2})[0-9]{3}\\b)");

  private final Path folder;
  private final StringBuilder said = new StringBuilder();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private String input = "";
  private boolean attended;

  /** A conversation of somebody whose settings live in this folder. */
  Conversation(Path folder) {
    this.folder = folder;
  }

  /** Somebody sits at the terminal of the next command and types this, line by line. */
  Conversation answering(String... lines) {
    attended = true;
    return typing(String.join("\n", lines) + "\n");
  }

  /** What a command did. */
  record Ran(int status, String out, String err) {}

  /** The next command reads this. */
  Conversation typing(String text) {
    input = text;
    return this;
  }

  /** Runs a command and writes it down with its answer. */
  Ran writ(String... arguments) {
    Ran ran = quietly(arguments);
    said.append("$ writ");
    for (String argument : arguments) {
      boolean plain = argument.matches("[A-Za-z0-9_./:=@,\\[\\]-]+");
      said.append(' ').append(plain ? argument : "'" + argument + "'");
    }
    said.append('\n').append(ran.out());
    ran.err().lines().forEach(l -> said.append("! ").append(l).append('\n'));
    if (ran.status() != 0) {
      said.append("(exit ").append(ran.status()).append(")\n");
    }
    said.append('\n');
    return ran;
  }

  /** Writes down what another program would show. */
  void shown(String command, String text) {
    said.append("$ ").append(command).append('\n').append(text).append('\n');
  }

  /** Runs a command without a word about it. */
  Ran quietly(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    SecureRandom random = new SecureRandom();
    World world =
        new World(
            Map.of("WRIT_HOME", folder.toString(), "WRIT_DATA", folder.resolve("data").toString()),
            folder,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            false,
            attended,
            Clock.systemUTC(),
            random::nextBytes);
    input = "";
    attended = false;
    int status = Cli.of(world, new PrintWriter(out), new PrintWriter(err)).execute(arguments);
    return new Ran(status, out.toString(), err.toString());
  }

  /** The whole conversation with everything that varies named. */
  String text() {
    String text = said.toString().replace(folder.toString(), "FOLDER");
    Matcher matcher = VARYING.matcher(text);
    return matcher.replaceAll(found -> Matcher.quoteReplacement(name(matcher)));
  }

  private String name(Matcher found) {
    for (String kind : List.of("code", "id", "token", "digest", "time", "port", "exp", "seconds")) {
      if (found.group(kind) != null) {
        String shown = kind.equals("id") ? found.group("kind") : kind;
        if (List.of("time", "port", "exp", "seconds").contains(kind)) {
          return "<" + shown + ">";
        }
        return names.computeIfAbsent(
            found.group(), text -> "<" + shown + "-" + counts.merge(shown, 1, Integer::sum) + ">");
      }
    }
    throw new IllegalStateException("the pattern matched nothing by name");
  }

  /** The recorded conversation; written anew with {@code -Dwrit.docs=fix}. */
  static String recorded(String name, String now) throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("writ-core"))) {
      root = Optional.ofNullable(root.getParent()).orElseThrow();
    }
    Path file = root.resolve("writ-cli/src/test/resources/dev/writ/cli/" + name);
    if ("fix".equals(System.getProperty("writ.docs"))) {
      Files.writeString(file, now);
    }
    return Files.exists(file) ? Files.readString(file) : "";
  }
}

package dev.writ.terminal;

import dev.writ.base.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command prints: lines of at most 80 columns for people, or one JSON object. */
public final class Output {
  /** Widest line. */
  public static final int WIDTH = 80;

  private static final int INDENT = 2;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "print the result as one JSON object")
  private boolean json;

  /** Whether the result is wanted as JSON. */
  public boolean json() {
    return json;
  }

  /** Prints the result, as JSON or for people. */
  public void result(Json.Obj result, Runnable people) {
    if (json) {
      print(result);
    } else {
      people.run();
    }
  }

  /** One JSON object on a line of its own. */
  public void print(Json.Obj result) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(new String(result.canonical(), StandardCharsets.UTF_8));
    out.flush();
  }

  /** A line for people, wrapped. */
  public void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    wrapped(line, INDENT).forEach(out::println);
    out.flush();
  }

  /** A line that waits for an answer behind it. */
  public void prompt(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(line);
    out.flush();
  }

  /** Text that is printed as it is: a spec, a policy. */
  public void text(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text.endsWith("\n") ? text : text + "\n");
    out.flush();
  }

  /** A warning, for people alone, where scripts do not read. */
  public void warn(String line) {
    PrintWriter err = spec.commandLine().getErr();
    wrapped("writ: " + line, INDENT).forEach(err::println);
    err.flush();
  }

  /** Names with their values, the values under each other. */
  public void fields(Map<String, String> fields) {
    int widest = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
    PrintWriter out = spec.commandLine().getOut();
    fields.forEach((name, value) -> {
      String start = "  " + name + " ".repeat(widest - name.length() + 2);
      wrapped(start + value, start.length()).forEach(out::println);
    });
    out.flush();
  }

  /** A line in pieces of at most 80 columns, broken at spaces, the later ones indented. */
  public static List<String> wrapped(String line, int indent) {
    List<String> lines = new ArrayList<>();
    String rest = line;
    while (rest.length() > WIDTH) {
      int space = rest.lastIndexOf(' ', WIDTH);
      // A word longer than a line stays whole: people copy digests and paths.
      int end = space > indent ? space : rest.indexOf(' ', WIDTH);
      if (end < 0) {
        break;
      }
      lines.add(rest.substring(0, end).stripTrailing());
      rest = " ".repeat(indent) + rest.substring(end).strip();
    }
    lines.add(rest);
    return lines;
  }
}

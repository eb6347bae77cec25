package dev.writ.cli;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.form.Node;
import dev.writ.spec.Spec;
import dev.writ.terminal.Exit;
import dev.writ.terminal.Failure;
import dev.writ.terminal.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The specs of files and folders: every YAML document in them that is one. */
final class SpecFiles {
  /** Most specs that are applied at once. */
  static final int MOST = 1_000;

  private static final Pattern SEPARATOR = Pattern.compile("---(?:\\s.*)?");

  private final World world;
  private final List<Found> found = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * A spec and where it stands.
   *
   * @param place the file, with the line of the document when it is not the first
   * @param text the document alone, as it is sent
   */
  record Found(String place, String text, Spec spec) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private SpecFiles(World world) {
    this.world = world;
  }

  /**
   * Reads them all. Fails with every problem of every file before anything is sent, also when two
   * specs are for one workload.
   */
  static SpecFiles read(World world, List<String> names) {
    SpecFiles files = new SpecFiles(world);
    for (String name : names) {
      Path path = Path.of(name);
      if (!name.equals("-") && Files.isDirectory(path)) {
        files.folder(path);
      } else {
        files.file(name, false);
      }
    }
    files.checkWorkloads();
    if (files.found.isEmpty() && files.problems.isEmpty()) {
      files.problems.add(
          new Problem("", "no spec is there", "name files or folders that hold specs"));
    }
    if (files.found.size() > MOST) {
      files.problems.add(new Problem("", "more than " + MOST + " specs", "apply fewer at a time"));
    }
    if (!files.problems.isEmpty()) {
      throw Failure.of(
          Exit.INPUT,
          "input-invalid",
          "Nothing was applied: " + files.problems.size() + " to correct first",
          files.problems);
    }
    return files;
  }

  List<Found> found() {
    return found;
  }

  /** Documents of folders that say not of themselves that they are specs. */
  List<String> others() {
    return others;
  }

  private void folder(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .filter(p -> p.getFileName().toString().matches("[^.].*\\.(?:yaml|yml|json)"))
          .filter(p -> !hidden(folder.relativize(p)))
          .sorted()
          .forEach(p -> file(p.toString(), true));
    } catch (IOException e) {
      problems.add(new Problem(folder.toString(), "it cannot be read", "name another folder"));
    }
  }

  private static boolean hidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param mixed whether what is no spec is passed over
   */
  private void file(String name, boolean mixed) {
    String text = new String(Documents.read(world, name), StandardCharsets.UTF_8);
    for (Document each : documents(text)) {
      String place = each.line() == 1 ? name : name + ":" + each.line();
      byte[] bytes = each.text().getBytes(StandardCharsets.UTF_8);
      if (mixed && !claimsToBeOne(bytes)) {
        others.add(place);
        continue;
      }
      switch (Spec.parse(bytes)) {
        case Parsed.Ok<Spec>(Spec spec) -> found.add(new Found(place, each.text(), spec));
        case Parsed.Refused<Spec>(List<Problem> list) ->
            list.forEach(p ->
                problems.add(
                    new Problem(
                        p.place().isEmpty() ? place : name + ", " + p.place(),
                        p.what(),
                        p.remedy())));
      }
    }
  }

  /** A document with a `kind`, or one that is no YAML at all, which has to be told. */
  private static boolean claimsToBeOne(byte[] bytes) {
    return switch (Node.yaml(bytes, Node.Bounds.SPEC)) {
      case Parsed.Ok<Node>(Node.Mapping(var at, List<Node.Entry> entries)) ->
          entries.stream().anyMatch(e -> e.key().equals("kind"));
      case Parsed.Ok<Node> other -> false;
      case Parsed.Refused<Node> unreadable ->
          new String(bytes, StandardCharsets.UTF_8).lines().anyMatch(l -> l.startsWith("kind:"));
    };
  }

  private record Document(int line, String text) {}

  /** Documents between separators; empty lines before one keep its line numbers right. */
  private static List<Document> documents(String text) {
    List<Document> out = new ArrayList<>();
    StringBuilder now = new StringBuilder();
    int start = 1;
    int line = 0;
    for (String each : text.split("\n", -1)) {
      line++;
      if (SEPARATOR.matcher(each).matches()) {
        document(out, start, now);
        now = new StringBuilder("\n".repeat(line));
        start = line + 1;
      } else {
        now.append(each).append('\n');
      }
    }
    document(out, start, now);
    return out;
  }

  private static void document(List<Document> out, int line, StringBuilder text) {
    boolean empty = text.toString().lines().allMatch(l -> l.isBlank() || l.strip().startsWith("#"));
    if (!empty) {
      out.add(new Document(line, text.toString()));
    }
  }

  private void checkWorkloads() {
    Map<String, String> places = new LinkedHashMap<>();
    for (Found each : found) {
      String workload = each.spec().identity().workload().id();
      Optional.ofNullable(places.putIfAbsent(workload, each.place()))
          .ifPresent(other ->
              problems.add(
                  new Problem(
                      each.place(),
                      "`" + workload + "` has a spec in `" + other + "` already",
                      "give every workflow a workload of its own")));
    }
  }
}

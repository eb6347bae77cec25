package dev.writ.server.config;

import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.base.Text;
import dev.writ.form.Node;
import dev.writ.form.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads settings from all their sources and collects every complaint. */
final class SourceReader {
  /** The file looked for in the data folder. */
  static final String FILE = "writ.yaml";

  /** Variables with our prefix that are read elsewhere. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of("WRIT_CONFIG", "WRIT_HOME", "WRIT_SERVER", "WRIT_TRACE");

  private static final Node.Bounds BOUNDS = new Node.Bounds(64 << 10, 6, 2_000);

  private record Written(String text, Origin origin, String place) {}

  private final Sources sources;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Written> written = new LinkedHashMap<>();

  SourceReader(Sources sources) {
    this.sources = sources;
  }

  Parsed<Effective> read() {
    Map<String, Written> fromEnvironment = environment();
    Map<String, Written> fromFlags = flags();
    file(fromEnvironment, fromFlags);
    written.putAll(fromEnvironment);
    written.putAll(fromFlags);
    Map<String, Effective.Value> values = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.all()) {
      values.put(setting.name(), value(setting));
    }
    return problems.isEmpty() ? Parsed.ok(new Effective(values)) : Parsed.refused(problems);
  }

  private Map<String, Written> environment() {
    Map<String, Written> found = new LinkedHashMap<>();
    List<String> known = Settings.all().stream().map(Setting::variable).toList();
    new TreeMap<>(sources.environment())
        .forEach((variable, text) -> {
          if (!variable.startsWith("WRIT_") || OTHER_VARIABLES.contains(variable)) {
            return;
          }
          Optional<Setting<?>> setting =
              Settings.all().stream().filter(s -> s.variable().equals(variable)).findFirst();
          if (setting.isEmpty()) {
            problems.add(
                new Problem(
                    variable, "no setting has this variable", Suggestion.remedy(variable, known)));
          } else {
            found.put(
                setting.get().name(),
                new Written(text, new Origin.Environment(variable), variable));
          }
        });
    return found;
  }

  private Map<String, Written> flags() {
    Map<String, Written> found = new LinkedHashMap<>();
    sources
        .flags()
        .forEach((name, text) -> {
          Setting<?> setting =
              Settings.named(name).orElseThrow(() -> new IllegalArgumentException(name));
          found.put(name, new Written(text, new Origin.Flag(setting.flag()), setting.flag()));
        });
    return found;
  }

  private void file(Map<String, Written> environment, Map<String, Written> flags) {
    Optional<Path> named =
        sources
            .file()
            .or(() -> Optional.ofNullable(sources.environment().get("WRIT_CONFIG")).map(Path::of));
    Optional<Path> file = named.or(() -> inDataFolder(environment, flags));
    if (file.isEmpty()) {
      return;
    }
    try {
      Path path = file.get();
      switch (Node.yaml(Files.readAllBytes(path), BOUNDS)) {
        case Parsed.Ok<Node>(Node node) -> walk("", node, path);
        case Parsed.Refused<Node>(List<Problem> found) ->
            found.forEach(p -> problems.add(p.within(path.toString())));
      }
    } catch (NoSuchFileException e) {
      if (named.isPresent()) {
        problems.add(
            new Problem("--config", "`" + file.get() + "` is not there", "name a file that is"));
      }
    } catch (IOException e) {
      problems.add(
          new Problem(
              file.get().toString(), "the file cannot be read", "check who may read it and retry"));
    }
  }

  private static Optional<Path> inDataFolder(
      Map<String, Written> environment, Map<String, Written> flags) {
    return Optional.ofNullable(flags.get(Settings.DATA.name()))
        .or(() -> Optional.ofNullable(environment.get(Settings.DATA.name())))
        .map(Written::text)
        .or(Settings.DATA::fallback)
        .flatMap(text -> Settings.DATA.kind().parse().apply(text).found())
        .map(folder -> folder.resolve(FILE));
  }

  private void walk(String prefix, Node node, Path file) {
    if (!(node instanceof Node.Mapping(var place, List<Node.Entry> entries))) {
      complain(file, node, prefix, "is not a mapping", "write `name: value` lines");
      return;
    }
    for (Node.Entry entry : entries) {
      String name = prefix.isEmpty() ? entry.key() : prefix + "." + entry.key();
      Optional<Setting<?>> setting = Settings.named(name);
      if (setting.isPresent()) {
        leaf(setting.get(), entry.value(), file);
      } else if (Settings.all().stream().anyMatch(s -> s.name().startsWith(name + "."))) {
        walk(name, entry.value(), file);
      } else {
        complain(file, entry.value(), name, "is not a setting", unknown(name));
      }
    }
  }

  private static String unknown(String name) {
    if (Settings.named(name + "-file").isPresent()) {
      return "secrets are given by file; set `" + name + "-file`";
    }
    return Suggestion.remedy(name, Settings.all().stream().map(Setting::name).toList());
  }

  private void leaf(Setting<?> setting, Node value, Path file) {
    if (!setting.inFile()) {
      complain(
          file,
          value,
          setting.name(),
          "cannot be set in the file, which is found through it",
          "use " + setting.flag() + " or " + setting.variable());
    } else if (value instanceof Node.Scalar scalar && scalar.kind() != Node.Kind.NULL) {
      written.put(
          setting.name(),
          new Written(
              scalar.text(), new Origin.File(file, scalar.place().line()), place(file, value)));
    } else {
      complain(file, value, setting.name(), "has no single value", "write one value");
    }
  }

  private void complain(Path file, Node at, String name, String what, String remedy) {
    problems.add(new Problem(place(file, at), "`" + Text.excerpt(name) + "` " + what, remedy));
  }

  private static String place(Path file, Node at) {
    return file + (at.place().line() > 0 ? ", line " + at.place().line() : "");
  }

  private Effective.Value value(Setting<?> setting) {
    Written found = written.get(setting.name());
    if (found == null) {
      return new Effective.Value(
          setting,
          setting.fallback(),
          setting.fallback().map(text -> setting.kind().parse().apply(text).orThrow()),
          new Origin.Default());
    }
    Parsed<?> parsed = setting.kind().parse().apply(found.text());
    parsed.problems().forEach(p -> problems.add(p.within(found.place())));
    return new Effective.Value(setting, Optional.of(found.text()), parsed.found(), found.origin());
  }
}

package dev.writ.catalogue;

import dev.writ.base.Json;
import dev.writ.base.Text;
import dev.writ.form.Fields;
import dev.writ.form.Node;
import dev.writ.form.Place;
import dev.writ.form.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads upstreams, tools and what their calls mean. */
final class ToolReader {
  static final String ATTRIBUTE_RULE =
      "attributes have 1 to 64 ASCII letters, digits and `_`, a letter first";

  private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

  /** MCP 2025-11-25, server/tools: names have 1 to 128 of these. */
  private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  private static final Map<String, Argument.Type> TYPES =
      CatalogueReader.Words.of(Argument.Type.values(), Argument.Type::word);

  private static final Map<String, Boolean> KINDS = CatalogueReader.Words.two("http", "stdio");

  private final Problems problems;

  ToolReader(Problems problems) {
    this.problems = problems;
  }

  static boolean attributeName(String name) {
    return ATTRIBUTE.matcher(name).matches();
  }

  Optional<Upstream> upstream(Fields f) {
    int before = problems.count();
    Optional<String> id = f.requiredId("id");
    Optional<Boolean> overHttp = f.requiredChoice("kind", KINDS);
    Optional<Upstream.Endpoint> endpoint = overHttp.flatMap(http -> http ? http(f) : stdio(f));
    Optional<String> environment = f.id("environment");
    Duration connect = timeout(f, "connect_timeout", Upstream.DEFAULT_CONNECT);
    Duration call = timeout(f, "call_timeout", Upstream.DEFAULT_CALL);
    return CatalogueReader.finish(
        f,
        before,
        () -> new Upstream(id.orElseThrow(), endpoint.orElseThrow(), environment, connect, call));
  }

  private Optional<Upstream.Endpoint> http(Fields f) {
    Optional<String> text = f.requiredText("url");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(text.get());
      if (Upstream.Http.wellFormed(url)) {
        return Optional.of(new Upstream.Http(url));
      }
    } catch (URISyntaxException e) {
      // Falls through: the remedy is the same as for a URL of the wrong kind.
    }
    problems.add(
        f.place("url"),
        "`" + Text.excerpt(text.get()) + "` is not an upstream's URL",
        "write http:// or https://, a host and a path, without user, query and fragment");
    return Optional.empty();
  }

  private Optional<Upstream.Endpoint> stdio(Fields f) {
    List<String> command = f.required("command").isPresent() ? f.texts("command") : List.of();
    if (command.isEmpty()) {
      problems.add(f.place("command"), "there is no command line", "write [PROGRAM, ARGUMENT]");
      return Optional.empty();
    }
    if (!Upstream.Stdio.wellFormed(command)) {
      problems.add(
          f.place("command"),
          "this is no command line",
          "name the program by its absolute path; at most 64 words of 4,096 characters");
      return Optional.empty();
    }
    return limits(f).map(limits -> new Upstream.Stdio(command, limits));
  }

  /** What is left out is as usual. */
  private Optional<StdioLimits> limits(Fields f) {
    Optional<Fields> given = f.fields("limits");
    if (given.isEmpty()) {
      return f.node("limits").isPresent() ? Optional.empty() : Optional.of(StdioLimits.USUAL);
    }
    int before = problems.count();
    Json.Builder limits = Json.object();
    StdioLimits.BOUNDS.forEach((name, bound) ->
        given
            .get()
            .integer(StdioLimits.word(name), bound.least(), bound.most())
            .ifPresent(value -> limits.put(name, value)));
    given.get().close();
    return problems.count() > before ? Optional.empty() : StdioLimits.parse(limits.build()).found();
  }

  private Duration timeout(Fields f, String name, Duration otherwise) {
    Optional<String> text = f.text(name);
    Optional<Duration> given =
        text.flatMap(t -> Span.parse(t).found())
            .map(s -> Duration.between(Instant.EPOCH, s.after(Instant.EPOCH, ZoneOffset.UTC)));
    if (text.isPresent() && !given.map(Upstream::within).orElse(false)) {
      problems.add(f.place(name), "this is no timeout", "write PT1S to PT5M");
      return otherwise;
    }
    return given.orElse(otherwise);
  }

  Optional<Tool> tool(Fields f, List<Upstream> upstreams) {
    int before = problems.count();
    Optional<String> name = f.requiredText("name");
    Optional<String> upstream = f.requiredId("upstream");
    Optional<String> upstreamTool = f.text("upstream_tool");
    toolName(f, "name", name);
    toolName(f, "upstream_tool", upstreamTool);
    Optional<String> description = f.requiredText("description");
    Optional<Json.Obj> schema = f.required("input_schema").flatMap(this::schema);
    Optional<String> action = f.requiredId("action");
    Optional<String> resource = f.requiredId("resource");
    Optional<String> byUpstream =
        upstream.flatMap(id ->
            upstreams.stream()
                .filter(u -> u.id().equals(id))
                .findFirst()
                .flatMap(Upstream::environment));
    Optional<String> environment = f.id("environment").or(() -> byUpstream);
    boolean upstreamRead = upstreams.stream().anyMatch(u -> upstream.equals(Optional.of(u.id())));
    if (environment.isEmpty() && (upstreamRead || problems.none())) {
      problems.add(
          f.place(), "no environment", "name one here, or at the upstream if all of it is in one");
    }
    Map<String, Argument> targets = arguments(f, "targets", true);
    Map<String, Argument> arguments = arguments(f, "arguments", false);
    Optional<JsonPointer> rows = rows(f);
    if (environment.isEmpty()) {
      // Its upstream was refused, which is said already.
      f.close();
      return Optional.empty();
    }
    return CatalogueReader.finish(
        f,
        before,
        () ->
            new Tool(
                name.orElseThrow(),
                upstream.orElseThrow(),
                upstreamTool.orElseGet(name::orElseThrow),
                description.orElseThrow(),
                schema.orElseThrow(),
                new Tool.Mapping(
                    action.orElseThrow(),
                    resource.orElseThrow(),
                    environment.orElseThrow(),
                    targets,
                    arguments,
                    rows)));
  }

  private Optional<JsonPointer> rows(Fields f) {
    Optional<String> text = f.text("rows");
    Optional<JsonPointer> pointer = text.flatMap(t -> JsonPointer.parse(t).found());
    if (text.isPresent() && pointer.isEmpty()) {
      problems.add(
          f.place("rows"),
          "`" + Text.excerpt(text.get()) + "` is not a JSON Pointer",
          "write /name: where in the answer the rows are");
    }
    return pointer;
  }

  private void toolName(Fields f, String field, Optional<String> name) {
    if (name.isPresent() && !TOOL.matcher(name.get()).matches()) {
      problems.add(
          f.place(field),
          "`" + Text.excerpt(name.get()) + "` is no name of a tool",
          "use 1 to 128 ASCII letters, digits, `_`, `-`, `.`");
    }
  }

  private Optional<Json.Obj> schema(Node node) {
    int before = problems.count();
    if (node.toJson(problems) instanceof Json.Obj schema) {
      return problems.count() == before ? Optional.of(schema) : Optional.empty();
    }
    problems.add(node.place(), "this is no JSON Schema", "write {type: object, ...}");
    return Optional.empty();
  }

  private Map<String, Argument> arguments(Fields f, String name, boolean targets) {
    Map<String, Argument> out = new LinkedHashMap<>();
    for (Node.Entry entry : f.entries(name)) {
      if (!attributeName(entry.key())) {
        problems.add(
            entry.place(),
            "`" + Text.excerpt(entry.key()) + "` cannot name an attribute",
            ATTRIBUTE_RULE);
      }
      argument(entry.value(), targets).ifPresent(a -> out.put(entry.key(), a));
    }
    return out;
  }

  /** A bare pointer is a required text. */
  private Optional<Argument> argument(Node node, boolean target) {
    if (node instanceof Node.Scalar) {
      return Fields.text(node, problems)
          .flatMap(t -> CatalogueReader.take(JsonPointer.parse(t), node.place(), problems))
          .map(p -> new Argument(p, Argument.Type.TEXT, Argument.DEFAULT_MOST, false));
    }
    return Fields.of(node, problems).flatMap(f -> argument(f, target));
  }

  private Optional<Argument> argument(Fields f, boolean target) {
    int before = problems.count();
    Place at = f.place();
    Optional<JsonPointer> pointer =
        f.requiredText("pointer")
            .flatMap(t -> CatalogueReader.take(JsonPointer.parse(t), f.place("pointer"), problems));
    Argument.Type type = f.choice("type", TYPES).orElse(Argument.Type.TEXT);
    int most =
        f.integer("most", 1, Argument.LARGEST_MOST)
            .map(Long::intValue)
            .orElse(Argument.DEFAULT_MOST);
    boolean optional = f.bool("optional").orElse(false);
    if (target && type != Argument.Type.TEXT && type != Argument.Type.TEXTS) {
      problems.add(at, "a target is a text or a list of texts", "write type: text or texts");
    }
    if (target && optional) {
      problems.add(at, "a target cannot be optional", "map it only where it must be given");
    }
    return CatalogueReader.finish(
        f, before, () -> new Argument(pointer.orElseThrow(), type, most, optional));
  }
}

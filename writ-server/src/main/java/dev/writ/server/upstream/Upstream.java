package dev.writ.server.upstream;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.base.Problem;
import dev.writ.catalogue.StdioLimits;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a tool lives, as the published catalogue says; part of the reviewed tool definition. */
public sealed interface Upstream {
  /** Longest time a call may take. */
  Duration LONGEST = Duration.ofMinutes(5);

  /** Most words of a command line. */
  int MOST_WORDS = 64;

  /** How long one call may take, connecting and the upstream's own handshake included. */
  Duration timeout();

  /**
   * An MCP server that speaks streamable HTTP.
   *
   * @param url absolute, {@code https}, or {@code http} where the destination is listed; without
   *     user, query and fragment
   */
  record Http(URI url, Duration timeout) implements Upstream {
    public Http {
      check(timeout);
      boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (!web || url.getHost() == null || url.getRawUserInfo() != null) {
        throw new IllegalArgumentException("not the URL of an HTTP upstream: " + url);
      }
      if (url.getRawQuery() != null || url.getRawFragment() != null) {
        throw new IllegalArgumentException("an upstream's URL has neither query nor fragment");
      }
    }
  }

  /**
   * An MCP server that the runner starts and that speaks over its standard streams.
   *
   * @param command the program, by absolute path, and its arguments; the environment is empty
   */
  record Stdio(List<String> command, Duration timeout, StdioLimits limits) implements Upstream {
    public Stdio {
      check(timeout);
      command = List.copyOf(command);
      if (command.isEmpty() || command.size() > MOST_WORDS || !command.getFirst().startsWith("/")) {
        throw new IllegalArgumentException("a command is 1 to 64 words and begins with a path");
      }
      if (command.stream().anyMatch(w -> w.length() > 4_096 || w.indexOf('\0') >= 0)) {
        throw new IllegalArgumentException("a word has at most 4,096 characters and no NUL");
      }
    }
  }

  private static void check(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a call takes more than nothing and at most 5 minutes");
    }
  }

  /** The JSON form that {@link #parse} reads. */
  default Json.Obj toJson() {
    return switch (this) {
      case Http(URI url, Duration timeout) ->
          Json.object()
              .put("http", url.toString())
              .put("timeoutMillis", timeout.toMillis())
              .build();
      case Stdio(List<String> command, Duration timeout, StdioLimits limits) ->
          Json.object()
              .put("stdio", Json.strings(command))
              .put("timeoutMillis", timeout.toMillis())
              .put("limits", limits.toJson())
              .build();
    };
  }

  /** Reads what {@link #toJson} writes; {@code limits} may be absent. */
  static Parsed<Upstream> parse(Json json) {
    if (!(json instanceof Json.Obj obj)) {
      return Parsed.refused("", "an upstream is an object", "name `http` or `stdio`");
    }
    List<Problem> problems = new ArrayList<>();
    for (String name : obj.members().keySet()) {
      if (!List.of("http", "stdio", "timeoutMillis", "limits").contains(name)) {
        problems.add(new Problem(name, "unknown member `" + name + "`", "leave it out"));
      }
    }
    Optional<Long> millis = obj.integer("timeoutMillis");
    if (millis.isEmpty() || millis.get() < 1 || millis.get() > LONGEST.toMillis()) {
      problems.add(new Problem("timeoutMillis", "not 1 to 300000", "write milliseconds"));
    }
    if (obj.get("http").isPresent() == obj.get("stdio").isPresent()) {
      problems.add(new Problem("", "not exactly one of `http` and `stdio`", "name one"));
    }
    Parsed<StdioLimits> limits =
        obj.get("limits").map(StdioLimits::parse).orElse(Parsed.ok(StdioLimits.USUAL));
    limits.problems().forEach(p -> problems.add(p.within("limits")));
    if (!problems.isEmpty()) {
      return Parsed.refused(problems);
    }
    Duration timeout = Duration.ofMillis(millis.orElseThrow());
    try {
      return Parsed.ok(
          obj.get("http").isPresent()
              ? new Http(new URI(obj.text("http").orElse("")), timeout)
              : new Stdio(words(obj), timeout, limits.orThrow()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Parsed.refused("", String.valueOf(e.getMessage()), "correct the tool's definition");
    }
  }

  private static List<String> words(Json.Obj obj) {
    List<String> words = new ArrayList<>();
    for (Json item : obj.array("stdio").orElse(List.of())) {
      if (!(item instanceof Json.Str(String word))) {
        throw new IllegalArgumentException("a command is an array of strings");
      }
      words.add(word);
    }
    return words;
  }
}

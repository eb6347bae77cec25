package dev.writ.server.gateway;

import dev.writ.base.Json;
import dev.writ.base.Parsed;
import dev.writ.server.upstream.Mcp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what an answer uses up, such as rows, as the tool's reviewed definition says. */
final class Counting {
  private Counting() {}

  /**
   * The counts of a result; empty when one of the counters finds nothing to count. A limit that
   * cannot be kept account of is not kept, so the answer is then withheld.
   *
   * @param counters counter name to JSON pointer (RFC 6901) into {@code structuredContent}, or,
   *     where there is none, into the first text that is JSON
   */
  static Optional<NavigableMap<String, Long>> count(
      Json.Obj result, NavigableMap<String, String> counters) {
    NavigableMap<String, Long> used = new TreeMap<>();
    if (counters.isEmpty()) {
      return Optional.of(used);
    }
    Optional<Json> content = structured(result);
    for (Map.Entry<String, String> counter : counters.entrySet()) {
      Optional<Long> n = content.flatMap(c -> at(c, counter.getValue())).flatMap(Counting::size);
      if (n.isEmpty()) {
        return Optional.empty();
      }
      used.put(counter.getKey(), n.get());
    }
    return Optional.of(used);
  }

  private static Optional<Json> structured(Json.Obj result) {
    Optional<Json> given = result.get("structuredContent");
    return given.isPresent() ? given : firstText(result).flatMap(Counting::parse);
  }

  private static Optional<String> firstText(Json.Obj result) {
    for (Json item : result.array("content").orElse(List.of())) {
      if (item instanceof Json.Obj part && part.text("text").isPresent()) {
        return part.text("text");
      }
    }
    return Optional.empty();
  }

  private static Optional<Json> parse(String text) {
    Parsed<Json> parsed = Json.parse(text.getBytes(StandardCharsets.UTF_8), Mcp.ANSWER);
    return parsed.found();
  }

  private static Optional<Json> at(Json from, String pointer) {
    Optional<Json> at = Optional.of(from);
    if (pointer.isEmpty()) {
      return at;
    }
    for (String step : pointer.substring(1).split("/", -1)) {
      String name = step.replace("~1", "/").replace("~0", "~");
      at = at.flatMap(j -> j instanceof Json.Obj obj ? obj.get(name) : Optional.empty());
    }
    return at;
  }

  private static Optional<Long> size(Json json) {
    return switch (json) {
      case Json.Arr(List<Json> items) -> Optional.of((long) items.size());
      case Json.Int(long n) ->
          n >= 0 && n <= Json.MAX_SAFE_INTEGER ? Optional.of(n) : Optional.empty();
      case Json.Obj o -> Optional.empty();
      case Json.Str s -> Optional.empty();
      case Json.Real r -> Optional.empty();
      case Json.Bool b -> Optional.empty();
      case Json.Null n -> Optional.empty();
    };
  }
}
